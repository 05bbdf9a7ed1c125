"""进口货物报关单 (the layouts of before and after 2018-08-01) and 海关专用缴款书 for import VAT (…-L02) and duty (…-A01).

The declaration is a landscape A4 print of the 单一窗口 or of the customs' own form; the payment book is a slip of three copies that the
bank stamped. Sources: rule-book B.2; 海关总署公告2018年第60号 (layout from 2018-08-01).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import numpy as np
import zxingcpp
from PIL import Image

from samples.documents.draft import Draft
from samples.documents.slip_forms import GREY, digits, rubber_die
from samples.fonts import Face, typefaces
from samples.money import capital, cents, grouped, plain
from samples.paper import MmBox, Paper, Rgb
from samples.seals import Die, strike
from samples.world.model import CustomsEntry, ImportedItem, Party, World

DECLARATION, PAYMENT = "customs_declaration", "customs_payment"
Levy = Literal["vat", "duty"]
NEW_LAYOUT_FROM = date(2018, 8, 1)
_CURRENCIES = {"USD": ("502", "美元"), "EUR": ("300", "欧元"), "JPY": ("116", "日元"), "HKD": ("110", "港币"), "GBP": ("303", "英镑"), "CHF": ("331", "瑞士法郎"), "CNY": ("142", "人民币")}
_COUNTRIES = {"日本": "JPN", "德国": "DEU", "美国": "USA", "韩国": "KOR", "瑞士": "CHE", "意大利": "ITA", "中国香港": "HKG", "中国台湾": "TWN", "新加坡": "SGP", "法国": "FRA", "英国": "GBR"}


def barcode(text: str, dpi: int, *, module: float = 0.25, height: float = 9.0) -> Image.Image:
    """Code 128 of ``text``; ``module`` and ``height`` are millimetres."""
    bars = np.asarray(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1))[0]
    wide = max(1, round(module * dpi / 25.4))
    row = np.repeat(bars, wide)
    return Image.fromarray(np.tile(row, (max(1, round(height * dpi / 25.4)), 1)))


def _customs_code(party: Party) -> str:
    """The ten-digit customs number of a company: invented, but always the same for the same company."""
    tail = "".join(c for c in party.uscc if c.isdigit())[-5:].rjust(5, "6")
    return f"44031{tail}"


def _house_code(entry: CustomsEntry) -> str:
    return entry.declaration_number[:4]


def share(total: Decimal, entry: CustomsEntry) -> list[Decimal]:
    """``total`` yuan spread over the entry's items by their price, to the cent; the last item takes the rest."""
    out: list[Decimal] = []
    for item in entry.items[:-1]:
        out.append(cents(total * item.total / entry.foreign_total))
    return [*out, total - sum(out, Decimal(0))]


# ---------------------------------------------------------------- declaration


@dataclass(frozen=True)
class _Box:
    """A cell of the declaration's head: label above, value below, ``width`` in parts of the row."""

    label: str
    value: str
    width: float
    field: str = ""
    canonical: str = ""


def _head_rows(entry: CustomsEntry, rng: random.Random) -> list[list[_Box]]:
    new = entry.declared_on >= NEW_LAYOUT_FROM
    country = _COUNTRIES.get(entry.trade_country, "JPN") if new else ""
    origin = f"({country}){entry.trade_country}" if new else entry.trade_country
    vessel = f"{rng.choice(('粤ZAK', '粤ZFD', '粤ZBH'))}{digits(rng, 2)}港 / {digits(rng, 13)}"
    waybill, packages = digits(rng, 11), rng.randint(2, 14)
    gross = Decimal(rng.randint(1800, 9600))
    weights = (f"{packages}", f"{gross}", f"{gross * Decimal('0.87'):.0f}")
    place = "监管仓库" + rng.choice("一二三四") + "区"
    mode = f"({entry.mode_code}){entry.mode_name}"
    terms_code = {"CIF": "1", "C&F": "2", "CFR": "2", "FOB": "3", "EXW": "7"}.get(entry.terms, "1")
    terms = f"({terms_code}){entry.terms}"
    freight = "" if entry.terms == "CIF" else f"502/{rng.randint(300, 1800)}/3"
    insurance = "" if entry.terms == "CIF" else "000/0.3000/1"
    consignee = _Box("境内收货人" if new else "收发货人", entry.consignee.name, 3.0, "consignee_name", entry.consignee.name)
    user = _Box("消费使用单位", entry.end_user.name, 3.0)
    port = f"({_house_code(entry)}){entry.customs_house}"
    imported = _Box("进口日期", f"{entry.imported_on:%Y%m%d}", 1.5, "import_date", entry.imported_on.isoformat())
    declared = _Box("申报日期", f"{entry.declared_on:%Y%m%d}", 1.5, "declared_on", entry.declared_on.isoformat())
    if new:
        return [
            [consignee, _Box("进境关别", port, 1.7), imported, declared, _Box("备案号", "", 1.7)],
            [_Box("境外发货人", entry.shipper, 3.0), _Box("运输方式", "(4)公路运输", 1.7), _Box("运输工具名称及航次号", vessel, 2.2), _Box("提运单号", waybill, 1.5), _Box("货物存放地点", place, 1.6)],
            [user, _Box("监管方式", mode, 1.7), _Box("征免性质", "(101)一般征税", 2.2), _Box("许可证号", "", 1.5), _Box("启运港", origin, 1.6)],
            [_Box("合同协议号", entry.contract_number, 3.0), _Box("贸易国（地区）", origin, 1.7), _Box("启运国（地区）", origin, 2.2), _Box("经停港", "中国香港(HKG003)", 1.5), _Box("入境口岸", entry.customs_house.removesuffix("海关"), 1.6)],
            [_Box("包装种类", "(22)纸制或纤维板制盒/箱", 3.0), _Box("件数", weights[0], 0.8), _Box("毛重(千克)", weights[1], 1.2), _Box("净重(千克)", weights[2], 1.2),
             _Box("成交方式", terms, 1.2), _Box("运费", freight, 1.2), _Box("保费", insurance, 1.2), _Box("杂费", "", 1.0)],
            [_Box("随附单证及编号", "随附单证2：合同；发票；装箱单；代理报关委托协议", 10.8)],
        ]  # fmt: skip
    return [
        [consignee, _Box("进口口岸", port, 2.4), imported, declared],
        [user, _Box("运输方式", "公路运输", 1.6), _Box("运输工具名称", vessel, 2.4), _Box("提运单号", waybill, 1.8)],
        [_Box("申报单位", "深圳市顺铎报关有限公司", 3.0), _Box("监管方式", mode, 2.0), _Box("征免性质", "一般征税 (101)", 2.0), _Box("备案号", "", 1.4)],
        [_Box("贸易国（地区）", origin, 2.0), _Box("启运国（地区）", origin, 2.2), _Box("装货港", "香港", 1.8), _Box("境内目的地", "深圳特区 (44031)", 2.4)],
        [_Box("许可证号", "", 2.0), _Box("成交方式", terms, 1.4), _Box("运费", freight, 1.6), _Box("保费", insurance, 1.6), _Box("杂费", "", 1.8)],
        [_Box("合同协议号", entry.contract_number, 2.6), _Box("件数", weights[0], 0.9), _Box("包装种类", "木箱", 1.4), _Box("毛重（千克）", weights[1], 1.7), _Box("净重（千克）", weights[2], 1.8)],
        [_Box("集装箱号", "0", 2.6), _Box("随附单证", "合同；发票；装箱单", 5.8)],
    ]  # fmt: skip


def draw_customs_declaration(world: World, entry: CustomsEntry) -> Draft:
    """The declaration of ``entry``; more than five items run on over further sheets."""
    rng = world.rng(DECLARATION, entry.key)
    new = entry.declared_on >= NEW_LAYOUT_FROM
    per_sheet = 5
    sheets = [entry.items[i : i + per_sheet] for i in range(0, len(entry.items), per_sheet)]
    rows, papers = _head_rows(entry, rng), []
    face: Face = rng.choice(("sans", "serif"))
    for number, items in enumerate(sheets, start=1):
        paper = Paper(297, 210, ground=(255, 255, 255) if rng.random() < 0.7 else (252, 252, 246))
        _declaration_sheet(paper, entry, rows, items, (number - 1) * per_sheet, number, len(sheets), face, rng, new)
        papers.append(paper)
    return Draft(DECLARATION, papers, "进口货物报关单", entry.declared_on.year, key=f"{DECLARATION}::{entry.key}")


def _declaration_sheet(
    paper: Paper, entry: CustomsEntry, rows: list[list[_Box]], items: tuple[ImportedItem, ...], before: int, number: int, total: int, face: Face,
    rng: random.Random, new: bool,
) -> None:  # fmt: skip
    left, right, y = 12.0, 285.0, 12.0
    if paper.drawn:
        paper.picture(barcode(entry.declaration_number, paper.dpi), left, 8)
    paper.text(left + 26, 19.5, f"*{entry.declaration_number}*", 7.5, face="mono", align="c")
    paper.text(148.5, 14, "中华人民共和国海关进口货物报关单", 18, face="serif", bold=True, align="c", spread=0.5)
    paper.text(left, 26, f"预录入编号：I{digits(rng, 17) if number == 1 else entry.declaration_number[1:]}", 9, face=face)
    head = paper.text(112, 26, "海关编号：", 9, face=face)
    paper.put("declaration_number", entry.declaration_number, head[2], 26, entry.declaration_number, 9, face=face)
    if new:
        paper.text(196, 26, f"（{entry.customs_house}）", 9, face=face)
    paper.text(right, 26, f"页码/页数：{number}/{total}" if new else f"{number} / {total}", 9, face=face, align="r")
    paper.label = number if total > 1 else None
    y, high = 29.5, 11.2 if new else 9.6
    for row in rows:
        parts = sum(box.width for box in row)
        x = left
        for box in row:
            wide = (right - left) * box.width / parts
            label = box.label + (f" ({_code_of(box, entry)})" if box.label in ("境内收货人", "消费使用单位", "收发货人") else "")
            paper.frame((x, y, x + wide, y + high), 0.15)
            paper.text(x + 0.8, y + 2.7, label, 7, face="serif", ink=(50, 50, 54))
            seen = paper.cell((x, y + 3.6, x + wide, y + high), box.value, 8.5, face=face, align="l", border=0.0)
            if box.field:
                paper.note(box.field, box.canonical, seen)
            x += wide
        y += high
    note_high = 12.0
    paper.frame((left, y, right, y + note_high), 0.15)
    paper.text(left + 0.8, y + 2.7, "标记唛码及备注", 7)
    remark = "N/M"
    code, currency = _CURRENCIES.get(entry.currency, ("502", entry.currency))
    seen = paper.text(left + 4, y + 7.5, f"备注：{remark}", 8.5, face=face)
    if len(entry.items) > 1:
        head = paper.text(seen[2] + 4, y + 7.5, f"发票总价：{entry.currency}", 8.5, face=face)
        paper.put("total", plain(entry.foreign_total), head[2] + 1, y + 7.5, grouped(entry.foreign_total), 8.5, face=face)
    y += note_high
    y = _item_rows(paper, entry, items, before, y, left, right, face, new, (code, currency))
    _declaration_foot(paper, entry, y, left, right, face, rng, new)


def _code_of(box: _Box, entry: CustomsEntry) -> str:
    party = entry.end_user if box.label == "消费使用单位" else entry.consignee
    return party.uscc if entry.declared_on >= NEW_LAYOUT_FROM else _customs_code(party)


def _item_rows(
    paper: Paper, entry: CustomsEntry, items: tuple[ImportedItem, ...], before: int, y: float, left: float, right: float, face: Face, new: bool,
    money: tuple[str, str],
) -> float:  # fmt: skip
    heads = (
        ("项号", 8.0), ("商品编号", 22.0), ("商品名称及规格型号", 78.0), ("数量及单位", 28.0), ("单价/总价/币制" if new else "单价　　总价　　币制", 34.0),
        ("原产国（地区）", 28.0), ("最终目的国（地区）", 28.0), ("境内目的地", 29.0), ("征免", 18.0),
    )  # fmt: skip
    paper.frame((left, y, right, y + 5.5), 0.15)
    x = left
    for head, wide in heads:
        paper.text(x + 0.8, y + 2.8, head, 7)
        x += wide
    y += 5.5
    high = 13.0
    for index, item in enumerate(items):
        paper.line(left, y + high, right, y + high, 0.15, GREY)
        at = {head: sum(w for _, w in heads[:i]) + left for i, (head, _) in enumerate(heads)}
        xs = list(at.values())
        paper.text(xs[0] + 1, y + 3.2, str(before + index + 1), 8, face=face)
        paper.text(xs[1] + 0.5, y + 3.2, item.hs_code, 8, face=face)
        paper.text(xs[2] + 0.5, y + 3.2, item.name, 8.5, face=face)
        for i, line in enumerate(paper.wrap(f"3|3|{item.spec}", 76, 7.5, face)[:2]):
            paper.text(xs[2] + 0.5, y + 7.2 + 3.3 * i, line, 7.5, face=face)
        paper.text(xs[3] + 26, y + 3.2, f"{item.quantity.normalize():f}{item.unit}", 8, face=face, align="r")
        paper.text(xs[3] + 26, y + 10.6, f"{item.quantity.normalize():f}{item.unit}", 8, face=face, align="r")
        paper.text(xs[4] + 32, y + 3.2, f"{item.unit_price:.4f}", 8, face=face, align="r")
        seen = paper.text(xs[4] + 32, y + 7.0, f"{item.total:.2f}", 8, face=face, align="r")
        unit = paper.text(xs[4] + 32, y + 10.8, money[1], 8, face=face, align="r")
        if len(entry.items) == 1:
            paper.note("total", plain(item.total), seen)
        paper.note("currency", entry.currency, unit)
        paper.text(xs[5] + 26, y + 3.2, item.origin, 8, face=face, align="r")
        paper.text(xs[5] + 26, y + 7.0, f"({_COUNTRIES.get(item.origin, 'JPN')})", 8, face=face, align="r")
        paper.text(xs[6] + 26, y + 3.2, "中国", 8, face=face, align="r")
        paper.text(xs[6] + 26, y + 7.0, "(CHN)", 8, face=face, align="r")
        for i, line in enumerate(("(44031/440306)", "深圳特区/深圳市", "宝安区")):
            paper.text(xs[7] + 0.5, y + 3.2 + 3.6 * i, line, 7, face=face)
        paper.text(xs[8] + 1, y + 3.2, "照章征税", 8, face=face)
        paper.text(xs[8] + 1, y + 7.0, "(1)", 8, face=face)
        y += high
    return y


def _declaration_foot(paper: Paper, entry: CustomsEntry, y: float, left: float, right: float, face: Face, rng: random.Random, new: bool) -> None:
    y = max(y + 2, 158.0)
    paper.line(left, y, right, y, 0.15)
    if new:
        paper.text(left + 8, y + 3.5, "特殊关系确认：否　　　价格影响确认：否　　　支付特许权使用费确认：否　　　公式定价确认：否　　　自报自缴：否", 8, face=face)
    else:
        paper.text(left + 8, y + 3.5, "特殊关系确认：否　　　　价格影响确认：否　　　　支付特许权使用费确认：否", 8, face=face)
    paper.frame((left, y + 7, right, y + 30), 0.15)
    paper.line(left + 186, y + 7, left + 186, y + 30, 0.15)
    agent = "深圳市顺铎报关有限公司"
    paper.text(left + 2, y + 11, f"报关人员　　　报关人员证号{digits(rng, 8)}　　　电话", 8, face=face)
    paper.text(left + 92, y + 11, "兹申明对以上内容承担如实申报、依法纳税之法律责任", 8, face=face)
    paper.text(left + 188, y + 11, "海关批注及签章", 8, face=face)
    paper.text(left + 2, y + 26, f"申报单位　(91440300{digits(rng, 8)}XA){agent}", 8, face=face)
    paper.text(left + 150, y + 26, "申报单位（签章）", 8, face=face)
    stamps = rng.random()
    agent_die = Die("oval", "unknown", agent, ("4403180" + digits(rng, 3), "报关专用章"), width=44, height=30, star=False)
    strike(paper, agent_die, left + 140 + rng.uniform(-5, 5), y + 15 + rng.uniform(-3, 3), rng)
    place = entry.customs_house
    if stamps < 0.6:
        strike(paper, Die("round", "authority", f"中华人民共和国{place}", ("验讫章",), width=38, height=38), left + 225 + rng.uniform(-8, 8), y + 17, rng)
    else:
        strike(paper, Die("square", "unknown", "", (place, "通关无纸化", f"{entry.declared_on + timedelta(days=1):%Y.%m.%d}", "验　讫"), width=34, height=23, star=False),
               left + 226 + rng.uniform(-8, 8), y + 18, rng)  # fmt: skip


# ---------------------------------------------------------------- payment book


def issued_on(entry: CustomsEntry) -> date:
    """填发日期: the day after the declaration, never after the payment."""
    return min(entry.declared_on + timedelta(days=1), entry.paid_on)


def draw_customs_payment(world: World, entry: CustomsEntry, levy: Levy) -> Draft:
    """缴款书 for import VAT or duty; the VAT's 完税价格 includes the duty (rule-book B.2, R-233)."""
    rng = world.rng(PAYMENT, entry.key, levy)
    folded = world.rng(PAYMENT, entry.key).random() < 0.35
    with typefaces(world.rng(PAYMENT, "faces", entry.key)):
        paper = Paper(210, 297 if folded else 139.7, ground=(250, 250, 244))
    _Book(paper, entry, levy, 12.0 if folded else 0.0, rng).draw()
    title = f"海关进口{'增值税' if levy == 'vat' else '关税'}专用缴款书"
    return Draft(PAYMENT, [paper], title, issued_on(entry).year, subtype=levy, key=f"{PAYMENT}::{entry.key}:{levy}")


class _Book:
    """One payment book being drawn with its top edge at ``top``; form in green or brown ink, values from a needle printer."""

    def __init__(self, paper: Paper, entry: CustomsEntry, levy: Levy, top: float, rng: random.Random) -> None:
        self.paper, self.entry, self.levy, self.top, self.rng = paper, entry, levy, top, rng
        self.form: Rgb = rng.choice(((44, 98, 72), (120, 74, 44), (52, 52, 56)))
        self.needle: Face = rng.choice(("dot", "dot", "sans"))
        self.dx, self.dy = rng.uniform(-0.9, 1.2), rng.uniform(-0.8, 0.8)

    def label(self, x: float, y: float, text: str, size: float = 8.0, *, align: Literal["l", "c", "r"] = "l") -> MmBox:
        return self.paper.text(x, self.top + y, text, size, ink=self.form, align=align)

    def value(self, x: float, y: float, text: str, size: float = 9.0, *, name: str = "", canonical: str = "", align: Literal["l", "c", "r"] = "l", room: float = 0.0) -> MmBox:
        while room and size > 5 and self.paper.text_width(text, size, self.needle) > room:
            size -= 0.25
        seen = self.paper.text(x + self.dx, self.top + y + self.dy, text, size, face=self.needle, ink=(40, 40, 62), align=align)
        if name:
            self.paper.note(name, canonical or text, seen)
        return seen

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.paper.frame((x0, self.top + y0, x1, self.top + y1), 0.2, self.form)

    def draw(self) -> None:
        entry, vat = self.entry, self.levy == "vat"
        house = entry.customs_house
        number = entry.vat_number if vat else entry.duty_number
        amount = entry.vat if vat else entry.duty
        base = entry.dutiable_value + entry.duty if vat else entry.dutiable_value
        self.label(105, 9, f"{house}　{'进口增值税' if vat else '进口关税'}　专用缴款书", 15, align="c")
        self.label(14, 17, f"收入系统：{'税务系统' if vat else '海关系统'}", 8.5)
        self.label(72, 17, "填发日期：", 8.5)
        day = issued_on(entry)
        self.value(88, 17, f"{day:%Y年%m月%d日}", name="issue_date", canonical=day.isoformat())
        self.label(128, 17, "号码No.", 8.5)
        self.value(140, 17, number, name="payment_number", size=9.5)
        self._parties(vat)
        y = self._items(base, amount, vat)
        self.box(12, y, 198, y + 7)
        self.label(14, y + 3.5, "金额人民币（大写）")
        self.value(42, y + 3.5, capital(amount, "元"))
        self.label(142, y + 3.5, "合计（￥）")
        self.value(196, y + 3.5, grouped(amount), name="tax", canonical=plain(amount), align="r")
        self._foot(y + 7, house)

    def _parties(self, vat: bool) -> None:
        entry, y, row = self.entry, 20.5, 6.4
        self.box(12, y, 17, y + 4 * row)
        self.box(100, y, 105, y + 4 * row)
        for i, char in enumerate("收款单位"):
            self.label(14.5, y + 3.6 + 6 * i, char, 8, align="c")
        for i, char in enumerate("缴款单位"):
            self.label(102.5, y + 3.6 + 6 * i, char, 8, align="c")
        left = (("收入机关", "中央金库"), ("科　　目", "进口增值税" if vat else "进口关税"), ("预算级次", "中央"), ("收款国库", "国家金库深圳分库"))
        right = (("名　称", entry.consignee.name, "importer_name"), ("帐　号", entry.consignee.account, ""), ("开户银行", entry.consignee.bank, ""), ("缴款方式", "电子支付", ""))
        for i, (label, text) in enumerate(left):
            self.box(17, y + row * i, 100, y + row * (i + 1))
            self.label(18, y + row * (i + 0.5), label)
            self.value(36, y + row * (i + 0.5), text)
        for i, (label, text, name) in enumerate(right):
            self.box(105, y + row * i, 198, y + row * (i + 1))
            self.label(106, y + row * (i + 0.5), label)
            self.value(122, y + row * (i + 0.5), text, name=name, room=74)

    def _items(self, base: Decimal, amount: Decimal, vat: bool) -> float:
        entry, y = self.entry, 46.1
        widths = (22.0, 52.0, 20.0, 12.0, 36.0, 16.0, 28.0)
        heads = ("税　号", "货　物　名　称", "数　量", "单位", "完税价格（￥）", "税率（%）", "税款金额（￥）")
        edges = [12.0]
        for wide in widths:
            edges.append(edges[-1] + wide)
        bases, taxes = share(base, entry), share(amount, entry)
        rate = entry.vat_rate if vat else entry.duty_rate
        row = 5.6
        count = max(3, len(entry.items) + (1 if len(entry.items) > 1 else 0))
        for i, head in enumerate(heads):
            self.box(edges[i], y, edges[i + 1], y + 5.6)
            self.label((edges[i] + edges[i + 1]) / 2, y + 2.8, head, 7.5, align="c")
            self.box(edges[i], y + 5.6, edges[i + 1], y + 5.6 + row * count)
        y += 5.6
        for index, item in enumerate(entry.items):
            middle = y + row * (index + 0.5)
            self.value(edges[0] + 1, middle, item.hs_code, 8.5)
            cells = (
                ("name", item.name, item.name, self.value(edges[1] + 1, middle, item.name, 8.5, room=50)),
                ("quantity", f"{item.quantity.normalize():f}", "", self.value(edges[3] - 1, middle, f"{item.quantity:.2f}", 8.5, align="r")),
                ("unit", item.unit, "", self.value(edges[3] + 3, middle, item.unit, 8.5)),
                ("amount", plain(bases[index]), "", self.value(edges[5] - 1, middle, f"{bases[index]:.2f}", 8.5, align="r")),
                ("tax_rate", f"{rate.normalize():f}", "", self.value(edges[6] - 1, middle, f"{rate * 100:.4f}", 8.5, align="r")),
                ("tax", plain(taxes[index]), "", self.value(edges[7] - 1, middle, f"{taxes[index]:.2f}", 8.5, align="r")),
            )
            for column, value, _, seen in cells:
                self.paper.note_row("items", index, column, value, seen)
            if len(entry.items) == 1:
                self.paper.note("dutiable_value", plain(base), cells[3][3])
        if len(entry.items) > 1:
            middle = y + row * (len(entry.items) + 0.5)
            self.value(edges[1] + 1, middle, "小计", 8.5)
            self.value(edges[5] - 1, middle, f"{base:.2f}", 8.5, align="r", name="dutiable_value", canonical=plain(base))
            self.value(edges[7] - 1, middle, f"{amount:.2f}", 8.5, align="r")
        return y + row * count

    def _foot(self, y: float, house: str) -> None:
        entry, row, rng = self.entry, 6.2, self.rng
        due = issued_on(entry) + timedelta(days=15)
        grid = (
            (("申请单位编号", _customs_code(entry.consignee), ""), ("报关单编号", entry.declaration_number, "declaration_number")),
            (("合同（批文）号", entry.contract_number, ""), ("运输工具（号）", f"公路运输/{digits(rng, 8)}", "")),
            (("缴款期限", f"{due:%Y年%m月%d日}前", ""), ("提/装货单号", digits(rng, 11), "")),
        )
        for i, (left, right) in enumerate(grid):
            for x, (label, text, name) in ((12.0, left), (71.0, right)):
                self.box(x, y + row * i, x + 59, y + row * (i + 1))
                self.label(x + 1, y + row * (i + 0.5), label, 7.5)
                self.value(x + 21, y + row * (i + 0.5), text, 8.5, name=name, room=37)
        low = y + row * 3
        self.box(12, low, 130, low + 16)
        self.label(13, low + 3.5, "备注")
        self.value(22, low + 3.5, "一般征税　照章征税", 8)
        self.value(22, low + 8, f"{entry.imported_on:%Y-%m-%d}进口　{entry.currency}:{entry.exchange_rate:.4f}", 8)
        self.value(22, low + 12.5, f"国标代码：{entry.consignee.uscc}", 8)
        self.box(130, y, 164, low + 16)
        self.label(131, y + 3.5, "填制单位", 7.5)
        self.label(131, low + 8, "制单人", 7.5)
        self.value(142, low + 8, digits(rng, 4), 8)
        self.label(131, low + 13, "复核人", 7.5)
        self.box(164, y, 198, low + 16)
        self.label(165, y + 3.5, "收款国库（银行）", 7.5)
        self.label(12, low + 19.5, "从填发缴款书之日起15日内缴纳税款（期末遇星期六、星期日或法定节假日顺延），逾期缴纳按日加收税款总额万分之五的滞纳金。", 7)
        for i, char in enumerate("第一联收据国库收款签章后交缴款单位"):
            self.label(203, 24 + 5.2 * i, char, 7.5, align="c")
        place = house if house.endswith("海关") else f"{house}海关"
        strike(self.paper, Die("round", "authority", f"中华人民共和国{place}", ("单证专用章",), width=38, height=38), 147 + rng.uniform(-3, 3), self.top + y + 16 + rng.uniform(-2, 2), rng)
        bank = entry.consignee.bank or "国家金库"
        strike(self.paper, rubber_die(bank, entry.paid_on, "国库经收处收讫"), 180 + rng.uniform(-4, 2), self.top + y + 18 + rng.uniform(-4, 4), rng)
        if self.top:
            self.paper.line(0, self.top + 139.7 - 3, 210, self.top + 139.7 - 3, 0.1, GREY)

