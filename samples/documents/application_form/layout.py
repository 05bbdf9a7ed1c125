"""The print of the online system: header with number and barcode on every page, tables of labels and values, page 1/8."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from PIL import Image

from samples.documents.barcode import barcode_picture, barcode_width
from samples.documents.draft import chinese_date
from samples.documents.flow import set_lines
from samples.documents.qr import qr_picture
from samples.fonts import Face
from samples.money import grouped, plain
from samples.paper import Align, MmBox, Paper, Rgb

BOTTOM = 274.0


@dataclass(frozen=True)
class FormStyle:
    """One version of the form. ``wide``: two pairs of label and value to a row; ``unit`` is that of the form's own sums."""

    face: Face
    value_face: Face
    size: float
    row: float
    left: float
    label_ground: Rgb
    border: float
    header: Literal["barcode right", "barcode middle", "qr"]
    foot: Literal["1/8", "第1页/共8页", "第 1 页 共 8 页", "- 1 -"]
    wide: bool
    unit: Literal["元", "万元"]
    ticks: tuple[str, str]
    iso_dates: bool
    align: Align
    numerals: Literal["一、", "1."]
    separators: bool
    cover: bool
    always_renewal: bool

    @property
    def right(self) -> float:
        return 210 - self.left

    @property
    def width(self) -> float:
        return self.right - self.left

    def money(self, value: Decimal) -> str:
        """Yuan as the form prints sums, exact to the cent in either unit."""
        if self.unit == "元":
            return grouped(value) if self.separators else plain(value)
        return f"{value / 10000:,.6f}" if self.separators else f"{value / 10000:.6f}"

    def day(self, day: date) -> str:
        return day.isoformat() if self.iso_dates else chinese_date(day)

    def tick(self, chosen: bool, text: str) -> str:
        return f"{self.ticks[0] if chosen else self.ticks[1]}{text}"

    def number(self, n: int) -> str:
        return f"{'零一二三四五六七八九'[n]}、" if self.numerals == "一、" else f"{n}. "


def some_form(rng: random.Random) -> FormStyle:
    """One of the forms; always the same number of draws."""
    face: Face = rng.choice(("serif", "serif", "sans"))
    value_face: Face = rng.choice((face, face, "kai"))
    unit: Literal["元", "万元"] = rng.choice(("元", "元", "万元"))
    return FormStyle(
        face, value_face, rng.choice((10.0, 10.5, 10.5, 11.0)), rng.choice((9.0, 9.6, 10.4)), rng.choice((20.0, 22.0, 25.4)),
        rng.choice(((255, 255, 255), (255, 255, 255), (242, 242, 242), (228, 238, 248))), rng.choice((0.15, 0.2, 0.3)),
        rng.choice(("barcode right", "barcode right", "barcode middle", "qr")), rng.choice(("1/8", "第1页/共8页", "第 1 页 共 8 页", "- 1 -")), rng.random() < 0.6, unit,
        rng.choice((("√", "□"), ("■", "□"), ("●", "○"))), rng.random() < 0.4, rng.choice(("l", "l", "c")), rng.choice(("一、", "一、", "1.")), rng.random() < 0.6,
        rng.random() < 0.8, rng.random() < 0.3,
    )  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A label and what was filled in; with ``name`` it is noted as that field with ``value`` as canonical text."""

    label: str
    text: str
    name: str = ""
    value: str = ""
    long: bool = False
    """Takes a whole row."""


@dataclass
class FormPages:
    """Pages of the form from top to bottom."""

    style: FormStyle
    papers: list[Paper] = field(default_factory=list)
    y: float = 1e9

    @property
    def paper(self) -> Paper:
        return self.papers[-1]

    def turn(self) -> Paper:
        """A new sheet; its header is put on in :meth:`finish`."""
        self.papers.append(Paper())
        self.y = 34.0
        return self.paper

    def need(self, height: float) -> None:
        if not self.papers or self.y + height > BOTTOM:
            self.turn()

    def heading(self, text: str) -> None:
        self.need(self.style.row * 4.6 + 10)
        self.paper.text(self.style.left, self.y + 4.5, text, self.style.size + 2.5, face="sans", bold=True)
        self.y += 10.5

    def note_line(self, text: str) -> None:
        """Small print below a table."""
        s = self.style
        lines = self.paper.wrap(text, s.width, s.size - 1.5, s.face)
        self.need(5.4 * len(lines) + 2)
        self.y += 3.5
        for line in lines:
            self.paper.text(s.left, self.y, line, s.size - 1.5, face=s.face)
            self.y += 5.4

    def pairs(self, pairs: Sequence[Pair]) -> None:
        """Rows of labels and values, two pairs to a row where the form is wide and both are short."""
        waiting = list(pairs)
        while waiting:
            first = waiting.pop(0)
            if self.style.wide and self._short(first) and waiting and self._short(waiting[0]):
                self._row((first, waiting.pop(0)))
            else:
                self._row((first,))

    def _short(self, pair: Pair) -> bool:
        s = self.style
        room = s.width / 2 - self._label_width(True) - 3
        return not pair.long and self.papers[0].text_width(pair.text, s.size, s.value_face) < room if self.papers else False

    def _label_width(self, double: bool) -> float:
        return self.style.width * (0.19 if double else 0.27)

    def _row(self, pairs: tuple[Pair, ...]) -> None:
        s, wide = self.style, self._label_width(len(pairs) == 2 or self.style.wide)
        room = (s.width / 2 if len(pairs) == 2 else s.width) - wide - 3
        self.need(s.row)
        lines = max(len(self.paper.wrap(p.text, room, s.size, s.value_face)) for p in pairs)
        label_lines = max(len(self.paper.wrap(p.label, wide - 2.4, s.size, s.face)) for p in pairs)
        tall = max(s.row, 5.4 * max(lines, label_lines) + 3.6)
        self.need(tall)
        x = s.left
        for pair in pairs:
            self.label((x, self.y, x + wide, self.y + tall), pair.label)
            end = x + wide + room + 3
            box = self.paper.cell((x + wide, self.y, end, self.y + tall), "", border=s.border)
            seen = self.paper.cell((x + wide + 1.2, self.y, end - 1.2, self.y + tall), pair.text, s.size, face=s.value_face, align=s.align, border=0)
            if pair.name:
                self.paper.note(pair.name, pair.value or pair.text, seen if pair.text else box)
            x = end
        self.y += tall

    def label(self, box: MmBox, text: str) -> None:
        if self.style.label_ground != (255, 255, 255):
            self.paper.fill(box, self.style.label_ground)
        self.paper.frame(box, self.style.border)
        self.paper.cell((box[0] + 1, box[1], box[2] - 1, box[3]), text, self.style.size, face=self.style.face, border=0)

    def text_block(self, label: str, text: str) -> None:
        """A label row with running text in a frame below."""
        s = self.style
        self.need(s.row + 30)
        lines = set_lines(self.paper, "　　" + text, s.width - 6, s.size, s.value_face)
        step = s.size * 0.3528 * 1.62
        self.label((s.left, self.y, s.right, self.y + s.row), label)
        self.y += s.row
        while lines:
            fit = max(1, int((BOTTOM - self.y - 8) / step))
            here, lines = lines[:fit], lines[fit:]
            tall = step * len(here) + 7
            self.paper.frame((s.left, self.y, s.right, self.y + tall), s.border)
            for i, line in enumerate(here):
                self.paper.text(s.left + 3, self.y + 5 + step * i, line, s.size, face=s.value_face)
            self.y += tall
            if lines:
                self.turn()

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], *, aligns: Sequence[Align] = ()) -> list[list[tuple[Paper, MmBox]]]:
        """A table; returns paper and box of every cell's text."""
        s = self.style
        xs = [s.left]
        for share in shares:
            xs.append(xs[-1] + s.width * share / sum(shares))
        self.need(s.row * min(4, len(rows) + 1))
        self._heads(heads, xs)
        out: list[list[tuple[Paper, MmBox]]] = []
        for row in rows:
            most = max(len(self.papers[-1].wrap(t, xs[i + 1] - xs[i] - 2, s.size - 0.5, s.value_face)) for i, t in enumerate(row))
            tall = max(s.row * 0.92, min(most, 4) * 4.8 + 2.6)
            if self.y + tall > BOTTOM:
                self.turn()
                self._heads(heads, xs)
            cells: list[tuple[Paper, MmBox]] = []
            for i, text in enumerate(row):
                box = (xs[i], self.y, xs[i + 1], self.y + tall)
                self.paper.frame(box, s.border)
                inner = (box[0] + 0.9, box[1], box[2] - 0.9, box[3])
                cells.append((self.paper, self.paper.cell(inner, text, s.size - 0.5, face=s.value_face, align=aligns[i] if aligns else "c", border=0)))
            out.append(cells)
            self.y += tall
        return out

    def _heads(self, heads: Sequence[str], xs: Sequence[float]) -> None:
        for i, text in enumerate(heads):
            self.label((xs[i], self.y, xs[i + 1], self.y + self.style.row), text)
        self.y += self.style.row

    def finish(self, number: str, version: str, printed: datetime) -> list[Paper]:
        """Puts header and foot on every page; the number and version are noted on the first."""
        s, total = self.style, len(self.papers)
        for n, paper in enumerate(self.papers, 1):
            paper.label = n
            box = self._header(paper, number)
            foot = {"1/8": f"{n}/{total}", "第1页/共8页": f"第{n}页/共{total}页", "第 1 页 共 8 页": f"第 {n} 页 共 {total} 页", "- 1 -": f"- {n} -"}[s.foot]
            paper.text(105, 284, foot, 9, face=s.face, align="c")
            left = paper.text(s.left, 284, "表单版本：", 8, face=s.face)
            form = paper.text(left[2], 284, version, 8, face=s.face)
            paper.text(s.right, 284, f"打印时间：{printed:%Y-%m-%d %H:%M}", 8, face=s.face, align="r")
            if n == 1:
                paper.note("application_no", number, box)
                paper.note("form_version", version, form)
        return self.papers

    def _header(self, paper: Paper, number: str) -> MmBox:
        s = self.style
        wide = barcode_width(number)
        dpi = paper.dpi

        def make(w: int, h: int) -> Image.Image:
            return barcode_picture(number, w, h)

        if s.header == "barcode middle":
            paper.photo(make, (105 - wide / 2, 9, 105 + wide / 2, 18), "code")
            return paper.text(105, 21, number, 9, face="mono", align="c")
        if s.header == "qr":
            paper.photo(lambda w, h: qr_picture(number, dpi, 0.6).resize((w, h)), (s.right - 17, 8, s.right, 25), "code")
            label = paper.text(s.left, 20, "申请编号：", 9, face=s.face)
        else:
            paper.photo(make, (s.right - wide, 10, s.right, 20), "code")
            label = paper.text(s.left, 18, "申请编号：", 9, face=s.face)
        box = paper.text(label[2], (label[1] + label[3]) / 2, number, 9, face=s.face)
        paper.line(s.left, 27, s.right, 27, 0.2, (120, 120, 120))
        return box
