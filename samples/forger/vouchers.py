"""Vouchers of the auditors' folder: invoices, imports, payments. The list stays as it is; the papers tell otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from samples.forger.model import DECLARED, LIST, PRINT, Forged, Spot, defect, innocent
from samples.forger.tools import (
    add_to_ledger,
    deductible,
    edit_ledger,
    invoice_of,
    invoice_paper,
    is_invoice,
    pick,
    pick_row,
    plain,
    slip_paper,
)
from samples.money import capital, cents
from samples.vouchers import papers_of
from samples.world import model
from samples.world.change import payments_of, replace_invoice, replace_part, replace_payment, replace_row, settle
from samples.world.model import Item, Overprint, Row, World

PRINTED = ("special", "ordinary", "vehicle")
"""Kinds of invoices on paper."""


def _on_voucher(world: World, row: Row, note: str, *more: str) -> Forged:
    paper = invoice_paper(row.voucher)
    return Forged(world, (Spot(paper), Spot(LIST, row=row.sequence)), (paper, *more), note)


def _scanned(world: World, name: str) -> Row:
    """A row whose invoice is a paper one with a QR code and nothing odd."""


    def fits(row: Row) -> bool:
        if not plain(world, row):
            return False
        invoice = invoice_of(world, row)
        return invoice.kind in ("special", "ordinary") and len(invoice.items) <= 3 and not invoice.on_goods_list

    return pick_row(world, name, fits, "纸质发票")


@defect("other_buyer", "发票购买方不是申报单位", "R-221", "R-007", "E-06", stage="audit")
def _other_buyer(world: World) -> Forged:
    row = _scanned(world, "other_buyer")
    sister = world.company.sister
    delivered = [key for key in papers_of(world, row.voucher) if key.startswith("delivery_acceptance::")]
    return _on_voucher(replace_invoice(world, row.voucher, buyer=sister, buyer_tax_id=sister.uscc), row, "购买方和收货单位是关联公司", *delivered)


@innocent("old_buyer_id", "发票上是购买方的15位旧识别号", "R-221", "R-007", "R-250", stage="audit")
def _old_buyer_id(world: World) -> Forged:
    row = _scanned(world, "old_buyer_id")
    return _on_voucher(replace_invoice(world, row.voucher, buyer_tax_id=world.party.old_tax_id), row, "旧号与代码第9–17位相同")


def _altered(world: World, row: Row, factor: str, *, words: bool) -> tuple[World, Decimal]:
    """The print of amount, tax, total (and words) made larger; the QR code keeps the old amount."""
    invoice = invoice_of(world, row)
    net, tax = cents(invoice.net * Decimal(factor)), cents(invoice.tax * Decimal(factor))
    prints = [Overprint("amount", f"{net:.2f}", True), Overprint("tax", f"{tax:.2f}", True), Overprint("total", f"{net + tax:.2f}", True)]
    if words:
        prints.append(Overprint("total_capital", capital(net + tax), True))
    return replace_invoice(world, invoice.key, overprints=tuple(prints)), net


def _altered_and_claimed(world: World, row: Row, factor: str, *, words: bool) -> World:
    """The list claims what the altered print says, as if all of it had been paid; slip, booking and contract keep the old amount."""
    changed, net = _altered(world, row, factor, words=words)
    tax = cents(row.tax * Decimal(factor))
    gross = net + tax
    *before, last = row.payments
    payments = (*before, replace(last, amount=last.amount + gross - row.paid))
    return settle(
        replace_row(
            changed, row.sequence, net=net, tax=tax, gross=gross, declared=net if deductible(row) else gross, payments=payments,
            unit_price=cents(net / row.quantity),
        )
    )  # fmt: skip


_MONEY_RULES = ("R-215", "R-242", "R-050", "R-401", "E-09", "E-24")
"""What papers that keep the old amount give an altered invoice away by."""


@defect("altered_amount", "发票金额被涂改，清单按改后金额申报", "R-206", "R-207", "R-208", "R-209", "R-210", *_MONEY_RULES, "E-16", stage="audit")
def _altered_amount(world: World) -> Forged:
    row = _scanned(world, "altered_amount")
    paper = invoice_paper(row.voucher)
    return Forged(_altered_and_claimed(world, row, "1.40", words=True), (Spot(paper), Spot(LIST, row=row.sequence)), (*DECLARED, paper), "票面与二维码金额不同")


@defect("qr_disagrees", "二维码与票面号码不一致", "R-206", "R-205", "R-216", "E-16", stage="audit")
def _qr_disagrees(world: World) -> Forged:
    row = _scanned(world, "qr_disagrees")
    number = row.invoice_number[:-3] + f"{(int(row.invoice_number[-3:]) + 271) % 1000:03d}"
    changed = replace_invoice(world, row.voucher, overprints=(Overprint("invoice_number", number, True),))
    changed = replace_row(changed, row.sequence, invoice_number=number)
    return _on_voucher(changed, row, "票面号码被改过，二维码是原号", LIST, PRINT)


@defect("capital_disagrees", "大写金额与小写金额不一致", "R-208", "E-16", stage="audit")
def _capital_disagrees(world: World) -> Forged:
    row = _scanned(world, "capital_disagrees")
    words = capital(invoice_of(world, row).gross + Decimal("20000.00"))
    return _on_voucher(replace_invoice(world, row.voucher, overprints=(Overprint("total_capital", words),)), row, "大写多两万元")


@defect("sum_disagrees", "发票金额与税额之和不等于价税合计", "R-207", "R-208", "R-401", "E-16", stage="audit")
def _sum_disagrees(world: World) -> Forged:
    row = _scanned(world, "sum_disagrees")
    total = invoice_of(world, row).gross + Decimal("3000.00")
    return _on_voucher(replace_invoice(world, row.voucher, overprints=(Overprint("total", f"{total:.2f}"),)), row, "小写合计多3000元")


@defect("seal_of_other_seller", "发票专用章不是销售方的", "R-222", stage="audit")
def _seal_of_other_seller(world: World) -> Forged:
    row = _scanned(world, "seal_of_other_seller")
    invoice = invoice_of(world, row)
    other = pick(world, "seal_of_other_seller", [i.seller for i in world.invoices if i.seller.name != invoice.seller.name], "别的销售方")
    return _on_voucher(replace_invoice(world, invoice.key, seal_of=other), row, "盖的是另一家销售方的发票专用章")


@defect("voided_invoice", "发票已作废", "R-216", "E-08", stage="audit")
def _voided_invoice(world: World) -> Forged:
    row = _scanned(world, "voided_invoice")
    changed = replace_invoice(world, row.voucher, voided=True)
    changed = edit_ledger(changed, "verifications", lambda v: {**v, "status": "作废"} if v.get("number") == row.invoice_number else v)
    return _on_voucher(changed, row, "票面有作废字样，查验结果为作废", "ledger:verifications")


@defect("reversed_invoice", "发票申报后被红冲", "R-216", "R-217", "E-08", stage="audit")
def _reversed_invoice(world: World) -> Forged:
    """A red letter lies among the vouchers and the verification says 红冲; the list still claims the blue one."""
    row = pick_row(world, "reversed_invoice", lambda r: plain(world, r) and invoice_of(world, r).kind == "special")
    blue = invoice_of(world, row)
    items = tuple(replace(i, quantity=-i.quantity if i.quantity is not None else None, amount=-i.amount, tax=-i.tax) for i in blue.items)
    number = f"{(int(blue.number) + 1873) % 10**8:08d}"
    red: model.Invoice = replace(blue, key=f"{blue.key}R", number=number, issued_on=date(2020, 3, 18), items=items, red_of=blue.key, remarks="")
    changed = replace(world, invoices=(*world.invoices, red))
    changed = edit_ledger(changed, "verifications", lambda v: {**v, "status": "红冲"} if v.get("number") == blue.number else v)
    spots = (Spot(invoice_paper(red.key)), Spot(invoice_paper(blue.key)), Spot(LIST, row=row.sequence))
    return Forged(changed, spots, (invoice_paper(red.key), "ledger:verifications"), "蓝票已被红字发票冲回")


@defect("goods_list_missing", "票面写详见销货清单而没有清单", "R-220", stage="audit")
def _goods_list_missing(world: World) -> Forged:
    listed = [i for i in world.invoices if i.on_goods_list and i.kind in PRINTED]
    invoice = pick(world, "goods_list_missing", listed, "附销货清单的发票")
    key = f"invoice_list::{invoice.key}"
    changed = replace(world, handling=replace(world.handling, absent=world.handling.absent | {key}))
    return Forged(changed, (Spot(invoice_paper(invoice.key)), Spot()), (key,), "销货清单不在凭证中", frozenset({invoice_paper(invoice.key)}))


@innocent("discount_line", "发票有折扣行", "R-207", "R-209", "R-210", "R-211", "R-212", "R-217", stage="audit")
def _discount_line(world: World) -> Forged:
    """A negative line after a positive one; net, tax and declared amount stay, the first line is dearer by the discount."""
    row = _scanned(world, "discount_line")
    invoice = invoice_of(world, row)
    first, *rest = invoice.items
    off = cents(first.amount * Decimal("0.05"))
    tax_off = cents(off * first.rate)
    quantity = first.quantity or Decimal(1)
    dearer = replace(first, amount=first.amount + off, tax=first.tax + tax_off, unit_price=((first.amount + off) / quantity).quantize(Decimal("0.00000001")))
    discount = Item(first.item_class, first.name, "", "", None, None, -off, first.rate, -tax_off)
    return _on_voucher(replace_invoice(world, invoice.key, items=(dearer, discount, *rest)), row, "折扣行与原行相抵")


@defect("site_not_stated", "建筑服务发票备注没有发生地和项目", "R-225", stage="audit")
def _site_not_stated(world: World) -> Forged:
    rows = [r for r in world.rows if is_invoice(r) and any("建筑" in i.item_class for i in invoice_of(world, r).items)]
    row = pick(world, "site_not_stated", rows, "建筑服务发票")
    return _on_voucher(replace_invoice(world, row.voucher, remarks=""), row, "备注为空")


@defect("edited_pdf", "电子发票PDF被编辑过", "E-17", "R-206", "R-207", "R-208", "R-209", "R-210", *_MONEY_RULES, stage="audit")
def _edited_pdf(world: World) -> Forged:
    row = pick_row(world, "edited_pdf", lambda r: plain(world, r) and invoice_of(world, r).kind == "e_ordinary", "电子发票")
    changed = _altered_and_claimed(world, row, "1.50", words=False)
    return _on_voucher(replace_invoice(changed, row.voucher, edited=True), row, "金额被覆盖改写，文件由编辑软件另存", *DECLARED)


# ---------------------------------------------------------------- imports


def _import(world: World, name: str) -> Row:
    return pick(world, name, [r for r in world.rows if r.voucher_type == "customs"], "进口设备")


def _on_import(world: World, row: Row, note: str, *papers: str) -> Forged:
    return Forged(world, (*(Spot(p) for p in papers), Spot(LIST, row=row.sequence)), papers, note)


@defect("import_mode", "报关单监管方式是不作价设备", "R-235", "E-28", stage="audit")
def _import_mode(world: World) -> Forged:
    row = _import(world, "import_mode")
    changed = replace_part(world, "imports", row.voucher, mode_code="0320", mode_name="不作价设备")
    return _on_import(changed, row, "外商免费提供，没有付汇", f"customs_declaration::{row.voucher}")


@defect("import_for_other", "报关单收货人是别的公司", "R-231", "R-221", "E-28", stage="audit")
def _import_for_other(world: World) -> Forged:
    row = _import(world, "import_for_other")
    sister = world.company.sister
    changed = replace_part(world, "imports", row.voucher, consignee=sister, end_user=sister)
    keys = [key for key in papers_of(world, row.voucher) if key.startswith(("customs_declaration::", "customs_payment::"))]
    return _on_import(changed, row, "收货人和使用单位都是关联公司", *keys)


# ---------------------------------------------------------------- payments


def _payment(world: World, name: str) -> tuple[Row, model.Payment]:
    rows = [r for r in world.rows if plain(world, r) and len(payments_of(world, r.voucher)) == 1]
    row = pick(world, name, [r for r in rows if len(payments_of(world, r.voucher)[0].pays) == 1 and payments_of(world, r.voucher)[0].bill is None], "一次付清的发票")
    return row, payments_of(world, row.voucher)[0]


def _on_slip(world: World, row: Row, payment: model.Payment, note: str, *more: str) -> Forged:
    paper = slip_paper(payment)
    return Forged(world, (Spot(paper), Spot(LIST, row=row.sequence)), (paper, *more), note)


@defect("payee_differs", "收款人不是发票销售方", "R-241", "E-10", stage="audit")
def _payee_differs(world: World) -> Forged:
    row, payment = _payment(world, "payee_differs")
    other = pick(world, "payee_differs", [p.payee for p in world.payments if p.payee.name != payment.payee.name], "别的收款人")
    return _on_slip(replace_payment(world, payment.key, payee=other), row, payment, "钱付给了另一家公司")


@defect("payer_differs", "付款人不是申报单位", "R-240", "E-11", stage="audit")
def _payer_differs(world: World) -> Forged:
    row, payment = _payment(world, "payer_differs")
    return _on_slip(replace_payment(world, payment.key, payer=world.company.sister), row, payment, "关联公司代付")


@defect("paid_less", "付款凭证金额少于清单", "R-242", "E-09", stage="audit")
def _paid_less(world: World) -> Forged:
    row, payment = _payment(world, "paid_less")
    amount = cents(payment.amount * Decimal("0.6"))
    changed = replace_payment(world, payment.key, amount=amount, pays=((row.voucher, amount),))
    return _on_slip(changed, row, payment, "只付了六成")


@defect("paid_too_late", "付款晚于申报截止日", "R-243", "E-09", stage="audit")
def _paid_too_late(world: World) -> Forged:
    row, payment = _payment(world, "paid_too_late")
    return _on_slip(replace_payment(world, payment.key, paid_on=date(2020, 7, 8)), row, payment, "2020年7月8日才付款")


@defect("claimed_before", "发票以前年度已获其他市级资金", "R-016", "R-205", "E-01", "E-23")
def _claimed_before(world: World) -> Forged:
    row = pick_row(world, "claimed_before", lambda r: plain(world, r) and r.invoice_date < date(2019, 10, 1))
    changed = _claim(world, row, applicant=world.party.name, uscc=world.party.uscc, year="2019", programme="工业互联网发展扶持计划", category="")
    return Forged(changed, (Spot(LIST, row=row.sequence),), ("ledger:claims",), "2019年已凭同一发票获得市级资助")


@defect("claimed_by_other", "同一发票另一家企业也申报", "R-016", "R-205", "E-01")
def _claimed_by_other(world: World) -> Forged:
    row = pick_row(world, "claimed_by_other", lambda r: plain(world, r))
    other = world.company.sister
    changed = _claim(world, row, applicant=other.name, uscc=other.uscc, year="2020", programme="企业技术改造扶持计划", category="1")
    return Forged(changed, (Spot(LIST, row=row.sequence),), ("ledger:claims",), "关联公司用同一发票申报")


@innocent("stacked_claim", "同一发票叠加申报类别1", "R-016", "R-042", "R-205", categories=("2", "3", "4a", "4b", "5"))
def _stacked_claim(world: World) -> Forged:
    row = pick_row(world, "stacked_claim", lambda r: plain(world, r))
    number = world.application.number[:-3] + "017"
    changed = _claim(world, row, applicant=world.party.name, uscc=world.party.uscc, year="2020", programme="企业技术改造扶持计划", category="1")
    return Forged(changed, (Spot(LIST, row=row.sequence),), ("ledger:claims",), f"指南四注①允许叠加（申请{number}）")


@innocent("district_funds", "区级资金资助过同一投入", "R-016", "R-205")
def _district_funds(world: World) -> Forged:
    changed = add_to_ledger(
        world, "payouts", uscc=world.party.uscc, applicant_name=world.party.name, project_name=world.project.name, programme="宝安区技术改造资助",
        year="2019", amount="500000.00", district="宝安区",
    )  # fmt: skip
    return Forged(changed, (Spot(),), ("ledger:payouts",), "禁止重复的是市级资金")


def _claim(world: World, row: Row, *, applicant: str, uscc: str, year: str, programme: str, category: str) -> World:
    return add_to_ledger(
        world, "claims", applicant=applicant, uscc=uscc, year=year, programme=programme, category=category, code=row.invoice_code,
        number=row.invoice_number, date=row.invoice_date.isoformat(), net=f"{row.net:.2f}", tax=f"{row.tax:.2f}", gross=f"{row.gross:.2f}",
        amount=f"{row.declared:.2f}", status="已拨付",
    )  # fmt: skip
