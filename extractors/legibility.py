"""Pages that are read badly as a whole: what stands there only once is not certain, however sure the engine was of it.

Measured on real invoices: pages that people read with ease come out at a mean confidence of 0.96 and more; pages blurred
or shrunk until digits are misread at 0.92 and less, while single wrong digits there still claim 0.99.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.page import ReadPage
from pipeline.model import Document, Field, PageReading, Row, Table

CLEAR = 0.94
"""Mean confidence per character from which a page counts as legible."""


def legibility(reading: PageReading) -> float:
    """Mean engine confidence per character of the page's OCR lines; 1.0 for text layers and pages without text."""
    lines = [line for line in reading.lines if line.source != "text_layer" and line.text]
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / letters if letters else 1.0


def with_doubts(document: Document, pages: Sequence[ReadPage]) -> Document:
    """``document`` with every ``read`` value that comes from the print of a poor page made ``doubtful``; proved values have
    independent witnesses and stay. The document itself is returned when all its pages are clear."""
    poor = {(page.file, page.index): True for page in pages if legibility(page.reading) < CLEAR}
    if not poor:
        return document
    fields = {name: _doubted(field, poor) for name, field in document.fields.items()}
    tables = {
        name: Table(rows=tuple(_row(row, poor) for row in table.rows), complete=table.complete)
        for name, table in document.tables.items()
    }
    return document.model_copy(update={"fields": fields, "tables": tables})


def _row(row: Row, poor: Mapping[tuple[str, int], bool]) -> Row:
    return row.model_copy(update={"cells": {name: _doubted(cell, poor) for name, cell in row.cells.items()}})


def _doubted(field: Field, poor: Mapping[tuple[str, int], bool]) -> Field:
    if field.status != "read" or not field.witnesses:
        return field
    seen = [w for w in field.witnesses if w.kind == "observed"]
    blurred = [w for w in seen if w.source == "ocr" and w.evidence.type == "page" and (w.evidence.file, w.evidence.page) in poor]
    if len(blurred) < len(seen):
        return field
    why = f"本页整体不够清晰，识别为“{field.raw or field.value}”，仅此一处可见，请人工核对。"
    return field.model_copy(update={"status": "doubtful", "reason": "illegible", "why": why})
