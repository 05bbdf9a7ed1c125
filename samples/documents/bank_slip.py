"""付款凭证 of the applicant's payments: electronic receipts of banks in five invented layouts, and the old 电汇凭证 in carbon copy.

Several receipts lie on one sheet of A4 when they are printed from the net bank: papers of 210 mm width with the same ``joined`` text.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from samples.documents.draft import Draft
from samples.documents.slip_forms import (
    BLUE,
    GREEN,
    GREY,
    PINS,
    band,
    bank_house,
    branch_place,
    dashes,
    digits,
    electronic_die,
    electronic_seal,
    hexes,
    house_number,
    line_pair,
    pair,
    rubber_die,
)
from samples.fonts import Face, typefaces
from samples.money import capital, grouped, plain
from samples.paper import BLACK, Paper, Rgb
from samples.seals import Die, strike
from samples.world.model import Party, Payment, World

KIND = "payment_slip"
THIRD, HALF = 99.0, 148.5
"""Heights of a slip: three or two of them on a sheet of A4."""


@dataclass(frozen=True)
class _Slip:
    """All that a layout prints. ``chance`` is the slip's own stream."""

    number: str
    on: date
    payer: Party
    payee: Party
    amount: str
    grouped: str
    capital: str
    purpose: str
    serial: str
    check: str
    clock: str
    clerk: str
    chance: random.Random


def _slip(world: World, payment: Payment) -> _Slip:
    rng = world.rng(KIND, payment.key)
    yuan = "圆" if house_number(payment.payer.bank, 3) == 0 else "元"
    return _Slip(
        payment.slip_number, payment.paid_on, payment.payer, payment.payee, plain(payment.amount), grouped(payment.amount),
        capital(payment.amount, yuan), payment.purpose, digits(rng, 16), hexes(rng, 4),
        f"{rng.randint(9, 16):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}", digits(rng, 5), rng,
    )  # fmt: skip


def draw_payment_slip(world: World, payment: Payment, *, joined: str = "") -> Draft:
    """The slip of ``payment``: the layout of the payer's bank, or a remittance form filled in at the counter for a few."""
    slip = _slip(world, payment)
    draw = slip.chance.random()
    counter = draw < 0.12
    usual = _usual(payment.payer.bank)
    # Some slips were lost and printed again at the counter.
    height, title, layout = (100.0, "电汇凭证", _remittance_form) if counter else _LAYOUTS[-1] if draw > 0.9 and usual[0] == THIRD else usual
    with typefaces(world.rng(KIND, "faces", bank_house(payment.payer.bank))):
        paper = Paper(190.0 if counter else 210.0, height, ground=(253, 244, 240) if counter else (255, 255, 255))
    layout(paper, slip)
    return Draft(KIND, [paper], title, payment.paid_on.year, key=f"{KIND}::{payment.key}", joined="" if counter else joined)


def _usual(bank: str) -> tuple[float, str, _Layout]:
    """The net bank's layout; the needle print of the counter is no bank's usual one."""
    return _LAYOUTS[house_number(bank, len(_LAYOUTS) - 1)]


def slips_per_sheet(bank: str) -> int:
    """How many receipts of this bank go on a sheet of A4."""
    return round(297.0 / _usual(bank)[0])


def _boxed_receipt(paper: Paper, slip: _Slip) -> None:
    """Two parties side by side, a column of upright words before each."""
    x0, x1, y = 13.0, 197.0, 10.0
    paper.text(x0, y, bank_house(slip.payer.bank), 14, face="sans", bold=True, ink=(170, 34, 40))
    paper.text(105, y + 1, "网上银行电子回单", 15, face="serif", bold=True, align="c")
    line_pair(paper, x0, y + 8, "电子回单号码：", slip.number, name="slip_number", size=8.5)
    paper.text(x1, y + 8, "第 1 次打印", 8, align="r", ink=GREY)
    top, row, middle = 22.5, 7.4, 105.0
    for x, right, word, party, role in ((x0, middle, "付款人", slip.payer, "payer"), (middle, x1, "收款人", slip.payee, "payee")):
        paper.frame((x, top, x + 7, top + 3 * row))
        for i, char in enumerate(word):
            paper.text(x + 3.5, top + row * (i + 0.5), char, 8.5, align="c")
        pair(paper, (x + 7, top, right, top + row), 17, "户　名", party.name, name=f"{role}_name")
        pair(paper, (x + 7, top + row, right, top + 2 * row), 17, "账　号", party.account, name=f"{role}_account", face="sans")
        pair(paper, (x + 7, top + 2 * row, right, top + 3 * row), 17, "开户银行", party.bank, name="bank" if role == "payer" else "")
    y = top + 3 * row
    pair(paper, (x0, y, middle, y + row), 24, "金　额", f"￥{slip.grouped}元", name="amount", value=slip.amount, face="sans")
    pair(paper, (middle, y, x1, y + row), 24, "金额（大写）", "人民币" + slip.capital, name="amount_capital", value=slip.capital)
    y += row
    pair(paper, (x0, y, middle, y + row), 24, "摘　要", slip.chance.choice(("货款", "设备款", "汇款", "转账支付")))
    pair(paper, (middle, y, x1, y + row), 24, "业务（产品）种类", slip.chance.choice(("汇划发报", "跨行发报", "同城汇划")), size=8)
    y += row
    pair(paper, (x0, y, x1, y + row), 24, "用　途", slip.purpose, name="purpose")
    y += row
    pair(paper, (x0, y, middle, y + row), 24, "交易流水号", slip.serial[:12], face="sans")
    pair(paper, (middle, y, x1, y + row), 24, "时间戳", f"{slip.on:%Y-%m-%d}-{slip.clock.replace(':', '.')}.{slip.serial[-6:]}", face="sans", size=8)
    y += row
    paper.frame((x0, y, x1, y + 12))
    paper.text(x0 + 26, y + 4, "备注：", 8)
    line_pair(paper, x0 + 26, y + 9, "验证码：", slip.check.replace(" ", "") + "=", size=8, face="mono")
    electronic_seal(paper, electronic_die(slip.payer.bank, slip.on, 0), x0 + 15, y + 5)
    y += 16
    line_pair(paper, x0, y, "记账网点：", slip.serial[2:6], size=8, face="sans")
    line_pair(paper, 70, y, "记账柜员：", slip.clerk, size=8, face="sans")
    line_pair(paper, 130, y, "记账日期：", f"{slip.on:%Y年%m月%d日}", name="paid_on", value=slip.on.isoformat(), size=8)
    paper.text(x0, y + 4.5, "重要提示：本回单不作为收款方发货依据，请勿重复记账。网站验证后有效。", 7, ink=GREY)


def _banded_receipt(paper: Paper, slip: _Slip) -> None:
    """Half a sheet in blue with tinted label cells."""
    tint, x0, x1, row = (226, 235, 246), 16.0, 194.0, 9.2
    paper.text(x0, 14, bank_house(slip.payer.bank), 17, face="serif", bold=True, ink=BLUE)
    paper.text(x1, 14, "客户专用回单", 15, face="sans", bold=True, align="r", ink=BLUE)
    paper.line(x0, 19.5, x1, 19.5, 0.6, BLUE)
    line_pair(paper, x0, 25, "币别：", "人民币", size=9)
    line_pair(paper, 78, 25, "日期：", f"{slip.on:%Y%m%d}", name="paid_on", value=slip.on.isoformat(), size=9, face="sans")
    line_pair(paper, 128, 25, "流水号：", slip.number, name="slip_number", size=9, face="sans")
    y, middle = 30.0, 105.0
    for index, (label, payer_text, payee_text, field) in enumerate((
        ("全　称", slip.payer.name, slip.payee.name, "name"), ("账　号", slip.payer.account, slip.payee.account, "account"),
        ("开户行", slip.payer.bank, slip.payee.bank, ""),
    )):  # fmt: skip
        top = y + row * index
        for x, right, text, role in ((x0, middle, payer_text, "payer"), (middle, x1, payee_text, "payee")):
            name = f"{role}_{field}" if field else "bank" if role == "payer" else ""
            pair(paper, (x + 9, top, right, top + row), 17, label, text, name=name, size=9, tint=tint, border_ink=BLUE, label_ink=BLUE)
    for x, word in ((x0, "付款人"), (middle, "收款人")):
        band(paper, (x, y, x + 9, y + 3 * row), tint)
        paper.cell((x, y, x + 9, y + 3 * row), "", border_ink=BLUE)
        for i, char in enumerate(word):
            paper.text(x + 4.5, y + 3 * row / 2 + (i - 1) * 6, char, 9, align="c", ink=BLUE)
    y += 3 * row
    pair(paper, (x0, y, 138, y + row), 26, "大写金额", slip.capital, name="amount_capital", size=9.5, tint=tint, border_ink=BLUE, label_ink=BLUE)
    pair(paper, (138, y, x1, y + row), 20, "小写金额", slip.grouped, name="amount", value=slip.amount, size=9.5, tint=tint, border_ink=BLUE, label_ink=BLUE, align="r")
    y += row
    pair(paper, (x0, y, 105, y + row), 26, "凭证种类", "电子转账凭证", size=9, tint=tint, border_ink=BLUE, label_ink=BLUE)
    pair(paper, (105, y, x1, y + row), 26, "凭证号码", slip.serial[:12], size=9, tint=tint, border_ink=BLUE, label_ink=BLUE)
    y += row
    pair(paper, (x0, y, 105, y + row), 26, "结算方式", "转账", size=9, tint=tint, border_ink=BLUE, label_ink=BLUE)
    pair(paper, (105, y, x1, y + row), 26, "用　途", slip.purpose, name="purpose", size=9, tint=tint, border_ink=BLUE, label_ink=BLUE)
    y += row
    paper.cell((x0, y, x1, y + 26), "", border_ink=BLUE)
    paper.text(x0 + 3, y + 5, f"打印柜员：{slip.clerk}　　打印机构：{branch_place(slip.payer.bank)}", 8.5)
    paper.text(x0 + 3, y + 11, f"打印卡号：{slip.payer.account[-8:]}", 8.5)
    paper.text(x0 + 3, y + 17, f"交易时间：{slip.clock}", 8.5)
    electronic_seal(paper, electronic_die(slip.payer.bank, slip.on, 1), x1 - 32, y + 10)
    line_pair(paper, x0, y + 32, "验证码：", slip.check, size=9, face="mono", label_ink=BLUE)
    paper.text(x0, y + 38, "本回单可通过网点自助终端或网上银行验证，如与账务不符以银行账务记录为准。", 7.5, ink=GREY)
    paper.text(x1, y + 32, "（借方回单）", 9, align="r", ink=BLUE)


def _open_receipt(paper: Paper, slip: _Slip) -> None:
    """No frames at all: labels and values on lines between two rules."""
    x0, x1 = 20.0, 190.0
    paper.text(105, 11, "国内支付业务付款回单", 15, face="sans", bold=True, align="c")
    paper.text(x0, 7.5, bank_house(slip.payer.bank), 10, face="sans", ink=(160, 30, 44), bold=True)
    paper.line(x0, 17, x1, 17, 0.4, (160, 30, 44))
    y, step, second = 22.5, 6.3, 108.0
    line_pair(paper, x0, y, "客户号：", slip.serial[:9], size=8.5, face="mono")
    line_pair(paper, second, y, "日期：", f"{slip.on:%Y年%m月%d日}", name="paid_on", value=slip.on.isoformat(), size=8.5)
    for label, text, other, field in (
        ("付款人账号：", slip.payer.account, slip.payee.account, "account"), ("付款人名称：", slip.payer.name, slip.payee.name, "name"),
        ("付款人开户行：", slip.payer.bank, slip.payee.bank, ""),
    ):  # fmt: skip
        y += step
        face = "mono" if field == "account" else "serif"
        line_pair(paper, x0, y, label, text, name=f"payer_{field}" if field else "bank", size=8.5, face=face)  # type: ignore[arg-type]
        line_pair(paper, second, y, label.replace("付", "收"), other, name=f"payee_{field}" if field else "", size=8.5, face=face)  # type: ignore[arg-type]
    y += step
    line_pair(paper, x0, y, "金额：", f"CNY{slip.grouped}", name="amount", value=slip.amount, size=9, face="mono")
    y += step
    line_pair(paper, x0, y, "人民币 ", slip.capital, name="amount_capital", size=9)
    y += step
    line_pair(paper, x0, y, "业务种类：", slip.chance.choice(("普通汇兑", "网银跨行转账", "行内转账")), size=8.5)
    line_pair(paper, second, y, "业务编号：", slip.serial, size=8.5, face="mono")
    y += step
    line_pair(paper, x0, y, "用途：", slip.purpose, name="purpose", size=8.5)
    y += step
    line_pair(paper, x0, y, "备注：", slip.chance.choice(("", "附言：设备款", "")), size=8.5)
    paper.line(x0, y + 4.5, x1, y + 4.5, 0.3, GREY)
    line_pair(paper, x0, y + 9, "回单编号：", slip.number, name="slip_number", size=8, face="mono")
    line_pair(paper, 88, y + 9, "验证码：", slip.check.replace(" ", ""), size=8, face="mono")
    line_pair(paper, x0, y + 14, "打印时间：", f"{slip.on:%Y-%m-%d} {slip.clock}", size=7.5, face="mono", label_ink=GREY, ink=GREY)
    paper.text(96, y + 14, "自助打印，请避免重复", 7.5, ink=GREY)
    electronic_seal(paper, electronic_die(slip.payer.bank, slip.on, 0, "业务专用章"), x1 - 22, y - 3)


def _plain_receipt(paper: Paper, slip: _Slip) -> None:
    """A black-letter card with a dashed border, as a net bank of the newer kind prints it."""
    x0, x1 = 18.0, 192.0
    dashes(paper, 6, 204, 97.5)
    paper.text(x0, 11, bank_house(slip.payer.bank), 15, face="sans", bold=True, ink=(176, 28, 40))
    paper.text(105, 12, "付款回单", 17, face="sans", bold=True, align="c")
    paper.text(x1, 9, f"回单类型：{slip.chance.choice(('支付结算', '网银转账', '跨行支付'))}", 7.5, face="sans", align="r", ink=GREY)
    paper.line(x0, 18, x1, 18, 0.25, BLACK)
    y, step, middle = 23.0, 6.4, 106.0
    line_pair(paper, x0, y, "交易日期：", f"{slip.on:%Y-%m-%d}", name="paid_on", value=slip.on.isoformat(), size=9, face="sans", label_face="sans")
    line_pair(paper, middle, y, "回单编号：", slip.number, name="slip_number", size=9, face="sans", label_face="sans")
    y += step
    line_pair(paper, x0, y, "付款账号：", slip.payer.account, name="payer_account", size=9, face="sans", label_face="sans")
    line_pair(paper, middle, y, "流水号：", "C" + slip.serial, size=9, face="sans", label_face="sans")
    for label, text, name in (
        ("付款人：", slip.payer.name, "payer_name"), ("付款开户行：", slip.payer.bank, "bank"), ("收款账号：", slip.payee.account, "payee_account"),
        ("收款人：", slip.payee.name, "payee_name"), ("收款开户行：", slip.payee.bank, ""),
    ):  # fmt: skip
        y += step
        line_pair(paper, x0, y, label, text, name=name, size=9, face="sans", label_face="sans")
    y += step
    line_pair(paper, x0, y, "交易金额：", f"CNY {slip.grouped}", name="amount", value=slip.amount, size=9.5, face="sans", label_face="sans")
    y += step
    line_pair(paper, x0, y, "大写金额：", f"人民币{slip.capital}", name="amount_capital", value=slip.capital, size=9, face="sans", label_face="sans")
    y += step
    line_pair(paper, x0, y, "交易摘要：", slip.purpose, name="purpose", size=9, face="sans", label_face="sans")
    paper.line(x0, y + 4.5, x1, y + 4.5, 0.15, GREY)
    paper.text(x0, y + 8.5, f"回单验证码：{slip.check}　　提示：1.电子回单验证相同表示同一笔业务，请勿重复记账使用。", 7, face="sans", ink=GREY)
    electronic_seal(paper, electronic_die(slip.payer.bank, slip.on, 1), x1 - 30, y - 17, (214, 40, 60))


def _needle_receipt(paper: Paper, slip: _Slip) -> None:
    """Needle print over a pre-printed green form at the counter, with the clerk's round seal struck by hand."""
    x0, x1, row = 15.0, 195.0, 8.2
    dx, dy = slip.chance.uniform(-1.2, 1.4), slip.chance.uniform(-0.9, 0.9)
    paper.text(105, 10, f"{bank_house(slip.payer.bank)}　业务凭证（客户回单）", 13, face="serif", bold=True, align="c", ink=GREEN)
    paper.line(60, 14.5, 150, 14.5, 0.3, GREEN)
    paper.line(60, 15.4, 150, 15.4, 0.15, GREEN)

    def printed(x: float, y: float, text: str, name: str = "", value: str = "", size: float = 9.0) -> None:
        seen = paper.text(x + dx, y + dy, text, size, face="dot", ink=PINS)
        if name:
            paper.note(name, value or text, seen)

    paper.text(x0, 19.5, "交易日期", 8.5, ink=GREEN)
    printed(x0 + 16, 19.5, f"{slip.on:%Y-%m-%d}", "paid_on", slip.on.isoformat())
    paper.text(118, 19.5, "凭证编号", 8.5, ink=GREEN)
    printed(134, 19.5, slip.number, "slip_number")
    y = 23.0
    rows = (
        (("付款人户名", slip.payer.name, "payer_name"), ("收款人户名", slip.payee.name, "payee_name")),
        (("付款人账号", slip.payer.account, "payer_account"), ("收款人账号", slip.payee.account, "payee_account")),
        (("付款人开户行", slip.payer.bank, "bank"), ("收款人开户行", slip.payee.bank, "")),
        (("金额（小写）", f"RMB {slip.grouped}", "amount"), ("交易流水", slip.serial[:14], "")),
    )
    for left, right in rows:
        for x, wide, (label, text, name) in ((x0, 90.0, left), (x0 + 90, 90.0, right)):
            paper.frame((x, y, x + wide, y + row), 0.15, GREEN)
            paper.line(x + 21, y, x + 21, y + row, 0.15, GREEN)
            paper.text(x + 10.5, y + row / 2, label, 7.5, align="c", ink=GREEN)
            size = 9.0 if len(text) < 20 else 7.6
            printed(x + 22.5, y + row / 2, text, name, slip.amount if name == "amount" else "", size)
        y += row
    for label, text, name in (("金额（大写）", slip.capital, "amount_capital"), ("用途及附言", slip.purpose, "purpose")):
        paper.frame((x0, y, x1, y + row), 0.15, GREEN)
        paper.line(x0 + 21, y, x0 + 21, y + row, 0.15, GREEN)
        paper.text(x0 + 10.5, y + row / 2, label, 7.5, align="c", ink=GREEN)
        printed(x0 + 22.5, y + row / 2, text, name)
        y += row
    printed(x0 + 2, y + 5, f"机构号:{slip.serial[:6]} 柜员:{slip.clerk} 时间:{slip.clock}", size=8)
    printed(x0 + 2, y + 10, f"验证码:{slip.check.replace(' ', '')}", size=8)
    for i, char in enumerate("第二联客户回单"):
        paper.text(x1 + 4, 30 + 5.2 * i, char, 8, align="c", ink=GREEN)
    die = Die("round", "unknown", slip.payer.bank, ("业务专用章",), width=38, height=38)
    strike(paper, die, x1 - 26 + slip.chance.uniform(-4, 3), y - 2 + slip.chance.uniform(-3, 3), slip.chance)


_UNITS = "亿千百十万千百十元角分"


def _remittance_form(paper: Paper, slip: _Slip) -> None:
    """电汇凭证（回单）: a carbon copy on thin pink paper, written by hand or typed, stamped at the counter."""
    ink: Rgb = (150, 62, 66)
    carbon: Rgb = (58, 66, 128)
    rng = slip.chance
    written = rng.random() < 0.45
    dx, dy = rng.uniform(-0.8, 0.8), rng.uniform(-0.7, 0.7)

    def fill(x: float, y: float, text: str, name: str = "", value: str = "", size: float = 9.5, room: float = 62.0) -> None:
        face: Face = "hand" if written else "dot"
        # A pen leaves air between small characters, else nobody could read the carbon.
        size, spread = (size + 1.0, 0.45) if written else (size, 0.0)
        while size > 5 and paper.text_width(text, size, face) + spread * len(text) > room:
            size, spread = size - 0.25, spread * 0.97
        seen = paper.text(x + dx, y + dy + (rng.uniform(-0.4, 0.4) if written else 0.0), text, size, face=face, ink=carbon, spread=spread)
        if name:
            paper.note(name, value or text, seen)

    paper.text(95, 9, f"{bank_house(slip.payer.bank)}　电汇凭证（回　单）　1", 14, bold=True, align="c", ink=ink)
    paper.text(14, 17, "□普通　□加急", 8.5, ink=ink)
    paper.text(15.3, 16.9, "√", 9, face="hand", ink=carbon)
    paper.text(68, 17, "委托日期", 8.5, ink=ink)
    day = []
    for at, text, unit in ((84.0, f"{slip.on:%Y}", "年"), (100.0, f"{slip.on:%m}", "月"), (112.0, f"{slip.on:%d}", "日")):
        day.append(paper.text(at + dx, 17 + dy, text, 10, face="hand" if written else "dot", ink=carbon))
        paper.text(at + (8.5 if unit == "年" else 5.5), 17, unit, 8.5, ink=ink)
    paper.note("paid_on", slip.on.isoformat(), (day[0][0], day[0][1], day[-1][2], day[-1][3]))
    paper.text(140, 17, "No.", 9, ink=ink)
    paper.put("slip_number", slip.number, 147, 17, slip.number, 9, face="sans", ink=(60, 60, 90))
    x0, x1, middle, y, row = 12.0, 178.0, 95.0, 21.0, 8.0
    for x, right, word, party, role in ((x0, middle, "汇款人", slip.payer, "payer"), (middle, x1, "收款人", slip.payee, "payee")):
        paper.frame((x, y, x + 6, y + 4 * row), 0.2, ink)
        for i, char in enumerate(word):
            paper.text(x + 3, y + 16 + (i - 1) * 8, char, 8.5, align="c", ink=ink)
        city = party.address[: party.address.index("市") + 1] if "市" in party.address[:9] else ""
        rows = (("全　称", party.name, f"{role}_name"), ("账　号", party.account, f"{role}_account"),
                ("汇出地点" if role == "payer" else "汇入地点", f"广东省 {city}" if city in ("深圳市", "东莞市", "广州市") else city, ""),
                ("汇出行名称" if role == "payer" else "汇入行名称", party.bank, "bank" if role == "payer" else ""))  # fmt: skip
        for i, (label, text, name) in enumerate(rows):
            top = y + row * i
            paper.cell((x + 6, top, x + 23, top + row), label, 7.5, ink=ink, border_ink=ink)
            paper.frame((x + 23, top, right, top + row), 0.2, ink)
            fill(x + 24.5, top + row / 2, text, name, room=right - x - 26)
    y += 4 * row
    cells = 4.6
    grid_left = x1 - cells * len(_UNITS)
    paper.frame((x0, y, x1, y + 12), 0.2, ink)
    paper.text(x0 + 2, y + 4, "金额", 8, ink=ink)
    paper.text(x0 + 2, y + 8.4, "人民币（大写）", 7, ink=ink)
    fill(x0 + 23, y + 6.2, slip.capital, "amount_capital", size=9.5, room=grid_left - x0 - 25)
    number = slip.amount.replace(".", "")
    boxes = []
    for i, unit in enumerate(_UNITS):
        x = grid_left + cells * i
        paper.cell((x, y, x + cells, y + 4.2), unit, 6.5, ink=ink, border_ink=ink)
        paper.frame((x, y + 4.2, x + cells, y + 12), 0.2, ink)
        place = i - (len(_UNITS) - len(number))
        sign = number[place] if place >= 0 else "￥" if place == -1 else ""
        if sign:
            boxes.append(paper.text(x + cells / 2 + dx / 2, y + 8.2 + dy, sign, 10, face="hand" if written else "dot", align="c", ink=carbon))
    paper.note("amount", slip.amount, (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[-1][3]))
    y += 12
    paper.frame((x0, y, 84, y + 22), 0.2, ink)
    paper.frame((84, y, x1, y + 22), 0.2, ink)
    paper.text(86, y + 4, "附加信息及用途：", 8, ink=ink)
    fill(87, y + 10, slip.purpose, "purpose", room=86)
    paper.text(86, y + 18, "复核：　　　　记账：", 8, ink=ink)
    paper.text(42, y + 18, "汇出行签章", 8, ink=ink)
    for i, char in enumerate("此联汇出行给汇款人的回单"):
        paper.text(183.5, 22 + 5.6 * i, char, 7.5, align="c", ink=ink)
    strike(paper, rubber_die(slip.payer.bank, slip.on, "转讫"), 40 + rng.uniform(-5, 12), y + 9 + rng.uniform(-3, 3), rng)


_Layout = Callable[[Paper, _Slip], None]
_LAYOUTS: tuple[tuple[float, str, _Layout], ...] = (
    (THIRD, "网上银行电子回单", _boxed_receipt), (HALF, "客户专用回单", _banded_receipt), (THIRD, "国内支付业务付款回单", _open_receipt),
    (THIRD, "付款回单", _plain_receipt), (THIRD, "业务凭证（客户回单）", _needle_receipt),
)  # fmt: skip
