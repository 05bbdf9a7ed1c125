"""Builds workbooks of the model from plain rows, for the tests of the workbook extractors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractors.page import ReadBook
from pipeline.model import Cell, Sheet, Workbook

Value = str | int | float | Decimal | date | bool | Cell | None


def cell(row: int, column: int, value: Value) -> Cell:
    """A cell as the workbook reader makes it: numbers as Decimal, text as typed."""
    if isinstance(value, Cell):
        return value.model_copy(update={"row": row, "column": column})
    if isinstance(value, bool):
        return Cell(row=row, column=column, value=value, text="TRUE" if value else "FALSE", kind="bool")
    if isinstance(value, date):
        return Cell(row=row, column=column, value=value, text=value.isoformat(), kind="date", number_format="yyyy-mm-dd")
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return Cell(row=row, column=column, value=number, text=f"{number:f}", kind="number")
    return Cell(row=row, column=column, value=value, text=value or "")


def formula_without_value() -> Cell:
    return Cell(row=0, column=0, value=None, text="=F5+G5", kind="formula_without_value")


def long_number(shown: str = "1.23457E+19") -> Cell:
    return Cell(row=0, column=0, value=Decimal("12345700000000000000"), text=shown, kind="number", lossy=True)


def _place(name: str) -> tuple[int, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", name)
    assert found
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def merge(span: str) -> tuple[int, int, int, int]:
    """``A1:C2`` → (0, 0, 1, 2)."""
    first, last = span.split(":")
    return (*_place(first), *_place(last))


def sheet(
    rows: Sequence[Sequence[Value]],
    *,
    name: str = "Sheet1",
    merged: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden: bool = False,
    hidden_columns: Sequence[int] = (),
    truncated: bool = False,
) -> Sheet:
    """``rows`` from the top; None leaves a cell empty; ``hidden_rows`` count from 1 as on the screen."""
    cells = tuple(cell(r, c, v) for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None and v != "")
    return Sheet(
        name=name, hidden=hidden, cells=cells, merged=tuple(merge(m) for m in merged), hidden_rows=tuple(r - 1 for r in hidden_rows),
        hidden_columns=tuple(hidden_columns), truncated=truncated,
    )  # fmt: skip


def book(*sheets: Sheet) -> ReadBook:
    return ReadBook(file="f1", path="清单.xlsx", book=Workbook(sheets=tuple(sheets)))
