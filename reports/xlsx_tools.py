"""Sheets that open well and run nothing: text stays text, money is a number, what a cell points at is a link."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.words import amount
from reports.writing import clean, same_bytes, shorten

FILL = {
    "reject": "F8C9CC",
    "correct": "FFE0B8",
    "review": "E1D6F7",
    "note": "DCE8F0",
    "good": "D5EEDD",
}
"""Colours of severities and statuses, light enough to print black text on."""

_EDGE = Side(style="thin", color="C9CFD6")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD_FILL = PatternFill("solid", fgColor="1F3A57")
_FONT, _SIZE = "微软雅黑", 10
_LINE, _TALLEST = 15.0, 220.0
"""Points of one line of text, and of the tallest row that can still be scrolled past."""
_LONGEST = 32_000
"""Excel's limit is 32,767 characters a cell."""
_WIDE = 220
"""Sheets wider than so many characters are printed on A3."""
_EXACT_DIGITS = 15
"""Numbers with more digits lose their tail in a spreadsheet; they stay text."""


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters, whether it holds money (numbers that people add up)."""

    head: str
    width: float
    money: bool = False
    centre: bool = False


@dataclass(frozen=True)
class Value:
    """What goes into a cell, where plain text is not enough.

    Attributes:
        fill: a key of ``FILL``.
        file: relative link to a file; ``spot``: the place in it.
    """

    text: str | int | None
    fill: str = ""
    file: str = ""
    spot: str = ""
    bold: bool = False


Entry = Value | str | int | None


class Book:
    """A workbook under construction."""

    def __init__(self) -> None:
        self._book = Workbook()
        self._looks: Looks = {}
        first = self._book.active
        if first is not None:
            self._book.remove(first)

    def sheet(self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Entry]], *, frozen: int = 0) -> None:
        """A table with a coloured head that stays in sight, filters, wrapped text and a print setup of one page's width.

        Args:
            frozen: so many columns stay in sight too.
        """
        sheet = self._book.create_sheet(title)
        for number, column in enumerate(columns, 1):
            cell = sheet.cell(1, number)
            _text(cell, column.head)
            cell.font = Font(name=_FONT, size=_SIZE, bold=True, color="FFFFFF")
            cell.fill = _HEAD_FILL
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = _BORDER
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        for row_number, row in enumerate(rows, 2):
            values = [entry if isinstance(entry, Value) else Value(entry) for entry in row]
            for number, (column, value) in enumerate(zip(columns, values, strict=True), 1):
                _fill(sheet, row_number, number, column, value, self._looks)
            _height(sheet, row_number, [(column.width, value) for column, value in zip(columns, values, strict=True)])
        sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, len(rows) + 1)}"
        _paper(sheet, wide=sum(column.width for column in columns) > _WIDE)
        sheet.print_title_rows = "1:1"

    def card(self, title: str, rows: Sequence[tuple[str, Entry]]) -> None:
        """A sheet of names and values."""
        sheet = self._book.create_sheet(title)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
        for number, (name, entry) in enumerate(rows, 1):
            label = sheet.cell(number, 1)
            _text(label, name)
            label.font = Font(name=_FONT, size=_SIZE, bold=True)
            label.alignment = Alignment(vertical="top")
            label.border = _BORDER
            value = entry if isinstance(entry, Value) else Value(entry)
            _fill(sheet, number, 2, Column("", 90), value, self._looks)
            _height(sheet, number, [(90, value)])
        _paper(sheet)

    def save(self, title: str, stamp: datetime) -> bytes:
        """The workbook as bytes; equal contents give equal bytes."""
        self._book.properties.creator = "审材"
        self._book.properties.title = clean(title)
        out = io.BytesIO()
        self._book.save(out)
        return same_bytes(out.getvalue(), stamp)


def _fill(sheet: Worksheet, row: int, column_number: int, column: Column, entry: Value, looks: Looks) -> None:
    cell: Any = sheet.cell(row, column_number)
    number = amount(entry.text) if column.money and isinstance(entry.text, str) else None
    exact = number is not None and len(number.as_tuple().digits) <= _EXACT_DIGITS
    if number is not None and exact:
        cell.value = Decimal(number)
    elif isinstance(entry.text, int):
        cell.value = entry.text
    elif entry.text:
        _text(cell, entry.text)
    if entry.file or entry.spot:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=entry.file or None, location=entry.spot or None)
    side = "right" if number is not None else ("center" if column.centre else "left")
    _dress(cell, looks, _Look(side, exact, entry.fill, bool(entry.file or entry.spot), entry.bold, bool(cell.quotePrefix)))


class _Look(NamedTuple):
    """All that tells two cells' looks apart."""

    side: str
    money: bool
    fill: str
    link: bool
    bold: bool
    quoted: bool


Looks = dict[_Look, Any]
"""Look → openpyxl's style of the first cell that had it. Building the style of every cell anew took nine tenths of the time
of writing a workbook."""


def _dress(cell: Any, looks: Looks, look: _Look) -> None:
    if look in looks:
        cell._style = copy(looks[look])
        return
    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal=look.side)
    cell.border = _BORDER
    if look.money:
        cell.number_format = "#,##0.00"
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=FILL[look.fill])
    if look.link:
        cell.font = Font(name=_FONT, size=_SIZE, color="0B57A4", underline="single", bold=look.bold)
    else:
        cell.font = Font(name=_FONT, size=_SIZE, bold=look.bold)
    looks[look] = copy(cell._style)


def _height(sheet: Worksheet, row: int, cells: Sequence[tuple[float, Value]]) -> None:
    """Tall enough for the wrapped text: not every program works that out by itself when it opens a file."""
    lines = max((_lines(str(value.text or ""), width) for width, value in cells), default=1)
    sheet.row_dimensions[row].height = min(_TALLEST, 4 + _LINE * lines)


def fitting(texts: Sequence[str], *, least: float = 8, most: float = 22) -> float:
    """A width that holds most of a column's texts on one line: a sheet of thirty columns must not be wider than its contents."""
    return max(least, min(most, max((_room(text) for text in texts), default=0.0) + 2))


def _room(text: str) -> float:
    return float(sum(2 if ord(c) > 0x2E7F else 1 for c in text))


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column so many characters wide; a Chinese character is two wide."""
    room = max(4.0, width - 1)
    return sum(max(1, math.ceil(sum(2 if ord(c) > 0x2E7F else 1 for c in part) / room)) for part in text.split("\n"))


def _text(cell: Any, text: str) -> None:
    """Text as text: a leading ``=`` would be a formula, ``#N/A`` an error. The quote prefix keeps it so when edited."""
    kept = shorten(clean(text), _LONGEST)
    cell.value = kept
    cell.data_type = "s"
    if kept[:1] in "=+-@\t\r" and kept:
        cell.quotePrefix = True


def _paper(sheet: Worksheet, *, wide: bool = False) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8 if wide else 9  # A3, A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    foot = sheet.oddFooter
    if foot is not None and foot.center is not None:
        foot.center.text = "第 &P 页，共 &N 页"
