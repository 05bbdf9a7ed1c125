"""A sheet as a grid: cells by place, merged ranges resolved to their top-left cell."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from pipeline.model import Cell, CellEvidence, Sheet

MergedRange = tuple[int, int, int, int]

_SPACES = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")


def squeeze(text: str) -> str:
    """``text`` in half-width forms without any blanks (no-break and zero-width ones included)."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


_WIDE = {wide: wide - 0xFEE0 for block in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for wide in range(*block)}


def tidy(text: str) -> str:
    """``text`` with half-width digits and letters and blanks folded to one; Chinese punctuation stays as written."""
    return _SPACES.sub(" ", text.translate(_WIDE)).strip()


class Grid:
    """Lookups over a :class:`Sheet`; rows and columns count from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._cells = {(cell.row, cell.column): cell for cell in sheet.cells}
        self._hidden_rows = frozenset(sheet.hidden_rows)
        self._hidden_columns = frozenset(sheet.hidden_columns)

    @cached_property
    def _ranges(self) -> dict[tuple[int, int], MergedRange]:
        # A hostile file may merge a million rows: only ranges that touch filled rows matter, and only those rows.
        found: dict[tuple[int, int], MergedRange] = {}
        for box in self.sheet.merged:
            top, left, bottom, right = box
            for row in range(top, min(bottom, self.last_row) + 1):
                for column in range(left, min(right, self.last_column) + 1):
                    found[(row, column)] = box
        return found

    @cached_property
    def last_row(self) -> int:
        return max((cell.row for cell in self.sheet.cells), default=-1)

    @cached_property
    def last_column(self) -> int:
        return max((cell.column for cell in self.sheet.cells), default=-1)

    @cached_property
    def filled_rows(self) -> tuple[int, ...]:
        """Rows that hold any text, ascending."""
        return tuple(sorted({cell.row for cell in self.sheet.cells if cell.text.strip()}))

    @cached_property
    def _by_row(self) -> dict[int, tuple[Cell, ...]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.sheet.cells:
            rows.setdefault(cell.row, []).append(cell)
        return {row: tuple(sorted(cells, key=lambda c: c.column)) for row, cells in rows.items()}

    def row(self, row: int) -> tuple[Cell, ...]:
        """The row's own cells, left to right."""
        return self._by_row.get(row, ())

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that stands exactly there."""
        return self._cells.get((row, column))

    def merged(self, row: int, column: int) -> MergedRange | None:
        """The merged range that covers the place."""
        return self._ranges.get((row, column))

    def seen(self, row: int, column: int) -> Cell | None:
        """The cell a person sees at the place: the top-left one of a merged range."""
        box = self.merged(row, column)
        return self.at(box[0], box[1]) if box else self.at(row, column)

    def text(self, row: int, column: int) -> str:
        """What a person reads at the place, squeezed."""
        cell = self.seen(row, column)
        return squeeze(cell.text) if cell else ""

    def hidden_row(self, row: int) -> bool:
        return self.sheet.hidden or row in self._hidden_rows

    def hidden_column(self, column: int) -> bool:
        return column in self._hidden_columns


def cell_evidence(file: str, sheet: str, cell: Cell) -> CellEvidence:
    """Where the cell stands and what is written there."""
    return CellEvidence(file=file, sheet=sheet, cell=cell.address, text=cell.text)
