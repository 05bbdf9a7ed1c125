"""A spreadsheet as data: cells with their addresses, merged ranges, what is hidden. Meaning is given by floor 2."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pipeline.model.base import Model

CellValue = str | Decimal | date | bool | None


class Cell(Model):
    """One filled cell. ``row`` and ``column`` count from 0; ``text`` is what a person sees as far as known.

    ``number_as_text`` tells text cells that hold digits; ``lossy`` tells numbers beyond 15 digits, whose tail is gone.
    """

    row: int
    column: int
    value: CellValue
    text: str
    kind: Literal["text", "number", "date", "bool", "error", "formula_without_value"] = "text"
    number_format: str = "General"
    lossy: bool = False

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row + 1}"


class Sheet(Model):
    """A sheet. ``merged`` are inclusive ranges ``(row0, col0, row1, col1)``, counted from 0."""

    name: str
    hidden: bool = False
    cells: tuple[Cell, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    truncated: bool = False


class Workbook(Model):
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
