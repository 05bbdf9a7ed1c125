"""Books onto disk, in the format that the name asks for."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from samples.workbooks.book import Book
from samples.workbooks.xls import xls_bytes
from samples.workbooks.xlsx import xlsx_bytes

OLD_SUFFIXES = (".xls", ".et")
"""Both hold BIFF8; .et is what WPS calls its own."""


def save(book: Book, path: Path, *, old: bool = False) -> None:
    """Writes ``book``; ``old`` or a suffix of the old formats makes it BIFF8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xls_bytes(book) if old or path.suffix.lower() in OLD_SUFFIXES else xlsx_bytes(book))


def count_sheets(path: Path) -> int:
    """How many sheets the workbook at ``path`` has, hidden ones included: what truth counts as its pages."""
    with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
        return len(book.sheet_names)
