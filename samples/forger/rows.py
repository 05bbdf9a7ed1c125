"""Defects of declared rows: dates, amounts, duplicates, what may not be claimed. Their evidence lies in the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from samples.forger.model import DECLARED, LIST, PRINT, Forged, NotHere, Spot, defect, innocent
from samples.forger.tools import (
    changed_ledgers,
    deductible,
    edit_ledger,
    import_of,
    invoice_of,
    invoice_paper,
    is_invoice,
    pick,
    pick_row,
    plain,
    plan_of,
    recoded,
    redate,
    rename,
    resplit,
    single_payment,
    slip_paper,
    whole_price,
)
from samples.money import cents
from samples.vouchers import papers_of
from samples.world.change import replace_invoice, replace_part, replace_payment, replace_row, settle
from samples.world.model import PaperKey, Row, World

_DATED_ANY_TIME = ("special", "ordinary", "vehicle", "e_ordinary")
"""Kinds whose codes and numbers stood in 2017 as well."""


def _at(world: World, sequence: int, note: str, *papers: PaperKey) -> Forged:
    """Only the row's own facts changed; the declared sum stays."""
    return Forged(world, (Spot(LIST, row=sequence),), (LIST, PRINT, *papers), note)


def _declared(world: World, sequence: int, note: str, *papers: PaperKey) -> Forged:
    """The declared amount changed, and with it the sum on the list and on the application form."""
    return Forged(settle(world), (Spot(LIST, row=sequence),), (*DECLARED, *papers), note)


def _on_paper(world: World, row: Row) -> bool:
    return plain(world, row) and invoice_of(world, row).kind in ("special", "ordinary")


# ---------------------------------------------------------------- dates


@defect("invoice_of_2018", "清单中有2018年开具的发票", "R-051", "R-052", "R-053", "E-02", categories=("1", "2"))
def _invoice_of_2018(world: World) -> Forged:
    day = date(2018, 12, 18)
    row = pick_row(world, "invoice_of_2018", lambda r: _on_paper(world, r) and r.invoice_date < date(2019, 4, 1))
    changed = redate(world, row, day)
    return _at(changed, row.sequence, "发票2018年12月开具、2019年付款", invoice_paper(row.voucher), *changed_ledgers(world, changed))


@defect("invoice_of_2020", "清单中有2020年开具的发票", "R-051", "R-053", "E-02", categories=("1", "2"))
def _invoice_of_2020(world: World) -> Forged:
    row = pick_row(world, "invoice_of_2020", lambda r: plain(world, r) and r.invoice_date > date(2019, 8, 1))
    changed = redate(world, row, date(2020, 2, 26))
    return _at(changed, row.sequence, "发票2020年2月开具", invoice_paper(row.voucher), *changed_ledgers(world, changed))


@defect("invoice_before_2018", "清单中有早于可追溯期的发票", "R-051", "R-054", "E-02", categories=("3", "5"))
def _invoice_before_2018(world: World) -> Forged:
    """One of early 2018, when the rates were still those of 2017."""
    row = pick_row(world, "invoice_before_2018", lambda r: plain(world, r) and invoice_of(world, r).kind in _DATED_ANY_TIME and r.invoice_date < date(2018, 5, 1))
    changed = redate(world, row, date(2017, 11, 22))
    return _at(changed, row.sequence, "发票2017年11月开具", invoice_paper(row.voucher), *changed_ledgers(world, changed))


@defect("invoice_after_cutoff", "清单中有申报截止日之后的发票", "R-051", "R-054", "E-02", categories=("3", "5"))
def _invoice_after_cutoff(world: World) -> Forged:
    row = pick_row(world, "invoice_after_cutoff", lambda r: plain(world, r) and r.invoice_date >= date(2019, 4, 1))
    changed = redate(world, row, date(2020, 7, 2))
    return _at(changed, row.sequence, "发票2020年7月开具", invoice_paper(row.voucher), *changed_ledgers(world, changed))


@innocent("paid_next_year", "2019年开票、2020年付清", "R-051", "R-052", "R-053", "R-243")
def _paid_next_year(world: World) -> Forged:
    day = date(2020, 4, 17)
    row = pick_row(world, "paid_next_year", lambda r: plain(world, r) and single_payment(world, r) is not None and r.invoice_date >= date(2019, 6, 1) and r.payments[0].on != day)
    payment = single_payment(world, row)
    assert payment is not None
    old, number = payment.paid_on, payment.slip_number
    for form in ("%Y%m%d", "%y%m%d"):  # banks' numbers begin with the day
        if f"{old:{form}}" in number:
            number = number.replace(f"{old:{form}}", f"{day:{form}}", 1)
            break
    changed = replace_payment(world, payment.key, paid_on=day, slip_number=number)
    changed = replace_row(changed, row.sequence, payments=(replace(row.payments[0], on=day, number=number),))
    return _at(changed, row.sequence, "付款在2020年4月，早于申报截止日", slip_paper(payment))


@innocent("old_contract", "合同签订于2017年", "R-051", "R-053", "R-054", "R-011")
def _old_contract(world: World) -> Forged:
    row = pick_row(world, "old_contract", is_invoice)
    same = [r for r in world.rows if r.contract_number == row.contract_number]
    for other in same:
        world = replace_row(world, other.sequence, contract_date=date(2017, 9, 14))
    world = replace_part(world, "contracts", row.contract_number, signed_on=date(2017, 9, 14))
    papers = (LIST, PRINT, f"purchase_contract::{row.contract_number}", *plan_of(world))
    return Forged(world, tuple(Spot(LIST, row=r.sequence) for r in same), papers, "期间以开票日期为准")


@innocent("old_stock_code", "发票代码年份早于开票年份", "R-201", "R-202", "R-204")
def _old_stock_code(world: World) -> Forged:
    row = pick_row(world, "old_stock_code", lambda r: _on_paper(world, r) and len(r.invoice_code) == 10 and recoded(r.invoice_code, r.invoice_date.year) == r.invoice_code)
    code = recoded(row.invoice_code, row.invoice_date.year - 1)
    changed = replace_row(replace_invoice(world, row.voucher, code=code), row.sequence, invoice_code=code)
    changed = edit_ledger(changed, "verifications", lambda v: {**v, "code": code} if v.get("number") == row.invoice_number else v)
    return _at(changed, row.sequence, "旧版发票库存可继续使用", invoice_paper(row.voucher), *changed_ledgers(world, changed))


# ---------------------------------------------------------------- duplicates


def _next_sequence(world: World) -> int:
    return max(r.sequence for r in world.rows) + 1


@defect("duplicate_invoice", "同一张发票列示两次", "R-042", "R-205", "R-322", "E-01", "E-05")
def _duplicate_invoice(world: World) -> Forged:
    row = pick_row(world, "duplicate_invoice", lambda r: plain(world, r) and r.declared < 600_000)
    sequence = _next_sequence(world)
    changed = settle(replace(world, rows=(*world.rows, replace(row, sequence=sequence))))
    return Forged(changed, (Spot(LIST, row=sequence), Spot(LIST, row=row.sequence)), DECLARED, f"第{row.sequence}行与第{sequence}行为同一张发票")


@defect("duplicate_misread", "同一张发票改写一位号码后再列一次", "R-205", "R-042", "R-322", "R-401", "R-402", "E-01", "E-05")
def _duplicate_misread(world: World) -> Forged:
    row = pick_row(world, "duplicate_misread", lambda r: plain(world, r) and r.declared < 600_000)
    sequence = _next_sequence(world)
    number = row.invoice_number[:-2] + f"{(int(row.invoice_number[-2:]) + 30) % 100:02d}"
    changed = settle(replace(world, rows=(*world.rows, replace(row, sequence=sequence, invoice_number=number))))
    spots = (Spot(LIST, row=sequence), Spot(LIST, row=row.sequence))
    return Forged(changed, spots, DECLARED, f"第{sequence}行是第{row.sequence}行的发票，号码改了一位，其余全同")


@innocent("invoice_over_rows", "一张发票的多台设备分行列示", "R-042", "R-205", "R-322", "E-05")
def _invoice_over_rows(world: World) -> Forged:
    """One of several machines on a row of its own; both rows have their share of the invoice and of what was paid for it."""
    row = pick_row(
        world, "invoice_over_rows",
        lambda r: plain(world, r) and deductible(r) and r.declared == r.net and r.paid == r.gross and r.quantity >= 2 and r.quantity == int(r.quantity),
    )  # fmt: skip
    share = 1 / row.quantity
    net, tax = cents(row.net * share), cents(row.tax * share)
    paid = [cents(p.amount * share) for p in row.payments]
    paid[-1] = net + tax - sum(paid[:-1], Decimal(0))
    smart = net if row.smart == row.net else cents(row.smart * share)
    sequence, name = _next_sequence(world), row.name
    second = replace(
        row, sequence=sequence, declared=net, net=net, tax=tax, gross=net + tax, smart=smart, name=f"{name}（2号机）", quantity=Decimal(1),
        asset_number=f"{row.asset_number}-2" if row.asset_number else "", payments=tuple(replace(p, amount=a) for p, a in zip(row.payments, paid, strict=True)),
        raised_funds=net if row.raised_funds else row.raised_funds, own_funds=net if row.own_funds else row.own_funds,
        planned_total=None, cumulative=None, awarded_before=None,
    )  # fmt: skip
    first = replace(
        row, declared=row.net - net, net=row.net - net, tax=row.tax - tax, gross=row.gross - net - tax, smart=row.smart - smart, name=f"{name}（1号机）",
        quantity=row.quantity - 1, payments=tuple(replace(p, amount=p.amount - a) for p, a in zip(row.payments, paid, strict=True)),
        raised_funds=row.net - net if row.raised_funds else row.raised_funds, own_funds=row.net - net if row.own_funds else row.own_funds,
    )  # fmt: skip
    rows = (*(first if r.sequence == row.sequence else r for r in world.rows), second)
    spots = (Spot(LIST, row=row.sequence), Spot(LIST, row=sequence))
    return Forged(replace(world, rows=rows), spots, (LIST, PRINT), "两行之和等于发票可确认金额")


@defect("split_over_invoice", "一张发票分两行列示，合计大于发票", "R-322", "R-215", "R-042", "R-205", "E-05")
def _split_over_invoice(world: World) -> Forged:
    row = pick_row(world, "split_over_invoice", lambda r: plain(world, r) and deductible(r) and r.declared == r.net and r.declared < 500_000)
    sequence = _next_sequence(world)
    extra = cents(row.net * Decimal("0.45"))
    second = replace(row, sequence=sequence, declared=extra, smart=Decimal(0), smart_note="", name=f"{row.name}配套", asset_number="")
    changed = settle(replace(world, rows=(*world.rows, second)))
    spots = (Spot(LIST, row=sequence), Spot(LIST, row=row.sequence))
    return Forged(changed, spots, DECLARED, "两行合计超过发票不含税金额")


# ---------------------------------------------------------------- amounts


@defect("gross_as_net", "含税金额作为申报金额", "R-050", "R-215", "E-03")
def _gross_as_net(world: World) -> Forged:
    row = pick_row(world, "gross_as_net", lambda r: plain(world, r) and deductible(r) and r.declared == r.net and r.tax > 0)
    return _declared(replace_row(world, row.sequence, declared=row.gross), row.sequence, "申报金额等于价税合计")


@defect("import_with_vat", "进口设备按含进口增值税申报", "R-234", "R-050", "R-215", "E-03", "E-28")
def _import_with_vat(world: World) -> Forged:
    row = pick(world, "import_with_vat", [r for r in world.rows if r.voucher_type == "customs"], "进口设备")
    entry = import_of(world, row)
    changed = replace_row(world, row.sequence, declared=row.declared + entry.vat)
    return _declared(changed, row.sequence, "申报金额含进口环节增值税")


@defect("unpaid_part_claimed", "未付部分也申报", "R-050", "R-242", "E-09")
def _unpaid_part_claimed(world: World) -> Forged:
    row = pick_row(world, "unpaid_part_claimed", lambda r: plain(world, r) and r.paid == r.gross and single_payment(world, r) is not None)
    payment, paid = single_payment(world, row), cents(row.gross * Decimal("0.7"))
    assert payment is not None
    changed = replace_payment(world, payment.key, amount=paid, pays=((row.voucher, paid),))
    changed = replace_row(changed, row.sequence, payments=(replace(row.payments[0], amount=paid),))
    return _at(changed, row.sequence, "只付了七成，按全额申报", slip_paper(payment))


@defect("declared_above_invoice", "申报金额大于发票金额", "R-215", "R-050", "R-322", "E-05")
def _declared_above_invoice(world: World) -> Forged:
    row = pick_row(world, "declared_above_invoice", lambda r: plain(world, r) and r.declared < 800_000)
    changed = replace_row(world, row.sequence, declared=cents(row.gross * Decimal("1.21")))
    return _declared(changed, row.sequence, "申报金额比价税合计还多两成")


@defect("row_arithmetic", "不含税金额与税额之和不等于含税金额", "R-071", "R-207", "R-401")
def _row_arithmetic(world: World) -> Forged:
    row = pick_row(world, "row_arithmetic", lambda r: plain(world, r) and deductible(r))
    return _at(replace_row(world, row.sequence, tax=row.tax + Decimal("1300.00")), row.sequence, "税额多写1300元")


@innocent("rounding_cents", "税额差几分钱", "R-071", "R-207", "R-209")
def _rounding_cents(world: World) -> Forged:
    """Fiscal rounding (R-438): the tax is off the product of net and rate by a few cents; sums still tie."""
    row = pick_row(world, "rounding_cents", lambda r: whole_price(world, r), "一行的普通发票")
    invoice, off = invoice_of(world, row), Decimal("0.04")
    (item,) = invoice.items
    price = ((item.amount - off) / (item.quantity or 1)).quantize(Decimal("0.00000001"))
    changed = replace_invoice(world, invoice.key, items=(replace(item, amount=item.amount - off, tax=item.tax + off, unit_price=price),))
    changed = replace_row(changed, row.sequence, net=row.net - off, tax=row.tax + off)
    return _at(changed, row.sequence, "税控设备尾差0.04元", invoice_paper(row.voucher))


@defect("smart_above_row", "智能化投入大于该行投入", "R-058", categories=("2",))
def _smart_above_row(world: World) -> Forged:
    row = pick_row(world, "smart_above_row", lambda r: r.smart > 0 and r.smart == r.declared)
    changed = replace_row(world, row.sequence, smart=cents(row.declared * Decimal("1.3")))
    return _at(changed, row.sequence, "智能化改造投入比申报投入多三成")


@defect("smart_below_minimum", "智能化投入不足500万元", "R-020", categories=("2",))
def _smart_below_minimum(world: World) -> Forged:
    total, kept = world.smart_total, Decimal(0)
    for row in world.rows:
        if row.smart and kept + row.smart > Decimal("3800000"):
            world = replace_row(world, row.sequence, smart=Decimal(0), smart_note="")
        else:
            kept += row.smart
    if kept == total:
        raise NotHere("智能化投入本来就不足")
    return Forged(world, (Spot(LIST),), (LIST, PRINT), "智能化投入合计低于500万元", frozenset({"smart"}))


@defect("fixed_share_low", "固定资产投入占比低于要求", "R-056", "R-057", categories=("1", "2"))
def _fixed_share_low(world: World) -> Forged:
    """Machines declared as not capitalised until less than six tenths of the declared sum is fixed."""
    fixed = sum((r.declared for r in world.rows if r.fixed), Decimal(0))
    for row in sorted(world.rows, key=lambda r: (-r.declared, r.sequence)):
        if fixed < world.declared_total * Decimal("0.58"):
            break
        if row.fixed:
            world = replace_row(world, row.sequence, fixed=False, asset_number="")
            fixed -= row.declared
    return Forged(world, (Spot(LIST),), (LIST, PRINT), "固定资产投入占比不足六成", frozenset({"fixed share"}))


# ---------------------------------------------------------------- codes, kinds, rates


@defect("malformed_number", "发票号码位数不对", "R-201", "R-326", "R-401", "R-402")
def _malformed_number(world: World) -> Forged:
    row = pick_row(world, "malformed_number", lambda r: plain(world, r))
    return _at(replace_row(world, row.sequence, invoice_number=row.invoice_number[:3] + row.invoice_number[4:] + "01"), row.sequence, "清单上的号码是9位")


@defect("anachronism", "2019年的发票是当年尚未启用的数电票", "R-204", "R-201", "E-36")
def _anachronism(world: World) -> Forged:
    row = pick_row(world, "anachronism", lambda r: plain(world, r) and deductible(r) and r.invoice_date >= date(2019, 5, 1))
    invoice = invoice_of(world, row)
    number = f"{row.invoice_date.year % 100:02d}442000000{world.rng('forger', 'anachronism').randrange(10**9):09d}"[:20].ljust(20, "7")
    changed = replace_invoice(world, invoice.key, kind="digital_special", code="", number=number, check_code="", machine_number="")
    changed = replace_row(changed, row.sequence, voucher_type="digital_special", invoice_code="", invoice_number=number)
    changed = edit_ledger(changed, "verifications", lambda v: {**v, "code": "", "number": number} if v.get("number") == row.invoice_number else v)
    return _at(changed, row.sequence, "20位号码的数电票2021年12月才试点", invoice_paper(row.voucher), *changed_ledgers(world, changed))


def _at_rate(world: World, name: str, rate: str) -> tuple[World, Row]:
    """An ordinary invoice, so that what is declared and paid stays; not one of building work, whose rate is another anyway."""
    normal = (Decimal("0.13"), Decimal("0.16"), Decimal("0.17"))
    row = pick_row(world, name, lambda r: whole_price(world, r) and invoice_of(world, r).items[0].rate in normal and (rate != "0.16" or r.invoice_date >= date(2019, 4, 1)), "一行的普通发票")
    return resplit(world, row, Decimal(rate)), row


@defect("unknown_rate", "税率从未有过", "R-213", "R-204", "E-36")
def _unknown_rate(world: World) -> Forged:
    changed, row = _at_rate(world, "unknown_rate", "0.12")
    return _at(changed, row.sequence, "12%不是任何时期的税率", invoice_paper(row.voucher))


@innocent("old_rate_later", "税率调整后按原税率补开", "R-213", "R-204", "E-36")
def _old_rate_later(world: World) -> Forged:
    changed, row = _at_rate(world, "old_rate_later", "0.16")
    invoice = invoice_of(changed, row)
    changed = replace_invoice(changed, invoice.key, remarks="补开2019年3月前发生的应税行为")
    return _at(changed, row.sequence, "纳税义务发生在税率调整之前，按原税率补开", invoice_paper(row.voucher))


@defect("second_hand", "按3%征收率销售的使用过的设备", "R-214", "E-14")
def _second_hand(world: World) -> Forged:
    row = pick_row(world, "second_hand", lambda r: whole_price(world, r) and r.fixed, "一行的普通发票")
    changed = resplit(world, row, Decimal("0.03"))
    (item,) = changed.invoice(row.voucher).items
    now = next(r for r in changed.rows if r.sequence == row.sequence)
    changed, papers = rename(changed, now, replace(item, name=f"二手{item.name}"))
    return _at(changed, row.sequence, "普通发票、3%征收率、品名含二手", invoice_paper(row.voucher), *papers)


def _renamed(world: World, name: str, item_class: str, goods: str, spec: str, note: str, *, litre: Decimal | None = None) -> Forged:
    """Other goods for the same money; ``litre`` sells them by the litre at this price. A row that is not smart, so that that sum stays."""
    row = pick_row(world, name, lambda r: plain(world, r) and len(invoice_of(world, r).items) == 1 and not r.smart and r.item_class == "设备")
    (item,) = invoice_of(world, row).items
    fresh = replace(item, item_class=item_class, name=goods, spec=spec)
    if litre is not None:
        quantity = (item.amount / litre).quantize(Decimal(1))
        fresh = replace(fresh, unit="升", quantity=quantity, unit_price=(item.amount / quantity).quantize(Decimal("0.00000001")))
    changed, papers = rename(world, row, fresh)
    return _at(changed, row.sequence, note, invoice_paper(row.voucher), *papers)


@defect("passenger_car", "清单中列有小轿车", "R-223", "E-15")
def _passenger_car(world: World) -> Forged:
    return _renamed(world, "passenger_car", "机动车", "七座商务小客车", "M7", "小客车不属于技术改造投入")


@defect("office_furniture", "清单中列有办公家具", "R-223", "E-15")
def _office_furniture(world: World) -> Forged:
    return _renamed(world, "office_furniture", "家具", "办公桌椅及文件柜", "", "办公家具不属于技术改造投入")


@defect("fuel", "清单中列有成品油", "R-224", "R-223", "E-15")
def _fuel(world: World) -> Forged:
    return _renamed(world, "fuel", "汽油", "92号车用汽油（VIA）", "", "成品油发票", litre=Decimal("5.86"))


@innocent("forklift", "车间用叉车和牵引车", "R-223", "E-15")
def _forklift(world: World) -> Forged:
    return _renamed(world, "forklift", "物料搬运设备", "电动叉车", "CPD-25", "车间物流设备")


@defect("placed_elsewhere", "设备存放在深圳市外", "R-017", "E-27")
def _placed_elsewhere(world: World) -> Forged:
    row = pick_row(world, "placed_elsewhere", lambda r: plain(world, r) and r.fixed and bool(r.asset_number))
    place = "东莞市塘厦镇分厂2号车间"
    changed = replace_part(replace_row(world, row.sequence, location=place), "bookings", row.voucher, place=place)
    papers = [key for key in papers_of(world, row.voucher) if key.startswith(("asset_card::", "delivery_acceptance::"))]
    return _at(changed, row.sequence, "存放地点不在深圳", *papers)


@defect("contract_overdrawn", "同一合同的发票合计大于合同金额", "E-24", "R-401")
def _contract_overdrawn(world: World) -> Forged:
    row = pick_row(world, "contract_overdrawn", is_invoice)
    same = [r for r in world.rows if r.contract_number == row.contract_number]
    amount = cents(row.contract_amount * Decimal("0.6"))
    for other in same:
        world = replace_row(world, other.sequence, contract_amount=amount)
    return Forged(world, tuple(Spot(LIST, row=r.sequence) for r in same), (LIST, PRINT), "合同金额写成六成")
