"""Materials, documents, files and pages made ready for a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import ChecklistItem, Document, Field, Report, SourceFile
from reports import words
from reports.places import Places, spans
from reports.writing import clean, one_line, shorten

ROWS_SHOWN = 60
"""Rows of one table of a document; all rows stand in the workbook."""


@dataclass(frozen=True)
class CheckView:
    item: ChecklistItem
    word: str
    year: str
    documents: str


@dataclass(frozen=True)
class FieldView:
    label: str
    value: str
    status: str
    word: str
    why: str
    where: str
    corrected: str


@dataclass(frozen=True)
class TableView:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[FieldView, ...], ...]
    left_out: int
    complete: bool


@dataclass(frozen=True)
class DocumentView:
    anchor: str
    title: str
    kind: str
    where: str
    note: str
    copy: bool
    doubtful: int
    fields: tuple[FieldView, ...]
    tables: tuple[TableView, ...]
    seals: tuple[str, ...]


@dataclass(frozen=True)
class GroupView:
    """Documents of one kind; many of them are folded together."""

    kind: str
    documents: tuple[DocumentView, ...]

    @property
    def count(self) -> int:
        return len(self.documents)

    @property
    def doubtful(self) -> int:
        return sum(d.doubtful for d in self.documents)


@dataclass(frozen=True)
class SpanView:
    """Neighbouring pages with one fate, on one line."""

    pages: str
    belongs: str
    notes: str
    bad: bool


@dataclass(frozen=True)
class FileView:
    path: str
    href: str
    facts: str
    error: str
    spans: tuple[SpanView, ...]


def view_check(item: ChecklistItem, places: Places) -> CheckView:
    return CheckView(
        item=item,
        word=words.CHECKLIST_STATUS[item.status],
        year=f"{item.year}年度" if item.year and str(item.year) not in item.title else "",
        documents=places.documents_words(item.documents),
    )


def view_documents(report: Report, places: Places) -> tuple[GroupView, ...]:
    by_kind: dict[str, list[DocumentView]] = {}
    for document in report.documents:
        by_kind.setdefault(words.kind_title(document.kind), []).append(_document(document, places))
    return tuple(GroupView(kind, tuple(members)) for kind, members in by_kind.items())


def _document(document: Document, places: Places) -> DocumentView:
    fields = tuple(_field(document.kind, name, f, places) for name, f in document.fields.items())
    return DocumentView(
        anchor="d-" + hashlib.sha256(document.id.encode()).hexdigest()[:10],
        title=clean(words.document_title(document)),
        kind=words.kind_title(document.kind),
        where=places.pages_words(document.pages),
        note=clean(document.note),
        copy=document.copy_of is not None,
        doubtful=sum(f.status == "doubtful" for _, f in document.walk()),
        fields=fields,
        tables=tuple(_table(document, name, places) for name in document.tables),
        seals=tuple(
            f"{words.SEAL_ROLE[s.role]}{'（电子）' if s.electronic else ''}：{clean(s.owner or s.text) or '无法辨认'}"
            f"，{places.page(s.file, s.page)}{'' if s.level == 'sure' else '，疑似'}"
            for s in document.seals
        ),
    )


def _table(document: Document, name: str, places: Places) -> TableView:
    table = document.tables[name]
    columns = tuple(dict.fromkeys(column for row in table.rows for column in row.cells))
    return TableView(
        title=words.table_label(document.kind, name),
        heads=tuple(words.field_label(document.kind, f"{name}.{column}") for column in columns),
        rows=tuple(
            tuple(_field(document.kind, f"{name}.{column}", row.get(column), places) for column in columns) for row in table.rows[:ROWS_SHOWN]
        ),
        left_out=max(0, len(table.rows) - ROWS_SHOWN),
        complete=table.complete,
    )


def _field(kind: str, name: str, field: Field, places: Places) -> FieldView:
    where = places.of(field.evidence[0]).words if field.evidence else ""
    corrected = f"{field.corrected.by}（{field.corrected.at}）：{field.corrected.why}" if field.corrected else ""
    return FieldView(
        label=words.field_label(kind, name),
        value=shorten(one_line(words.field_words(kind, name, field)), 240),
        status=field.status,
        word=words.FIELD_STATUS[field.status],
        why=one_line(field.why),
        where=where,
        corrected=one_line(corrected),
    )


def view_file(source: SourceFile, report: Report, places: Places) -> FileView:
    facts = [words.ROLE[source.role], words.MEDIA[source.media]]
    if source.pages:
        facts.append(f"{len(source.pages)}页")
    return FileView(
        path=one_line(source.path),
        href=places.link(source.id),
        facts=" · ".join(facts),
        error=clean(source.error.message) if source.error else "",
        spans=tuple(page_spans(source, report)),
    )


def page_spans(source: SourceFile, report: Report) -> Iterator[SpanView]:
    """Pages of a file by what became of them; neighbours with one fate share a line, none is left out."""
    titles = {d.id: clean(words.document_title(d)) for d in report.documents}
    owner = {(ref.file, ref.page): titles[d.id] for d in reversed(report.documents) for ref in d.pages}
    run: list[int] = []
    last: tuple[str, str, bool] | None = None
    for page in source.pages:
        error = clean(page.error.message) if page.error else ""
        title = titles.get(page.document or "") or owner.get((source.id, page.index), "")
        belongs = title or ("空白页" if page.blank else ("无法读取" if error else "未归入任何材料"))
        notes = "；".join(
            part for part in (words.PAGE_SOURCE[page.source], f"转正{page.rotation}°" if page.rotation else "", error) if part
        )
        fate = (belongs, notes, bool(error) or not (title or page.blank))
        if last is not None and fate != last:
            yield SpanView(spans(run), *last)
            run = []
        run.append(page.index + 1)
        last = fate
    if last is not None:
        yield SpanView(spans(run), *last)
