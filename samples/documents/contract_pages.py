"""Running text of contracts: filled-in blanks that are noted where they stand, tables that go on over pages, page numbers.

All lengths are millimetres, sizes are points. Works in a blueprint: nothing here touches pixels.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from zlib import crc32

from samples.catalogue import GIVEN_NAMES, SURNAMES
from samples.fonts import Face
from samples.paper import Align, MmBox, Paper, Rgb

NumberStyle = Literal["chinese", "dashes", "slash", "plain"]
_CLOSERS = frozenset("，。；：、）》」』”’！？%")
_WORDS = re.compile(r"[（《“]?(?:[0-9A-Za-z.,%+\-/]{1,28}|.)", re.S)
"""Numbers and codes stay on one line, opening marks stay with what follows."""


@dataclass(frozen=True)
class Blank:
    """A place of the form that was filled in; with ``field`` it is noted under that name with ``value`` as canonical text."""

    text: str
    field: str = ""
    value: str = ""


Span = str | Blank


@dataclass(frozen=True)
class Cell:
    """A table cell; with ``column`` it is noted with ``value`` (or the text itself)."""

    text: str
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Column:
    head: str
    width: float
    align: Align = "c"


@dataclass(frozen=True)
class Style:
    """How one contract is set; drawn once per contract by :func:`draw_style`."""

    face: Face = "serif"
    fill_face: Face = "serif"
    head_face: Face = "sans"
    size: float = 10.5
    leading: float = 7.0
    left: float = 26.0
    right: float = 24.0
    top: float = 28.0
    bottom: float = 24.0
    underline: bool = True
    numbers: NumberStyle = "chinese"
    running_head: bool = False
    border: float = 0.2
    clause_style: Literal["第一条", "一、", "1."] = "第一条"


def draw_style(rng: random.Random, *, size: float = 0.0, airy: bool = False) -> Style:
    """One of the ways an office sets its contracts; ``airy`` with wider lines, as banks do. The number of draws is always the same."""
    face: Face = rng.choice(("serif", "serif", "kai", "sans"))
    fill: Face = rng.choice((face, "kai", "serif"))
    chosen = rng.choice((10.5, 10.5, 11.0, 12.0))
    spread = rng.uniform(1.62, 1.9)
    left = rng.choice((22.0, 25.0, 28.0, 31.7))
    numbers: NumberStyle = rng.choice(("chinese", "dashes", "slash", "plain"))
    head, underline, border = rng.random() < 0.45, rng.random() < 0.7, rng.choice((0.15, 0.2, 0.35))
    clause: Literal["第一条", "一、", "1."] = rng.choice(("第一条", "第一条", "一、", "1."))
    size, spread = size or chosen, spread + (0.3 if airy else 0.0)
    return Style(
        face, fill, rng.choice(("sans", "serif")), size, size * 0.3528 * spread, left, rng.choice((20.0, 24.0, left)), rng.uniform(24, 30),
        22.0, underline, numbers, head, border, clause,
    )  # fmt: skip


class ContractPages:
    """A pen that walks down A4 pages. ``y`` is the middle of the next line; ``table_row`` counts rows per table over all pages."""

    def __init__(self, style: Style, *, running_head: str = "", ground: Rgb = (255, 255, 255), cover: bool = False) -> None:
        self.style, self.running_head, self.ground = style, running_head, ground
        self.papers: list[Paper] = []
        self.table_rows: dict[str, int] = {}
        self.unnumbered = 1 if cover else 0
        self.y = 0.0
        self.page()

    @property
    def paper(self) -> Paper:
        return self.papers[-1]

    @property
    def width(self) -> float:
        return self.paper.width - self.style.left - self.style.right

    @property
    def floor(self) -> float:
        return self.paper.height - self.style.bottom

    def page(self) -> Paper:
        """Starts a new sheet."""
        paper = Paper(ground=self.ground)
        self.papers.append(paper)
        self.y = self.style.top
        if self.running_head and self.style.running_head and len(self.papers) > self.unnumbered:
            paper.text(self.style.left, self.style.top - 11, self.running_head, 9, face=self.style.face)
            paper.line(self.style.left, self.style.top - 8, paper.width - self.style.right, self.style.top - 8, 0.15)
        return paper

    def room(self, height: float) -> None:
        """A new sheet unless ``height`` is left on this one."""
        if self.y + height > self.floor:
            self.page()

    def skip(self, height: float) -> None:
        self.y += height

    def title(self, text: str, size: float = 20, *, spread: float = 0.0) -> None:
        self.paper.text(self.paper.width / 2, self.y, text, size, face=self.style.head_face, bold=True, align="c", spread=spread)
        self.y += size * 0.3528 * 1.9

    def heading(self, text: str) -> None:
        self.room(self.style.leading * 2.6)
        self.y += self.style.leading * 0.18
        self.paper.text(self.style.left, self.y, text, self.style.size, face=self.style.head_face, bold=True)
        self.y += self.style.leading

    def clause(self, *spans: Span, indent: bool = True, x: float | None = None, width: float | None = None, bold: bool = False) -> None:
        """A paragraph of fixed and filled-in text."""
        left = self.style.left if x is None else x
        room = self.width if width is None else width
        lines = self._wrapped(("　　", *spans) if indent else spans, room)
        noted: dict[int, MmBox] = {}
        for line in lines:
            if self.y > self.floor:
                self.page()
                noted = dict.fromkeys(noted, (0.0, 0.0, 0.0, 0.0))
            at = left
            for index, span, piece, wide in line:
                box = self._piece(at, span, piece, wide, bold)
                if isinstance(span, Blank) and span.field and index not in noted:
                    self.paper.note(span.field, span.value or span.text, box)
                    noted[index] = box
                elif isinstance(span, Blank) and span.field and noted[index][2]:
                    # A value that runs on in the next line: the box grows around both pieces.
                    old = noted[index]
                    box = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
                    self.paper.note(span.field, span.value or span.text, box)
                    noted[index] = box
                at += wide
            self.y += self.style.leading

    def _piece(self, x: float, span: Span, piece: str, wide: float, bold: bool) -> MmBox:
        style = self.style
        if isinstance(span, str):
            return self.paper.text(x, self.y, piece, style.size, face=style.face, bold=bold)
        box = self.paper.text(x, self.y, piece, style.size, face=style.fill_face, bold=bold)
        if style.underline:
            y = self.y + style.size * 0.3528 * 0.62
            self.paper.line(x, y, x + wide, y, 0.15)
        return box

    def _wrapped(self, spans: Sequence[Span], room: float) -> list[list[tuple[int, Span, str, float]]]:
        """Lines of (span index, span, piece, width)."""
        paper, style = self.paper, self.style
        lines: list[list[tuple[int, Span, str, float]]] = []
        line: list[tuple[int, Span, str, float]] = []
        used = 0.0
        for index, span in enumerate(spans):
            face = style.face if isinstance(span, str) else style.fill_face
            piece, wide = "", 0.0
            for word in _WORDS.findall(span if isinstance(span, str) else span.text):
                step = paper.text_width(word, style.size, face)
                if used + step > room and word not in _CLOSERS and (line or piece):
                    if piece:
                        line.append((index, span, piece, wide))
                    lines.append(line)
                    line, piece, wide, used = [], "", 0.0, 0.0
                piece, wide, used = piece + word, wide + step, used + step
            if piece:
                line.append((index, span, piece, wide))
        return [*lines, line] if line else lines

    def table(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, height: float = 7.0, size: float = 9.0,
        head_height: float = 8.0, left: float | None = None,
    ) -> None:  # fmt: skip
        """A bordered table whose head stands again on every new page; row numbers of ``name`` run on."""
        x0 = left if left is not None else (self.paper.width - sum(c.width for c in columns)) / 2
        self.y -= self.style.leading / 2
        self.room(head_height + 2 * height)
        self._table_head(columns, x0, head_height, size)
        for row in rows:
            tall = self._row_height(columns, row, height, size)
            if self.y + tall > self.floor + 4:
                self.page()
                self.y -= self.style.leading / 2
                self._table_head(columns, x0, head_height, size)
            index = self.table_rows.get(name, 0)
            x = x0
            for column, cell in zip(columns, row, strict=True):
                box = self.paper.cell(
                    (x, self.y, x + column.width, self.y + tall), cell.text, size, align=column.align, face=self.style.face, border=self.style.border
                )
                if cell.column:
                    self.paper.note_row(name, index, cell.column, cell.value or cell.text, box)
                x += column.width
            if any(cell.column for cell in row):
                self.table_rows[name] = index + 1
            self.y += tall
        self.y += self.style.leading

    def _row_height(self, columns: Sequence[Column], row: Sequence[Cell], height: float, size: float) -> float:
        lines = max(
            (len(self.paper.wrap(cell.text, column.width - 1.2, size, self.style.face)) for column, cell in zip(columns, row, strict=True)
             if any("\u4e00" <= c <= "\u9fff" for c in cell.text)), default=1,
        )  # fmt: skip
        return max(height, min(lines, 3) * size * 0.3528 * 1.3 + 1.5)

    def _table_head(self, columns: Sequence[Column], x0: float, height: float, size: float) -> None:
        x = x0
        for column in columns:
            self.paper.cell((x, self.y, x + column.width, self.y + height), column.head, size, face=self.style.head_face, border=self.style.border)
            x += column.width
        self.y += height

    def finish(self) -> list[Paper]:
        """Prints the document's own page numbers (none on covers, see ``unnumbered``) and returns the papers."""
        total = len(self.papers) - self.unnumbered
        for number, paper in enumerate(self.papers[self.unnumbered :], start=1):
            paper.label = number
            text = {"chinese": f"第{number}页 共{total}页", "dashes": f"- {number} -", "slash": f"{number} / {total}", "plain": str(number)}[self.style.numbers]
            paper.text(paper.width / 2, paper.height - 13, text, 9, align="c", face="serif")
        return self.papers


def write_block(pages: ContractPages, x: float, y: float, width: float, rows: Sequence[Span], *, step: float = 8.0, size: float = 10.0) -> float:
    """Lines of a party's block; returns the height below."""
    for row in rows:
        blank = row if isinstance(row, Blank) else None
        label, _, value = (blank.text if blank else str(row)).partition("：")
        box = pages.paper.text(x, y, label + "：", size, face=pages.style.face)
        lines = pages.paper.wrap(value, width - (box[2] - x), size, pages.style.fill_face)
        seen: list[MmBox] = []
        for line in lines:
            seen.append(pages.paper.text(box[2], y, line, size, face=pages.style.fill_face))
            y += step * 0.68 if len(lines) > 1 and line is not lines[-1] else 0
        if blank and blank.field and seen:
            pages.paper.note(blank.field, blank.value or value, (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3]))
        y += step
    return y


def written(paper: Paper, x: float, y: float, name: str, rng: random.Random, *, size: float = 16) -> MmBox:
    """The signature of somebody who is not of the applicant; a person keeps their hand."""
    return paper.text(x, y + rng.uniform(-0.8, 0.8), name, size, face="hand", ink=(34, 38, 70), variant=crc32(name.encode()))


def invented_person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES)


def rate_text(rate: Decimal) -> str:
    """The canonical text of a rate: 0.0522."""
    return f"{rate.normalize():f}"


def percent(rate: Decimal) -> str:
    """0.0522 → 5.22%."""
    return f"{(rate * 100).quantize(Decimal('0.0001')).normalize():f}%"
