"""Documents as a perfect reader would see them: truth instead of pixels, so that the rules can be judged alone.

Workbooks and ledgers are read as they are: there is nothing to misread in them. Pages, papers, values, seals and numbers come
from ``truth.json``; with an :class:`~flows.score.noise.ErrorModel` some of them are misread as often as the real reader does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from extractors.vocabulary import KINDS, FieldSpec
from flows.score.noise import Misreader
from pipeline.model import Document, Field, Media, Page, PageEvidence, PageRef, Row, Seal, SourceFile, Table, Witness
from pipeline.model.document import FieldStatus
from samples.truth import Truth, TruthDocument, TruthFile, TruthSeal, TruthValue

_WORKBOOK_ENDS = (".xlsx", ".xls", ".et", ".csv")
_MEDIA: dict[str, Media] = {".pdf": "pdf", ".ofd": "ofd", ".jpg": "image", ".jpeg": "image", ".png": "image", ".tif": "image"}


def is_workbook(path: str) -> bool:
    return path.lower().endswith(_WORKBOOK_ENDS)


def believed_files(truth: Truth, wanted: Sequence[str], second: frozenset[str], misreader: Misreader) -> tuple[SourceFile, ...]:
    """The page files among ``wanted`` paths, with every page's facts filled in; those in ``second`` are the second copy's."""
    return tuple(_file(file, second, misreader) for file in truth.files if file.path in wanted and not is_workbook(file.path))


def _file(file: TruthFile, second: frozenset[str], misreader: Misreader) -> SourceFile:
    pages = tuple(
        Page(
            index=index, content=_id("h", file.path, index), rotation=page.rotation, blank=page.blank, colour=page.colour, source="ocr",
            label=misreader.label(page.label, file.path, index, "label"), volume_label=misreader.label(page.volume_label, file.path, index, "volume_label"),
            label_text=None if page.label is None else str(page.label), mm=page.mm, width=1654, height=2339,
        )
        for index, page in enumerate(file.pages)
    )  # fmt: skip
    media = _MEDIA.get(PurePosixPath(file.path).suffix.lower(), "pdf")
    role = "second_copy" if file.path in second else "original"
    return SourceFile(id=file.path, path=file.path, sha256=_id("s", file.path), size=1, media=media, role=role, pages=pages)


def believed_documents(truth: Truth, wanted: Sequence[str], second: frozenset[str], misreader: Misreader) -> tuple[Document, ...]:
    """The papers that lie in page files among ``wanted``; a second copy names the paper it copies."""
    chosen = [(i, d) for i, d in enumerate(truth.documents) if d.pages and d.pages[0].file in wanted and not is_workbook(d.pages[0].file)]
    firsts = {d.key: _document_id(i, d) for i, d in chosen if d.key and d.pages[0].file not in second}
    return tuple(
        _document(i, d, firsts.get(d.key) if d.pages[0].file in second else None, misreader) for i, d in chosen
    )  # fmt: skip


def owners(documents: Sequence[Document]) -> Mapping[tuple[str, int], str]:
    return {(ref.file, ref.page): document.id for document in documents for ref in document.pages}


def _document_id(index: int, paper: TruthDocument) -> str:
    return "d-" + _id(paper.kind, paper.key or index, paper.pages[0].file)


def _document(index: int, paper: TruthDocument, copy_of: str | None, misreader: Misreader) -> Document:
    kind = KINDS.get(paper.kind)
    fields: dict[str, Field] = {}
    tables: dict[str, Table] = {}
    for name, value in paper.fields.items():
        if kind is not None and (spec := kind.fields.get(name)) is not None:
            fields[name] = _field(paper, name, spec, value, misreader)
    for table, rows in paper.tables.items():
        if kind is None or (columns := kind.tables.get(table)) is None:
            continue
        made = []
        for number, row in enumerate(rows):
            cells = {c: _field(paper, f"{table}.{number}.{c}", columns.columns[c], v, misreader) for c, v in row.items() if c in columns.columns}
            if cells:
                first = next(iter(row.values()))
                made.append(Row(id=f"{table}-{number + 1}", evidence=_evidence(paper, first, ""), cells=cells))
        tables[table] = Table(rows=tuple(made))
    return Document(
        id=_document_id(index, paper), kind=paper.kind, subtype=paper.subtype, title=paper.title, year=paper.year, confidence=1.0, copy_of=copy_of,
        pages=tuple(PageRef(file=r.file, page=r.page, label=r.label, region=r.region) for r in paper.pages), fields=fields, tables=tables,
        seals=tuple(_seal(paper, seal) for n, seal in enumerate(paper.seals) if misreader.sees_seal(seal, paper.key, n)),
    )  # fmt: skip


def _field(paper: TruthDocument, name: str, spec: FieldSpec, value: TruthValue, misreader: Misreader) -> Field:
    text, status = misreader.value(value.value, spec.type, paper.kind, f"{paper.pages[0].file}|{paper.key}|{name}")
    if text is None:
        return Field(status="missing", reason="illegible", why="模拟识别：此处未能识别。")
    evidence = _evidence(paper, value, text)
    witness = Witness(source="ocr", kind="observed", group="truth", value=text, evidence=evidence)
    sure: FieldStatus = status
    return Field(
        value=text, raw=text, confidence=1.0 if sure != "doubtful" else 0.5, status=sure, reason="illegible" if sure == "doubtful" else None,
        why="模拟识别：此处字迹不清，请人工核对。" if sure == "doubtful" else "", witnesses=(witness,),
    )  # fmt: skip


def _evidence(paper: TruthDocument, value: TruthValue, text: str) -> PageEvidence:
    file = paper.pages[0].file
    page = value.page if value.page is not None else paper.pages[0].page
    return PageEvidence(file=file, page=page, box=value.box or (0.0, 0.0, 1.0, 1.0), text=text or value.value)


def _seal(paper: TruthDocument, seal: TruthSeal) -> Seal:
    return Seal(
        file=paper.pages[0].file, page=seal.page, box=seal.box, shape=seal.shape, role=seal.role, text=seal.text, level="sure", confidence=1.0
    )


def _id(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]
