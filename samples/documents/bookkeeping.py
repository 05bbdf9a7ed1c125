"""What the applicant's own books hold of a purchase: 记账凭证, 固定资产卡片, 交货验收单. Keys carry the voucher's key."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.documents.draft import Draft, chinese_date, sign
from samples.documents.slip_forms import GREEN, GREY
from samples.fonts import Face, typefaces
from samples.money import capital, grouped, plain
from samples.paper import BLACK, MmBox, Paper, Rgb
from samples.seals import company_die, name_die, strike
from samples.world.model import Booking, CustomsEntry, Invoice, Party, World

VOUCHER, CARD, DELIVERY = "accounting_voucher", "asset_card", "delivery_acceptance"
_UNITS = "亿千百十万千百十元角分"


@dataclass(frozen=True)
class _Entry:
    summary: str
    account: str
    detail: str
    debit: Decimal | None
    credit: Decimal | None


def _voucher_of(world: World, booking: Booking) -> Invoice | CustomsEntry | None:
    found: list[Invoice | CustomsEntry] = [x for x in world.invoices if x.key == booking.voucher_key]
    found += [x for x in world.imports if x.key == booking.voucher_key]
    return found[0] if found else None


def _seller(voucher: Invoice | CustomsEntry | None) -> tuple[str, Party | None]:
    if isinstance(voucher, Invoice):
        return voucher.seller.name, voucher.seller
    return (voucher.shipper if voucher else "供应商"), None


def _split(booking: Booking, voucher: Invoice | CustomsEntry | None) -> tuple[Decimal, Decimal]:
    """What was booked as the asset and as input tax; together the booking's amount."""
    tax = Decimal(0)
    if isinstance(voucher, Invoice) and voucher.deductible and booking.amount == voucher.gross:
        tax = voucher.tax
    elif isinstance(voucher, CustomsEntry) and booking.amount == voucher.dutiable_value + voucher.duty + voucher.vat:
        tax = voucher.vat
    return booking.amount - tax, tax


def _entries(world: World, booking: Booking, rng: random.Random) -> list[_Entry]:
    voucher = _voucher_of(world, booking)
    asset, tax = _split(booking, voucher)
    seller, _ = _seller(voucher)
    building = rng.random() < 0.3
    account, detail = ("在建工程", "技改项目") if building and booking.asset_number else ("固定资产", "机器设备") if booking.asset_number else ("管理费用", "技术服务费")
    out = [_Entry(booking.summary, account, booking.asset_name or detail, asset, None)]
    if tax:
        out.append(_Entry(booking.summary, "应交税费", "应交增值税（进项税额）", tax, None))
    out.append(_Entry(booking.summary, rng.choice(("应付账款", "应付账款", "预付账款")), seller, None, booking.amount))
    return out


def draw_accounting_voucher(world: World, booking: Booking) -> Draft:
    """记账凭证 of ``booking``: printed by the accounting program, or the bought form with a digit to each cell."""
    rng = world.rng(VOUCHER, booking.voucher_key)
    program = world.rng(VOUCHER, "program").random() < 0.7
    entries = _entries(world, booking, rng)
    with typefaces(world.rng(VOUCHER, "faces")):
        paper = Paper(240, 140) if program else Paper(210, 120, ground=(252, 250, 240))
    (_program_voucher if program else _form_voucher)(paper, world, booking, entries, rng)
    return Draft(VOUCHER, [paper], "记账凭证", booking.booked_on.year, key=f"{VOUCHER}::{booking.voucher_key}")


def _people(world: World) -> tuple[str, str, str]:
    rng = world.rng(VOUCHER, "people")
    surnames, given = "陈林黄李王吴郑何", ("静", "晓燕", "丽", "敏", "婷", "伟")
    return world.company.finance_head, rng.choice(surnames) + rng.choice(given), rng.choice(surnames) + rng.choice(given)


def _program_voucher(paper: Paper, world: World, booking: Booking, entries: list[_Entry], rng: random.Random) -> None:
    head, keeper, maker = _people(world)
    x0, x1, middle = 14.0, 226.0, 120.0
    paper.text(middle, 12, "记 账 凭 证", 18, bold=True, align="c")
    paper.line(middle - 26, 17, middle + 26, 17, 0.3)
    paper.line(middle - 26, 18, middle + 26, 18, 0.3)
    paper.text(x0, 25, f"核算单位：{world.party.name}", 9.5)
    paper.put("date", booking.booked_on.isoformat(), middle, 25, f"{booking.booked_on:%Y年%m月%d日}", 9.5, align="c")
    word = paper.text(x1 - 62, 25, "凭证号：", 9.5)
    paper.put("number", booking.number, word[2] + 1, 25, booking.number, 9.5)
    widths, y, row = (62.0, 74.0, 38.0, 38.0), 29.0, 9.6
    _row(paper, x0, y, widths, row, ("摘　要", "会　计　科　目", "借方金额", "贷方金额"), 9.5, BLACK, heads=True)
    y += row
    for entry in [*entries, *([None] * max(0, 6 - len(entries)))]:
        cells = ("", "", "", "") if entry is None else (
            entry.summary, f"{entry.account} — {entry.detail}", grouped(entry.debit) if entry.debit else "", grouped(entry.credit) if entry.credit else "",
        )  # fmt: skip
        _row(paper, x0, y, widths, row, cells, 9, BLACK)
        y += row
    total = sum((e.debit or Decimal(0) for e in entries), Decimal(0))
    seen = _row(paper, x0, y, widths, row, (f"附单据　{rng.randint(2, 6)}　张", f"合计：{capital(total, '元')}", grouped(total), grouped(total)), 9, BLACK)
    paper.note("amount", plain(total), seen[2])
    y += row + 6
    for x, label, name in ((x0, "会计主管：", head), (70.0, "记账：", keeper), (118.0, "出纳：", ""), (160.0, "审核：", head), (198.0, "制单：", maker)):
        seen_label = paper.text(x, y, label, 9)
        paper.text(seen_label[2], y, name, 9)
    if rng.random() < 0.7:
        strike(paper, name_die(head), 38 + rng.uniform(-3, 3), y - 1, rng)
    paper.text(x1, y + 6, "打印日期：" + f"{booking.booked_on:%Y-%m}-28", 7, align="r", ink=GREY)


def _row(paper: Paper, x: float, y: float, widths: tuple[float, ...], high: float, cells: tuple[str, ...], size: float, ink: Rgb, *, heads: bool = False) -> list[MmBox]:
    seen = []
    for i, (wide, text) in enumerate(zip(widths, cells, strict=True)):
        seen.append(paper.cell((x, y, x + wide, y + high), text, size, align="c" if heads else "r" if i >= 2 else "l", ink=ink))
        x += wide
    return seen


def _form_voucher(paper: Paper, world: World, booking: Booking, entries: list[_Entry], rng: random.Random) -> None:
    """The bought form in green, filled in by hand."""
    ink, pen = GREEN, (38, 42, 92)
    head, keeper, maker = _people(world)
    x0, y, row, cell = 12.0, 26.0, 9.4, 3.6
    paper.text(105, 10, "记　账　凭　证", 17, bold=True, align="c", ink=ink)
    paper.line(78, 15, 132, 15, 0.3, ink)
    paper.line(78, 16, 132, 16, 0.3, ink)
    seen = paper.text(105, 20.5, chinese_date(booking.booked_on), 12, face="hand", align="c", ink=pen)
    paper.note("date", booking.booked_on.isoformat(), seen)
    paper.text(150, 20.5, "字第", 9, ink=ink)
    paper.put("number", booking.number, 160, 20.5, booking.number, 10.5, face="hand", ink=pen)
    widths = (46.0, 24.0, 38.0)
    x = x0
    for wide, text in zip(widths, ("摘　　要", "总账科目", "明细科目"), strict=True):
        paper.cell((x, y, x + wide, y + row), text, 9, ink=ink, border_ink=ink)
        x += wide
    grids = (x, x + cell * len(_UNITS))
    for left, text in zip(grids, ("借方金额", "贷方金额"), strict=True):
        paper.cell((left, y, left + cell * len(_UNITS), y + 4.4), text, 8, ink=ink, border_ink=ink)
        for i, unit in enumerate(_UNITS):
            paper.cell((left + cell * i, y + 4.4, left + cell * (i + 1), y + row), unit, 6, ink=ink, border_ink=ink)
    y += row
    for entry in [*entries, *([None] * max(0, 5 - len(entries)))]:
        x = x0
        texts = ("", "", "") if entry is None else (entry.summary, entry.account, entry.detail)
        for wide, text in zip(widths, texts, strict=True):
            paper.frame((x, y, x + wide, y + row), 0.2, ink)
            if text:
                paper.cell((x + 0.5, y + 0.5, x + wide - 0.5, y + row - 0.5), text, 11, face="hand", align="l", ink=pen, border=0.0)
            x += wide
        for left, amount in zip(grids, (entry.debit, entry.credit) if entry else (None, None), strict=True):
            _digits(paper, left, y, row, cell, amount, ink, pen)
        y += row
    total = sum((e.debit or Decimal(0) for e in entries), Decimal(0))
    paper.cell((x0, y, grids[0], y + row), "合　　　　计", 9.5, ink=ink, border_ink=ink)
    box = _digits(paper, grids[0], y, row, cell, total, ink, pen, sign=True)
    _digits(paper, grids[1], y, row, cell, total, ink, pen, sign=True)
    paper.note("amount", plain(total), box)
    y += row + 6
    for x, label, name in ((x0, "会计主管", head), (62.0, "记账", keeper), (104.0, "审核", head), (148.0, "制单", maker)):
        paper.text(x, y, label, 9, ink=ink)
        paper.text(x + 16, y, name, 12, face="hand", ink=pen)
    for i, char in enumerate(f"附单据{rng.randint(2, 6)}张"):
        paper.text(202, 40 + 6 * i, char, 9, align="c", ink=ink)


def _digits(paper: Paper, left: float, y: float, row: float, cell: float, amount: Decimal | None, ink: Rgb, pen: Rgb, *, sign: bool = False) -> MmBox:
    """One digit to a cell; returns the box around them."""
    number = plain(amount).replace(".", "") if amount is not None else ""
    boxes = []
    for i in range(len(_UNITS)):
        x = left + cell * i
        paper.frame((x, y, x + cell, y + row), 0.15, ink)
        at = i - (len(_UNITS) - len(number))
        text = number[at] if number and at >= 0 else "￥" if sign and at == -1 else ""
        if text:
            boxes.append(paper.text(x + cell / 2, y + row / 2, text, 9.5, face="hand", align="c", ink=pen))
    if not boxes:
        return (left, y, left + cell * len(_UNITS), y + row)
    return (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[-1][3])


def _items(voucher: Invoice | CustomsEntry | None, booking: Booking) -> list[tuple[str, str, str, str]]:
    """(name, spec, quantity, unit) of what came."""
    if isinstance(voucher, Invoice):
        return [(i.name, i.spec, f"{i.quantity.normalize():f}", i.unit) for i in voucher.items if i.quantity]
    if isinstance(voucher, CustomsEntry):
        return [(i.name, i.spec.split("|")[-1][:16], f"{i.quantity.normalize():f}", i.unit) for i in voucher.items]
    return [(booking.asset_name or booking.summary, "", "1", "台")]


def draw_asset_card(world: World, booking: Booking) -> Draft:
    """固定资产卡片 of the asset that the purchase became."""
    rng = world.rng(CARD, booking.voucher_key)
    variant = world.rng(CARD, "layout").randrange(2)
    voucher = _voucher_of(world, booking)
    original, _ = _split(booking, voucher)
    goods = _items(voucher, booking)
    years, residual = rng.choice((5, 10, 10)), Decimal("0.05")
    with typefaces(world.rng(CARD, "faces")):
        paper = Paper(210, 148.5)
    x0, x1, y, row = 16.0, 194.0, 34.0, 9.6
    paper.text(105, 15, ("固定资产卡片", "固定资产登记卡片")[variant], 17, bold=True, align="c")
    paper.text(x0, 26, f"使用单位：{world.party.name}", 9.5)
    rows = (
        (("卡片编号", booking.asset_number, "number"), ("入账日期", f"{booking.booked_on:%Y-%m-%d}", "date")),
        (("资产名称", booking.asset_name, "asset_name"), ("规格型号", next((g[1] for g in goods if g[0] == booking.asset_name), goods[0][1] if goods else ""), "")),
        (("类别名称", "机器设备", ""), ("数量", next((g[2] + g[3] for g in goods if g[0] == booking.asset_name), ""), "")),
        (("原　值", grouped(original), "amount"), ("预计使用年限", f"{years}年", "")),
        (("净残值率", f"{residual * 100:.0f}%", ""), ("折旧方法", "平均年限法（一）", "")),
        (("月折旧额", grouped((original * (1 - residual) / years / 12).quantize(Decimal("0.01"))), ""), ("增加方式", "直接购入" if variant else "购入", "")),
        (("存放地点", booking.place, "place"), ("使用部门", rng.choice(("生产部", "制造一部", "SMT车间", "品质部")), "")),
        (("凭证号", booking.number, ""), ("供应商", _seller(voucher)[0], "")),
    )  # fmt: skip
    canonical = {"amount": plain(original), "date": booking.booked_on.isoformat()}
    for left, right in rows:
        for x, wide, (label, text, name) in ((x0, 98.0, left), (x0 + 98.0, x1 - x0 - 98.0, right)):
            paper.cell((x, y, x + 26, y + row), label, 9.5, face="sans" if variant else "serif")
            seen = paper.cell((x + 26, y, x + wide, y + row), text, 9.5, align="l")
            if name:
                paper.note(name, canonical.get(name, text), seen)
        y += row
    keeper, maker = _people(world)[1:]
    paper.text(x0, y + 7, f"录入人：{maker}　　　　审核：{keeper}　　　　录入日期：{booking.booked_on:%Y-%m-%d}", 9)
    return Draft(CARD, [paper], "固定资产卡片", booking.booked_on.year, key=f"{CARD}::{booking.voucher_key}")


def draw_delivery_acceptance(world: World, booking: Booking) -> Draft:
    """交货验收单: what came, whether it ran, both sides' signatures."""
    rng = world.rng(DELIVERY, booking.voucher_key)
    key = f"{DELIVERY}::{booking.voucher_key}"
    voucher = _voucher_of(world, booking)
    seller, party = _seller(voucher)
    day: date = booking.delivered_on or booking.booked_on
    title = world.rng(DELIVERY, "title").choice(("设备验收单", "交货验收单", "到货验收单", "设备验收报告"))
    face: Face = world.rng(DELIVERY, "face").choice(("serif", "sans", "kai"))
    goods, amount = _items(voucher, booking), booking.amount
    with typefaces(world.rng(DELIVERY, "faces")):
        paper = Paper()
    x0, x1, y = 20.0, 190.0, 28.0
    paper.text(105, y, title, 19, face=face, bold=True, align="c", spread=2)
    number = paper.text(x1 - 62, y + 12, "单号：", 10, face=face)
    paper.put("number", booking.delivery_number, number[2], y + 12, booking.delivery_number, 10, face=face)
    date_label = paper.text(x0, y + 12, "验收日期：", 10, face=face)
    paper.put("date", day.isoformat(), date_label[2], y + 12, chinese_date(day), 10, face=face)
    y += 17
    for label, text, name in (("供货单位", seller, "seller_name"), ("收货单位", world.party.name if not isinstance(voucher, Invoice) else voucher.buyer.name, "buyer_name"),
                              ("安装地点", booking.place, "place")):  # fmt: skip
        paper.cell((x0, y, x0 + 30, y + 10), label, 10, face=face)
        paper.field_cell(name, text, (x0 + 30, y, x1, y + 10), text, 10, align="l", face=face)
        y += 10
    widths = (14.0, 62.0, 38.0, 18.0, 18.0, 20.0)
    for line, cells in enumerate([("序号", "设备名称", "规格型号", "数量", "单位", "外观"), *((str(i), *good, "完好") for i, good in enumerate(goods[:12], start=1))]):
        x = x0
        for column, (wide, text) in enumerate(zip(widths, cells, strict=True)):
            seen = paper.cell((x, y, x + wide, y + 9), text, 9.5, face=face)
            if column == 1 and line == 1:
                paper.note("asset_name", text, seen)
            x += wide
        y += 9
    paper.cell((x0, y, x0 + 30, y + 10), "合同金额", 10, face=face)
    paper.field_cell("amount", plain(amount), (x0 + 30, y, x1, y + 10), f"￥{grouped(amount)}元（含税）" if isinstance(voucher, Invoice) else f"￥{grouped(amount)}元", 10, align="l", face=face)
    y += 10
    paper.frame((x0, y, x1, y + 46))
    checks = ("1. 到货数量、规格型号与合同、装箱单一致。", "2. 随机资料、合格证、备件齐全。", "3. 安装调试完毕，连续运行72小时无故障，主要技术指标达到技术协议要求。", "4. 操作人员培训已完成。")
    for i, text in enumerate(("验收情况：", *checks)):
        paper.text(x0 + 3, y + 6 + 7 * i, text, 10, face=face)
        if i:
            paper.text(x1 - 20, y + 6 + 7 * i, "√合格", 10, face="hand", ink=(34, 38, 70))
    y += 46
    paper.cell((x0, y, x0 + 30, y + 12), "验收结论", 10, face=face)
    paper.cell((x0 + 30, y, x1, y + 12), "验收合格，同意接收使用。", 11, face="hand" if rng.random() < 0.5 else face, align="l")
    y += 18
    paper.text(x0, y + 4, "供货方代表（签章）：", 10, face=face)
    paper.text(x0 + 92, y + 4, "收货方（签章）：", 10, face=face)
    paper.text(x0 + 92, y + 14, "验收人：", 10, face=face)
    sign(world, key, paper, x0 + 110, y + 14, world.company.contact, rng)
    paper.text(x0 + 92, y + 24, chinese_date(day), 10, face=face)
    if party is not None:
        strike(paper, company_die(party.name), x0 + 44 + rng.uniform(-5, 5), y + 12, rng)
    if key not in world.handling.unsealed:
        number_of = world.company.seal_number
        strike(paper, company_die(world.party.name, number_of, line="合同专用章", role="contract"), x0 + 132 + rng.uniform(-5, 5), y + 12, rng)
    return Draft(DELIVERY, [paper], title, day.year, key=key)


__all__ = ["CARD", "DELIVERY", "VOUCHER", "draw_accounting_voucher", "draw_asset_card", "draw_delivery_acceptance"]
