"""Printed tables without grid lines: a heading row gives the columns, the amounts of one column give the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.layout import Piece, Run, cells_of, columns_of, find_in_row, level, page_rows, slope
from extractors.page import ReadPage

Span = tuple[str, float, float]


@dataclass(frozen=True)
class Heading:
    """A heading row: the columns it names with their spans across the page, and the row itself."""

    row: Run
    spans: tuple[Span, ...]
    cells: Mapping[str, Run]

    @property
    def bottom(self) -> float:
        return self.row.box[3]


def find_heading(rows: Sequence[Run], columns: Mapping[str, Sequence[str]], wanted: Sequence[str], *, extra: Sequence[str] = ()) -> Heading | None:
    """The first row that names all ``wanted`` columns. ``columns`` maps a column to its wordings; ``extra`` wordings are
    columns too (so that spans end where they should) but carry no meaning."""
    for row in rows:
        cells: list[tuple[str, Run]] = []
        taken: list[tuple[int, int]] = []
        words = [(name, word) for name, wordings in columns.items() for word in wordings] + [(f"?{w}", w) for w in extra]
        for name, word in sorted(words, key=lambda item: -len(item[1])):
            if any(name == n for n, _ in cells):
                continue
            for start, end, _ in find_in_row(row, word, least=0.75):
                if not any(start < e and s < end for s, e in taken):
                    taken.append((start, end))
                    cells.append((name, row.cut(start, end)))
                    break
        if {n for n, _ in cells} >= set(wanted):
            spans = columns_of([(name, run.box) for name, run in cells])
            return Heading(row, tuple(spans), dict(cells))
    return None


@dataclass(frozen=True)
class TableRow:
    """The texts of one row by column; the pieces of a cell stand top to bottom."""

    cells: Mapping[str, Run]

    def text(self, name: str) -> str:
        run = self.cells.get(name)
        return run.text if run else ""


def rows_below(page: ReadPage, heading: Heading, *, stop: re.Pattern[str] | None = None) -> tuple[list[TableRow], list[Run]]:
    """The rows under a heading, each line of text a row, and the rows from ``stop`` on.

    Columns are taken at the heading's height; the page's tilt is taken out.
    """
    tilt = slope(page)
    at = level(heading.row, tilt)
    under = [r for r in page_rows(page) if level(r, tilt) > at + 0.4 * (heading.row.box[3] - heading.row.box[1])]
    out: list[TableRow] = []
    for i, row in enumerate(under):
        if stop is not None and stop.search(re.sub(r"\s", "", row.text)):
            return out, under[i:]
        out.append(TableRow(cells_of(row, heading.spans)))
    return out, []


def anchored_rows(rows: Sequence[TableRow], anchor: str, is_anchor: re.Pattern[str]) -> list[TableRow]:
    """Rows joined around those that hold an ``anchor`` value: a cell that wraps belongs to the anchor it is nearest to."""
    anchors = [i for i, row in enumerate(rows) if is_anchor.search(re.sub(r"\s", "", row.text(anchor)))]
    if not anchors:
        return []

    def middle(i: int) -> float:
        boxes = [run.box for run in rows[i].cells.values()]
        return sum((b[1] + b[3]) / 2 for b in boxes) / len(boxes) if boxes else 0.0

    grouped: dict[int, list[int]] = {a: [] for a in anchors}
    for i in range(len(rows)):
        if rows[i].cells:
            grouped[min(anchors, key=lambda a: abs(middle(a) - middle(i)))].append(i)
    out: list[TableRow] = []
    for members in grouped.values():
        pieces: dict[str, list[Piece]] = {}
        for i in members:
            for name, run in rows[i].cells.items():
                pieces.setdefault(name, []).extend(run.pieces)
        out.append(TableRow({name: Run(tuple(found)) for name, found in pieces.items()}))
    return out
