"""A workbook before it is written: cells with styles, merged ranges, what is hidden. Rows and columns count from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Content = str | Decimal | float | date | None
Horizontal = Literal["left", "center", "right", "general"]


@dataclass(frozen=True)
class Style:
    """How a cell looks. ``size`` in points; ``format`` is a number format of Excel; ``fill`` is RRGGBB."""

    font: str = "宋体"
    size: float = 10
    bold: bool = False
    align: Horizontal = "center"
    wrap: bool = True
    border: bool = True
    fill: str = ""
    format: str = "General"


@dataclass(frozen=True)
class Cell:
    """A value with its look. ``formula`` (without the equals sign) stands in front of its value; with ``cached`` False the value
    was never stored, as programs that do not calculate leave it."""

    value: Content
    style: Style
    formula: str = ""
    cached: bool = True


@dataclass
class Sheet:
    """One sheet. Widths are in digits of the standard font, heights in points. ``print_titles`` are the first and last row
    printed again on each page."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(first row, first column, last row, last column)."""
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    freeze: tuple[int, int] | None = None
    print_titles: tuple[int, int] | None = None
    paper: Literal["A3", "A4"] = "A4"
    landscape: bool = False
    footer: str = ""

    def put(self, row: int, column: int, value: Content, style: Style, *, formula: str = "", cached: bool = True) -> str:
        """Writes a cell and returns its address."""
        self.cells[row, column] = Cell(value, style, formula, cached)
        return address(row, column)

    def span(self, row: int, column: int, last_row: int, last_column: int, value: Content, style: Style) -> str:
        """A merged cell; its other places carry the border."""
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                self.cells[r, c] = Cell(None, style)
        if (row, column) != (last_row, last_column):
            self.merged.append((row, column, last_row, last_column))
        return self.put(row, column, value, style)


@dataclass
class Book:
    """Sheets and what the file says about itself."""

    sheets: list[Sheet]
    created: datetime
    creator: str = "财务部"
    application: str = "Microsoft Excel"

    def by_name(self) -> Mapping[str, Sheet]:
        return {sheet.name: sheet for sheet in self.sheets}


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    out, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def serial(day: date) -> int:
    """Excel's number of a day (1900 calendar)."""
    return (day - date(1899, 12, 30)).days
