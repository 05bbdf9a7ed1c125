"""Papers that carry no fields of their own: covers, lists of materials, certificates, explanations; and pages nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms import sighting
from extractors.layout import Run, page_rows
from extractors.page import ReadPage
from extractors.page_kinds import title_rows
from extractors.papers import paper
from extractors.values import squash
from extractors.witness import resolve
from pipeline.model import Document, Field, Line

_TELLS = re.compile(r"材料|目录|证书|证明|报告|说明|意见|批复|通知|公告|文件$")


def extract_supporting(pages: Sequence[ReadPage]) -> Document:
    """The title as printed."""
    return _titled("supporting", pages, 0.7)


def extract_unknown(pages: Sequence[ReadPage]) -> Document:
    """The first words of the page, so that a person knows what to look for."""
    return _titled("unknown", pages, 0.2)


def _titled(kind: str, pages: Sequence[ReadPage], confidence: float) -> Document:
    title = _title(pages[0]) if pages else Field()
    return paper(kind, pages, {"title": title}, title=(title.value or "")[:60], confidence=confidence)


def _title(page: ReadPage) -> Field:
    """The largest of the rows that can be titles, else the first row with Chinese text."""
    rows = [row for row in title_rows(page, _printed(page)) if re.search(r"[一-鿿]{2}", row.text)]
    if rows:
        worded = [row for row in rows if _TELLS.search(row.text)]
        largest = max(worded or rows, key=lambda row: (round(_height(row), 3), -row.box[1]))
        whole = _with_its_other_lines(largest, rows)
        return resolve([sighting(whole, squash(whole.text)[:60])], label="标题")
    first = next((row for row in page_rows(page, _printed(page)) if re.search(r"[一-鿿]{2}", row.text)), None)
    return resolve([sighting(first, squash(first.text)[:60])] if first else [], label="标题")


def _printed(page: ReadPage) -> list[Line]:
    """The page's lines without those that a seal lies over: the larger letters there are the seal's own."""
    boxes = [seal.box for seal in page.reading.seals]
    return [
        line
        for line in page.reading.lines
        if not any(b[0] <= (line.box[0] + line.box[2]) / 2 <= b[2] and b[1] <= (line.box[1] + line.box[3]) / 2 <= b[3] for b in boxes)
    ]


def _with_its_other_lines(largest: Run, rows: Sequence[Run]) -> Run:
    """The whole of a title set in several lines: its neighbours of about its size, with no gap wider than themselves between."""
    size = _height(largest)
    alike = sorted((row for row in rows if _height(row) >= 0.72 * size), key=lambda row: row.box[1])
    at = alike.index(largest)
    first = last = at
    while first > 0 and alike[first].box[1] - alike[first - 1].box[3] < size:
        first -= 1
    while last + 1 < len(alike) and alike[last + 1].box[1] - alike[last].box[3] < size:
        last += 1
    return Run(tuple(piece for row in alike[first : last + 1] for piece in row.pieces))


def _height(row: Run) -> float:
    return row.box[3] - row.box[1]
