"""From pages and fields to a :class:`Document`: id, page references, seals and confidence in one place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from extractors.page import ReadPage
from extractors.vocabulary import kind_title
from pipeline.model import Document, Field, Table


def document_id(kind: str, pages: Sequence[ReadPage]) -> str:
    """Stable across runs of the same content at the same place in its file; file names and ids do not enter."""
    told = "|".join([kind, *(f"{p.index}:{p.reading.content}" for p in pages)])
    return "d-" + hashlib.sha256(told.encode()).hexdigest()[:12]


def paper(
    kind: str,
    pages: Sequence[ReadPage],
    fields: Mapping[str, Field],
    *,
    tables: Mapping[str, Table] | None = None,
    title: str = "",
    year: int | None = None,
    subtype: str | None = None,
    confidence: float = 0.9,
    note: str = "",
) -> Document:
    """A document of ``pages`` with the fields that were found or looked for in vain; seals come from its pages."""
    return Document(
        id=document_id(kind, pages), kind=kind, subtype=subtype, title=title or kind_title(kind), year=year, confidence=confidence,
        pages=tuple(page.ref for page in pages), fields=dict(fields), tables=dict(tables or {}),
        seals=tuple(seal for page in pages for seal in page.seals), note=note,
    )  # fmt: skip


def year_of(field: Field) -> int | None:
    """The year of a date or year field, however sure it is."""
    text = (field.value or "")[:4]
    return int(text) if text.isdigit() and len(text) == 4 else None


def ordinals(keys: Sequence[str]) -> Iterator[str]:
    """``keys`` as row ids: equal ones get an ordinal."""
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        yield key if seen[key] == 1 else f"{key}#{seen[key]}"
