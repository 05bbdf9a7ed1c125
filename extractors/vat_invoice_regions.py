"""Several invoices on one page: auditors copy two, sometimes three, onto one A4 sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import Run, find_in_row, level, page_rows, slope
from extractors.page import ReadPage
from pipeline.model import Box, Document, PageReading


def regions(page: ReadPage) -> list[Box]:
    """The invoices' bands on the page, top to bottom; one band for the whole page when there are fewer than two.

    Each invoice has one 价税合计 and, a third of its height above, one header of items; the bands part halfway between
    the foot of one invoice and the head of the next.
    """
    rows, tilt = page_rows(page), slope(page)
    sums, headers = _levels(rows, tilt, "价税合计"), _levels(rows, tilt, "税额")
    pairs = [(max(above), y) for y in sums if (above := [h for h in headers if 0.02 < y - h < 0.4])]
    pairs = [pair for i, pair in enumerate(pairs) if i == 0 or pair[0] > pairs[i - 1][1]]
    if len(pairs) < 2:
        return [(0.0, 0.0, 1.0, 1.0)]
    cuts = [0.0]
    for (top, low), (next_top, next_low) in pairwise(pairs):
        foot = low + (low - top)
        head = next_top - 1.1 * (next_low - next_top)
        cuts.append(min(max((foot + head) / 2, low + 0.02), next_top - 0.02))
    cuts.append(1.0)
    return [(0.0, a, 1.0, b) for a, b in pairwise(cuts)]


def _levels(rows: Sequence[Run], tilt: float, word: str) -> list[float]:
    return sorted(level(row.cut(s, e), tilt) for row in rows for s, e, _ in find_in_row(row, word, least=0.85))


def cut_page(page: ReadPage, region: Box) -> ReadPage:
    """The page with only what stands in ``region``; places stay those of the whole page."""

    def inside(box: Box) -> bool:
        return region[1] <= (box[1] + box[3]) / 2 < region[3]

    reading: PageReading = page.reading.model_copy(
        update={
            "lines": tuple(line for line in page.reading.lines if inside(line.box)),
            "codes": tuple(code for code in page.reading.codes if inside(code.box)),
            "seals": tuple(seal for seal in page.reading.seals if inside(seal.box)),
        }
    )
    return ReadPage(page.file, page.path, page.index, reading)


def placed(document: Document, region: Box) -> Document:
    """The document with its one page narrowed to ``region``."""
    refs = tuple(ref.model_copy(update={"region": region}) for ref in document.pages)
    return document.model_copy(update={"pages": refs})
