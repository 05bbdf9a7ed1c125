"""电子银行（商业）承兑汇票: the net bank's print of front and back. Key ``acceptance_bill::PAYMENTKEY``. Rule-book B.3."""

from __future__ import annotations

import random
from datetime import timedelta

from samples.documents.draft import Draft
from samples.documents.slip_forms import GREY, bank_house, digits, electronic_die, electronic_seal
from samples.fonts import Face, typefaces
from samples.money import capital, plain
from samples.paper import MmBox, Paper
from samples.world.model import Bill, Party, Payment, World

KIND = "acceptance_bill"
_UNITS = "十亿千百十万千百十元角分"


def spaced(number: str) -> str:
    """Thirty digits in the groups of the central system: kind, bank, area, day, sequence, check."""
    parts = (number[:1], number[1:8], number[8:13], number[13:21], number[21:29], number[29:]) if len(number) == 30 else (number,)
    return " ".join(parts)


def draw_acceptance_bill(world: World, payment: Payment) -> Draft:
    """Front and back of ``payment.bill``; the back names who endorsed it to whom."""
    bill = payment.bill
    if bill is None:
        raise ValueError(f"付款 {payment.key} 没有承兑汇票，请改画银行回单。")
    rng = world.rng(KIND, payment.key)
    bank = bill.number.startswith("1")
    title = "电子银行承兑汇票" if bank else "电子商业承兑汇票"
    face: Face = rng.choice(("serif", "sans"))
    with typefaces(world.rng(KIND, "faces", payment.key)):
        front, back = Paper(297, 210), Paper(297, 210)
    _front(front, bill, title, face, rng, bank)
    _back(back, bill, payment, face, rng)
    front.label, back.label = 1, 2
    return Draft(KIND, [front, back], title, bill.issued_on.year, key=f"{KIND}::{payment.key}")


def _front(paper: Paper, bill: Bill, title: str, face: Face, rng: random.Random, bank: bool) -> None:
    x0, x1, middle = 24.0, 273.0, 148.5
    paper.text(middle, 17, title, 21, face="serif", bold=True, align="c", spread=1.2)
    paper.text(x0, 26, "显示日期：" + f"{bill.issued_on + timedelta(days=1):%Y年%m月%d日}", 9, face=face, ink=GREY)
    paper.text(x0, 33, "出票日期", 9.5, face=face)
    paper.put("issued_on", bill.issued_on.isoformat(), x0 + 22, 33, f"{bill.issued_on:%Y-%m-%d}", 9.5, face=face)
    paper.text(x0, 39, "汇票到期日", 9.5, face=face)
    paper.put("due_on", bill.due_on.isoformat(), x0 + 22, 39, f"{bill.due_on:%Y-%m-%d}", 9.5, face=face)
    paper.text(148, 33, "票据状态", 9.5, face=face)
    paper.text(170, 33, rng.choice(("背书已签收", "提示收票已签收", "背书已签收")), 9.5, face=face)
    paper.text(148, 39, "票据号码", 9.5, face=face)
    paper.put("bill_number", bill.number, 170, 39, spaced(bill.number), 10, face=face)
    y, row = 44.0, 8.5
    _party(paper, (x0, y, middle), "出票人", bill.drawer, "drawer_name", row, face)
    _party(paper, (middle, y, x1), "收款人" if rng.random() < 0.5 else "收票人", bill.payee, "payee_name", row, face)
    y += 3 * row
    _label(paper, (x0, y, x0 + 34, y + row), "出票保证信息", face)
    paper.cell((x0 + 34, y, x1, y + row), "保证人名称：　　　　　　　　保证人地址：　　　　　　　　保证日期：", 9, face=face, align="l")
    y += row
    _amount(paper, bill, x0, x1, y, face)
    y += 14
    acceptor_rows = (("全　称", bill.acceptor), ("账　号", "0" if bank else bill.drawer.account), ("开户行行号", digits(rng, 12)), ("开户行名称", bill.acceptor if bank else bill.drawer.bank))
    _label(paper, (x0, y, x0 + 12, y + 4 * 7.5), "承兑人信息", face, upright=True)
    for i, (label, text) in enumerate(acceptor_rows):
        paper.cell((x0 + 12, y + 7.5 * i, x0 + 38, y + 7.5 * (i + 1)), label, 9, face=face)
        paper.cell((x0 + 38, y + 7.5 * i, middle, y + 7.5 * (i + 1)), text, 9, face=face, align="l")
    _label(paper, (middle, y, middle + 28, y + 15), "交易合同号", face)
    paper.cell((middle + 28, y, x1, y + 15), "", 9, face=face)
    _label(paper, (middle, y + 15, middle + 28, y + 30), "能否转让", face)
    paper.cell((middle + 28, y + 15, x1, y + 30), "可再转让", 9, face=face, align="l")
    y += 30
    _label(paper, (x0, y, x0 + 34, y + 18), "承兑信息", face)
    paper.cell((x0 + 34, y, x1, y + 9), "出票人承诺：本汇票请予以承兑，到期无条件付款", 9, face=face, align="l")
    paper.cell((x0 + 34, y + 9, x1, y + 18), f"承兑人承兑：本汇票已经承兑，到期无条件付款　　　　承兑日期：{bill.issued_on:%Y-%m-%d}", 9, face=face, align="l")
    y += 18
    _label(paper, (x0, y, x0 + 34, y + row), "承兑保证信息", face)
    paper.cell((x0 + 34, y, x1, y + row), "保证人名称：　　　　　　　　保证人地址：　　　　　　　　保证日期：", 9, face=face, align="l")
    y += row
    _label(paper, (x0, y, x0 + 34, y + row), "评级信息", face)
    paper.cell((x0 + 34, y, x1, y + row), "（由出票人、承兑人自己记载，仅供参考）　出票人评级主体：　　　信用等级：　　　评级到期日：", 8.5, face=face, align="l")
    paper.text(x0, y + row + 6, f"打印时间：{bill.issued_on + timedelta(days=rng.randint(5, 40)):%Y-%m-%d}　　{bank_house(bill.payee.bank)}企业网上银行", 8, face=face, ink=GREY)
    if rng.random() < 0.5:
        electronic_seal(paper, electronic_die(bill.payee.bank or bill.acceptor, bill.issued_on, 1, "电子票据专用章"), x1 - 30, y - 6)


def _label(paper: Paper, box: MmBox, text: str, face: Face, *, upright: bool = False) -> None:
    paper.cell(box, "" if upright else text, 9, face=face)
    if upright:
        step = min(6.0, (box[3] - box[1] - 2) / len(text))
        for i, char in enumerate(text):
            paper.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + (i - (len(text) - 1) / 2) * step, char, 9, face=face, align="c")


def _party(paper: Paper, at: tuple[float, float, float], role: str, party: Party, name: str, row: float, face: Face) -> None:
    x, y, right = at
    _label(paper, (x, y, x + 12, y + 3 * row), role, face, upright=True)
    for i, (label, text) in enumerate((("全　称", party.name), ("账　号", party.account), ("开户银行", party.bank))):
        paper.cell((x + 12, y + row * i, x + 34, y + row * (i + 1)), label, 9, face=face)
        seen = paper.cell((x + 34, y + row * i, right, y + row * (i + 1)), text, 9, face=face, align="l")
        if i == 0:
            paper.note(name, party.name, seen)


def _amount(paper: Paper, bill: Bill, x0: float, x1: float, y: float, face: Face) -> None:
    """大写 and one digit to a cell."""
    wide = 6.2
    grid = x1 - wide * len(_UNITS)
    _label(paper, (x0, y, x0 + 34, y + 14), "票据金额", face)
    paper.cell((x0 + 34, y, grid, y + 14), f"人民币（大写）　{capital(bill.amount, '元')}", 10, face=face, align="l")
    number, boxes = plain(bill.amount).replace(".", ""), []
    for i, unit in enumerate(_UNITS):
        x = grid + wide * i
        paper.cell((x, y, x + wide, y + 5.5), unit, 8, face=face)
        paper.frame((x, y + 5.5, x + wide, y + 14))
        at = i - (len(_UNITS) - len(number))
        sign = number[at] if at >= 0 else "￥" if at == -1 else ""
        if sign:
            boxes.append(paper.text(x + wide / 2, y + 9.8, sign, 10.5, face=face, align="c"))
    paper.note("amount", plain(bill.amount), (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[-1][3]))


def _back(paper: Paper, bill: Bill, payment: Payment, face: Face, rng: random.Random) -> None:
    x0, x1 = 24.0, 273.0
    paper.text(148.5, 18, "电子商业汇票（背面）", 17, face="serif", bold=True, align="c")
    paper.text(x0, 28, f"票据号码　{spaced(bill.number)}", 10, face=face)
    hops = [(bill.payee.name, (bill.endorsed_to or payment.payee).name)] if bill.endorsed_to or bill.payee.name != payment.payee.name else []
    y = 34.0
    for giver, taker in hops:
        for label, text in (("背书类型", "转让背书"), ("背书人名称", giver), ("被背书人名称", taker), ("不得转让标记", "可再转让"), ("背书日期", f"{payment.paid_on:%Y-%m-%d}")):
            paper.cell((x0, y, x0 + 50, y + 8.5), label, 9.5, face=face)
            paper.cell((x0 + 50, y, x1, y + 8.5), text, 9.5, face=face, align="l")
            y += 8.5
        y += 5
    if not hops:
        for label, text in (("业务类型", "提示收票"), ("收票人名称", bill.payee.name), ("签收日期", f"{payment.paid_on:%Y-%m-%d}")):
            paper.cell((x0, y, x0 + 50, y + 8.5), label, 9.5, face=face)
            paper.cell((x0 + 50, y, x1, y + 8.5), text, 9.5, face=face, align="l")
            y += 8.5
    paper.text(x0, y + 8, f"流水号：{digits(rng, 18)}", 8, face=face, ink=GREY)
