"""Papers that carry no fields of their own: covers, lists of materials, certificates, explanations; and pages nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms import sighting
from extractors.layout import page_rows
from extractors.page import ReadPage
from extractors.page_kinds import title_rows
from extractors.papers import paper
from extractors.values import squash
from extractors.witness import resolve
from pipeline.model import Document, Field


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
    rows = [row for row in title_rows(page) if re.search(r"[一-鿿]{2}", row.text)]
    if rows:
        largest = max(rows, key=lambda row: (round(row.box[3] - row.box[1], 3), -row.box[1]))
        return resolve([sighting(largest, squash(largest.text)[:60])], label="标题")
    first = next((row for row in page_rows(page) if re.search(r"[一-鿿]{2}", row.text)), None)
    return resolve([sighting(first, squash(first.text)[:60])] if first else [], label="标题")
