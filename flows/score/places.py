"""Which document of the report is which paper of the truth: by file, pages and place on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import Box, Document, PageRef
from samples.truth import TruthDocument

FULL: Box = (0.0, 0.0, 1.0, 1.0)


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    if x1 <= x0 or y1 <= y0:
        return 0.0
    shared = (x1 - x0) * (y1 - y0)
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def pair_documents(truth: Sequence[TruthDocument], seen: Sequence[Document], paths: Mapping[str, str]) -> list[Document | None]:
    """For every true paper the document that shares most of its pages; one of the same kind is preferred.

    ``paths``: file id → path as the truth writes it.
    """
    by_page: dict[tuple[str, int], list[tuple[Document, Box]]] = {}
    for document in seen:
        for ref in document.pages:
            by_page.setdefault((paths.get(ref.file, ref.file), ref.page), []).append((document, ref.region or FULL))
    return [_best(paper, by_page, seen, paths) for paper in truth]


def _best(
    paper: TruthDocument, by_page: Mapping[tuple[str, int], Sequence[tuple[Document, Box]]], seen: Sequence[Document], paths: Mapping[str, str]
) -> Document | None:  # fmt: skip
    scores: dict[str, float] = {}
    known = {document.id: document for document in seen}
    for ref in paper.pages:
        for document, box in by_page.get((ref.file, ref.page), ()):
            scores[document.id] = scores.get(document.id, 0.0) + max(0.05, overlap(ref.region or FULL, box))
    if not scores and paper.pages:  # workbooks: a document without pages is known by the file of its cells
        for document in seen:
            if not document.pages and document.kind == paper.kind and paper.pages[0].file in _cell_files(document, paths):
                return document
    best = max(scores, key=lambda key: (scores[key] + (0.5 * len(paper.pages) if known[key].kind == paper.kind else 0.0), key), default=None)
    return known[best] if best is not None else None


def _cell_files(document: Document, paths: Mapping[str, str]) -> set[str]:
    files = {w.evidence.file for _, field in document.walk() for w in field.witnesses if w.evidence.type == "cell"}
    return {paths.get(file, file) for file in files}


def on_pages(refs: Sequence[PageRef], file: str, page: int) -> bool:
    return any(ref.file == file and ref.page == page for ref in refs)
