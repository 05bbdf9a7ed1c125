"""The pre-printed sheet of a paper VAT invoice: 240 x 140 mm, its rules, labels, printed numbers, edge lines and feeding strips.

Measured on real sheets; from mid-2014 to 2021 the layout stayed, only the edge line, the inks and the 监制章 changed (from 2019 on it
names the province's new tax bureau: 国家税务总局公告2018年第33号).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.documents.invoice.supervision import print_supervision
from samples.fonts import Outline, outline_font
from samples.paper import Align, MmBox, Paper, Rgb
from samples.world.model import Copy, Invoice

COLUMNS = (23.2, 73.6, 98.4, 110.6, 130.6, 150.4, 178.6, 191.0, 219.4)
"""Edges of the item columns: name, spec, unit, quantity, unit price, amount, rate, tax."""
LEFT, RIGHT = COLUMNS[0], COLUMNS[-1]
TOP, ITEMS, TOTALS, WORDS, BOTTOM = 29.6, 51.2, 92.6, 100.2, 122.0
"""Heights of the rules: buyer, items, total in words, seller, end."""
STRIP = 12.7
"""Width of each feeding strip; the sheet is torn there."""

_GREEN: tuple[Rgb, ...] = ((52, 120, 88), (64, 132, 104), (46, 110, 92))
_BROWN: tuple[Rgb, ...] = ((150, 104, 70), (162, 110, 74), (134, 96, 74))
_BLACK: tuple[Rgb, ...] = ((62, 60, 66), (70, 72, 84))
_ORANGE: tuple[Rgb, ...] = ((228, 112, 62), (214, 102, 48), (206, 118, 74))
_VIOLET: tuple[Rgb, ...] = ((96, 84, 150), (84, 92, 158))
_NUMBER: tuple[Rgb, ...] = ((44, 78, 168), (68, 82, 130), (58, 62, 78), (36, 60, 140))
_SUPERVISION: tuple[Rgb, ...] = ((232, 74, 48), (222, 60, 56), (214, 84, 70), (236, 96, 58))
_PRINTERS = ("深圳市鹏纸恒安印务有限公司", "广东粤砚安全印务有限公司", "北京燕澜票据印制有限公司", "江苏吴桐安全印刷有限公司", "上海浦纸票证印务有限公司", "东港屹峰安全印刷有限公司")
_SPECIAL_EDGE: dict[Copy, str] = {"bookkeeping": "第一联：记账联　销售方记账凭证", "deduction": "第二联：抵扣联　购买方扣税凭证", "invoice": "第三联：发票联　购买方记账凭证"}
_ORDINARY_EDGE: dict[Copy, str] = {"bookkeeping": "第一联：记账联　销售方记账凭证", "invoice": "第二联：发票联　购买方记账凭证"}
_UNDER_TITLE: dict[Copy, str] = {"deduction": "抵扣联", "invoice": "发票联"}
_HEADS = ("货物或应税劳务、服务名称", "规格型号", "单位", "数　量", "单　价", "金　　额", "税率", "税　　额")
_NEW_BUREAUS = date(2019, 1, 1)


@dataclass(frozen=True)
class Edition:
    """One printing of the form."""

    ink: Rgb
    copy: Copy
    special: bool
    place: str
    edge: str
    number_ink: Rgb
    number_style: int
    """0 condensed print, 1 wide numbering machine, 2 heavy."""
    seal_ink: Rgb
    seal_at: tuple[float, float]
    new_seal: bool
    kai: int
    shift: tuple[float, float]
    rule: float


def edition_for(invoice: Invoice, place: str, stock: random.Random) -> Edition:
    """The form on which ``invoice`` is printed; ``place`` is the tax district as the old 监制章 writes it, ``stock`` this sheet's chance."""
    special = invoice.kind == "special"
    copy: Copy = invoice.copy or "invoice"
    if not special and copy == "deduction":
        copy = "invoice"
    palette = {"deduction": _GREEN, "invoice": _BROWN if special else _ORANGE, "bookkeeping": _BLACK if special else _VIOLET, "": _BROWN}[copy]
    ink, number_ink, seal_ink = stock.choice(palette), stock.choice(_NUMBER), stock.choice(_SUPERVISION)
    year = 2000 + int(invoice.code[5:7] if len(invoice.code) == 12 else invoice.code[4:6])
    edge = f"税总函〔{year}〕{stock.randint(102, 688)}号　{stock.choice(_PRINTERS)}"
    if stock.random() < 0.25:
        edge = f"国税函〔{year}〕{stock.randint(102, 688)}号　{stock.choice(_PRINTERS)}"
    seal_at = (120.4 + stock.gauss(0, 0.8), 17.6 + stock.gauss(0, 0.5))
    style, kai, shift = stock.randrange(3), stock.choice((0, 0, 1)), (stock.gauss(0, 0.4), stock.gauss(0, 0.4))
    return Edition(ink, copy, special, place, edge, number_ink, style, seal_ink, seal_at, year >= 2019 and invoice.issued_on >= _NEW_BUREAUS, kai, shift, stock.choice((0.13, 0.16, 0.22)))


class Form:
    """The form of one invoice, drawn on ``paper`` with the sheet's corner at ``(left, top)``."""

    def __init__(self, paper: Paper, left: float, top: float, edition: Edition) -> None:
        self.paper, self.edition = paper, edition
        self.left, self.top = left + edition.shift[0], top + edition.shift[1]

    def label(self, x: float, y: float, text: str, size: float = 10, *, align: Align = "l", spread: float = 0.0, bold: bool = False) -> MmBox:
        return self.paper.text(self.left + x, self.top + y, text, size, face="kai", variant=self.edition.kai, ink=self.edition.ink, align=align, spread=spread, bold=bold, role="label")

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.0) -> None:
        self.paper.line(self.left + x0, self.top + y0, self.left + x1, self.top + y1, width or self.edition.rule, self.edition.ink)

    def between(self, x0: float, x1: float, y: float, text: str, size: float = 10) -> MmBox:
        """``text`` spread from ``x0`` to ``x1``."""
        wide = self.paper.text_width(text, size, "kai", self.edition.kai)
        return self.label(x0, y, text, size, spread=(x1 - x0 - wide) / max(1, len(text) - 1))

    def downwards(self, x: float, y: float, text: str, size: float, step: float) -> MmBox:
        """Upright characters below each other; an ideographic space takes half a step."""
        start = y
        for char in text:
            if char == "　":
                y += step * 0.5
                continue
            self.label(x, y, "：" if char == "：" else char, size, align="c")
            y += step * (0.6 if char == "：" else 1.0)
        return (self.left + x - size * 0.18, self.top + start - step / 2, self.left + x + size * 0.18, self.top + y - step / 2)

    def draw(self) -> None:
        e = self.edition
        kind = "专用" if e.special else "普通"
        self.title = self.between(91.0, 149.5, 10.6, f"{e.place.removesuffix('市').removesuffix('省')}增值税{kind}发票", 18)
        for y in (17.0, 18.0):
            self.rule(89.5, y, 150.5, y, 0.2)
        if e.copy in _UNDER_TITLE:
            self.between(108.5, 132.0, 24.2, _UNDER_TITLE[e.copy], 17)
        else:
            self.label(120.2, 23.6, "此联不作报销、扣税凭证使用", 10.5, align="c")
        self._grid()
        self._labels()
        edges = _SPECIAL_EDGE if e.special else _ORDINARY_EDGE
        self.copy_box = self.downwards(223.4, 50.5, edges[e.copy], 9, 3.55)
        self._edge_line()

    def supervise(self) -> None:
        """The printed 监制章, over title and copy word."""
        e = self.edition
        print_supervision(self.paper, self.left + e.seal_at[0], self.top + e.seal_at[1], e.place, e.seal_ink, new=e.new_seal)

    def _grid(self) -> None:
        for y in (TOP, ITEMS, TOTALS, WORDS, BOTTOM):
            self.rule(LEFT, y, RIGHT, y)
        for x in (LEFT, RIGHT):
            self.rule(x, TOP, x, BOTTOM)
        for y0, y1 in ((TOP, ITEMS), (WORDS, BOTTOM)):
            for x in (30.6, 135.6, 140.2):
                self.rule(x, y0, x, y1)
        for x in COLUMNS[1:-1]:
            self.rule(x, ITEMS, x, TOTALS)
        self.rule(COLUMNS[1], TOTALS, COLUMNS[1], WORDS)

    def _labels(self) -> None:
        for y0, words in ((TOP, ("购买方", "密码区")), (WORDS, ("销售方", "备注"))):
            for x, word in zip((26.9, 137.9), words, strict=True):
                step = 6.4 if len(word) == 3 else 10.0
                first = y0 + 10.8 - step * (len(word) - 1) / 2
                for i, char in enumerate(word):
                    self.label(x, first + step * i, char, 10, align="c")
            for i, text in enumerate(("名称：", "纳税人识别号：", "地址、电话：", "开户行及账号：")):
                y = y0 + 3.3 + 4.95 * i
                self.between(31.9, 54.2, y, text[:-1], 10)
                self.label(54.4, y, "：", 10)
        for x0, x1, word in zip(COLUMNS[:-1], COLUMNS[1:], _HEADS, strict=True):
            wide = self.paper.text_width(word, 10, "kai", self.edition.kai)
            self.label((x0 + x1) / 2, ITEMS + 2.9, word, 10 if wide < x1 - x0 - 1 else 9, align="c", spread=0.35 if wide < x1 - x0 - 6 else 0.0)
        self.between(37.0, 60.5, 89.6, "合计", 10.5)
        self.between(33.5, 63.5, 96.4, "价税合计（大写）", 10.5)
        self.label(163.0, 96.4, "（小写）", 10.5)
        self.between(165.5, 180.5, 23.9, "开票日期", 10)
        self.label(181.0, 23.9, "：", 10)
        for x, text in ((24.0, "收款人："), (81.5, "复核："), (125.0, "开票人：")):
            self.label(x, 125.6, text, 10.5, spread=0.5)
        self.label(169.0, 125.6, "销售方：（章）", 10.5, spread=0.6)

    def number(self, code: str, number: str) -> tuple[MmBox, MmBox]:
        """The code and number that stand on the sheet before anybody prints on it; returns their boxes."""
        e, grey = self.edition, (70, 68, 72)
        code_box = self._digits(code, 46.8, 14.2, 35.5 if len(code) == 10 else 40.5, 4.6, "serif", 0, grey)
        self.paper.text(self.left + 159.0, self.top + 13.2, "№", 18, face="serif", ink=grey, bold=True, role="label")
        style: tuple[float, float, Outline, int] = ((22.0, 4.9, "sans", 0), (29.5, 4.6, "serif", 1), (24.0, 4.8, "sans", 1))[e.number_style]
        return code_box, self._digits(number, 168.5, 13.2, *style, e.number_ink)

    def _digits(self, text: str, x: float, y: float, wide: float, high: float, outline: Outline, weight: int, ink: Rgb) -> MmBox:
        """Digits ``high`` mm tall in cells that make the run ``wide`` mm long, as numbering machines and narrow types set them."""
        dpi = self.paper.dpi
        self.paper.lay_ink(lambda: _run_of_digits(text, wide, high, outline, weight, dpi), self.left + x + wide / 2, self.top + y, ink, role="label")
        return (self.left + x, self.top + y - high / 2, self.left + x + wide, self.top + y + high / 2)

    def _edge_line(self) -> None:
        """The order under which the form was printed, running down the left edge, its characters lying on their side."""
        text, dpi = self.edition.edge, self.paper.dpi
        high = _lying_size(text)
        self.paper.lay_ink(lambda: _lying(text, dpi), self.left + 19.2, self.top + 40 + high / 2, self.edition.ink, role="label")

    def strips(self, left: bool, right: bool, ink: Rgb = (88, 104, 190)) -> None:
        """The feeding strips with their holes and the dashed line where they are torn off."""
        dpi = self.paper.dpi
        x0, y0 = self.left - self.edition.shift[0], self.top - self.edition.shift[1]
        for side, there in ((0, left), (1, right)):
            if not there:
                continue
            x = x0 + (STRIP if side == 0 else 240.0 - STRIP)
            for i in range(24):
                self.paper.line(x, y0 + 1.0 + 5.9 * i, x, y0 + 4.6 + 5.9 * i, 0.22, ink)
            middle = x0 + (6.35 if side == 0 else 240 - 6.35)
            self.paper.lay_ink(lambda: _holes(dpi), middle, y0 + 70, (96, 98, 104), role="label")
            for at in (33.0, 74.5, 104.0):
                for j in range(4):
                    self.paper.line(middle + 2.2 + 0.9 * j - (0 if side else 8), y0 + at, middle + 2.2 + 0.9 * j - (0 if side else 8), y0 + at + 3.2, 0.45, (140, 150, 206))


@lru_cache(maxsize=64)
def _run_of_digits(text: str, wide: float, high: float, outline: Outline, weight: int, dpi: int) -> NDArray[np.float32]:
    """``text`` with every sign filling its cell, as ink; ``weight`` 1 is heavy."""
    k = dpi / 25.4
    cell, tall = wide * k / len(text), round(high * k)
    face = outline_font(outline, round(high * k * 1.38))
    canvas = np.zeros((tall + 6, round(wide * k) + 6), np.float32)
    for i, char in enumerate(text):
        sign = Image.new("L", (tall * 2, tall * 2), 0)
        ImageDraw.Draw(sign).text((tall, tall), char, font=face, fill=255, anchor="mm", stroke_width=max(1, tall // 18) if weight else 0)
        ink = sign.getbbox()
        if ink is None:
            continue
        across = min((ink[2] - ink[0]) * 1.15, cell * (0.84 if char != "1" or outline == "serif" else 0.5))
        shape = np.asarray(sign.crop(ink).resize((max(2, round(across)), tall), Image.Resampling.BILINEAR), np.float32) / 255
        x = round(3 + (i + 0.5) * cell - shape.shape[1] / 2)
        part = canvas[3 : 3 + tall, max(0, x) : x + shape.shape[1]]
        np.maximum(part, shape[:, : part.shape[1]], out=part)
    return canvas


def _lying_size(text: str) -> float:
    """Length of the edge line in millimetres."""
    return sum(0.55 if c in "0123456789" else 0.8 if c == "　" else 1.12 for c in text) * 9.5 * 25.4 / 72


@lru_cache(maxsize=32)
def _lying(text: str, dpi: int) -> NDArray[np.float32]:
    """``text`` turned a quarter clockwise, as ink."""
    pixels = round(9.5 * dpi / 72)
    outline = outline_font("serif", pixels)
    canvas = Image.new("L", (round(_lying_size(text) * dpi / 25.4) + 4, round(pixels * 1.5)), 0)
    pen, x = ImageDraw.Draw(canvas), 0.0
    for char in text:
        pen.text((round(x), canvas.height / 2), char, font=outline, fill=255, anchor="lm")
        x += (0.55 if char in "0123456789" else 0.8 if char == "　" else 1.12) * pixels
    return np.ascontiguousarray(np.rot90(np.asarray(canvas, np.float32) / 255, -1))


@lru_cache(maxsize=8)
def _holes(dpi: int) -> NDArray[np.float32]:
    """Eleven holes below each other, through which the ground shows, darker at one side."""
    k = dpi / 25.4
    canvas = np.zeros((round(140 * k), round(6 * k)), np.uint8)
    for i in range(11):
        centre = (round(3 * k), round((6.5 + 12.7 * i) * k))
        cv2.circle(canvas, centre, round(2.0 * k), (150,), -1, cv2.LINE_AA)
        cv2.circle(canvas, (centre[0] + round(0.25 * k), centre[1] + round(0.3 * k)), round(1.75 * k), (70,), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), 0.08 * k), np.float32) / np.float32(255)
