"""The case language: a few lines of YAML → a dossier.

    documents:
      - kind: tax_certificate
        year: 2018
        fields: {taxpayer_name: 深圳甲, period_start: 2018-01-01?}
        tables: {taxes: [{amount: 1}]}
        pages: [{label: 第1页 共3页, volume: 4, colour: grey, blank: true, error: 损坏}]
        seals: [{role: company, owner: 深圳甲}]

A value is text; a trailing ``?`` makes it doubtful (illegible); a mapping spells out ``value``, ``raw``, ``status``, ``reason`` and
``observed`` (several witnesses). ``excel: true`` puts the document into a workbook, ``file: name`` several documents into one file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipeline.model import (
    Box,
    CellEvidence,
    Document,
    Dossier,
    Evidence,
    Field,
    LedgerRow,
    Page,
    PageEvidence,
    PageRef,
    PriorClaim,
    Problem,
    Row,
    Seal,
    SourceFile,
    Submission,
    Table,
    Witness,
    column_letters,
)

NAME = "深圳市晨光精密制造有限公司"
USCC = "914403001922038216"
BOX: Box = (0.1, 0.1, 0.5, 0.12)


@dataclass
class Register:
    """A register with the claims of the case."""

    entries: list[PriorClaim] = field(default_factory=list)

    def claims(self, voucher_key: str) -> tuple[PriorClaim, ...]:
        return tuple(c for c in self.entries if c.voucher_key == voucher_key)


@dataclass
class _Pile:
    """Files under construction."""

    names: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list[Page]] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    def open(self, name: str, media: str) -> str:
        file_id = self.names.setdefault(name, f"f{len(self.names) + 1}")
        self.pages.setdefault(file_id, [])
        self.media.setdefault(file_id, media)
        return file_id


def text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def make_field(spec: object, evidence: Evidence) -> Field:
    """A field from its short or its long form."""
    if not isinstance(spec, dict):
        value = text(spec)
        doubtful = value.endswith("?")
        value = value.rstrip("?")
        spec = {"value": value, "status": "doubtful" if doubtful else "read", "reason": "illegible" if doubtful else None}
    value = None if spec.get("value") is None else text(spec["value"])
    raw = text(spec.get("raw", value)) if spec.get("raw", value) is not None else None
    observed: list[Any] = spec.get("observed", [{"value": value}] if value is not None else [])
    shown = evidence.model_copy(update={"text": raw or ""}) if isinstance(evidence, (PageEvidence, CellEvidence)) else evidence
    witnesses = tuple(
        Witness(source=w.get("source", "ocr"), kind="observed", group=w.get("source", "ocr"), value=text(w["value"]), evidence=shown)
        for w in observed
    )
    return Field(
        value=value, raw=raw, confidence=0.9, status=spec.get("status", "read"), reason=spec.get("reason"), witnesses=witnesses,
    )  # fmt: skip


def _document(index: int, spec: dict[str, Any], pile: _Pile) -> Document:
    document_id = f"d{index + 1}"
    excel = bool(spec.get("excel"))
    file_id = pile.open(spec.get("file", f"{index + 1}-{spec['kind']}.{'xlsx' if excel else 'pdf'}"), "workbook" if excel else "pdf")
    refs: list[PageRef] = []
    if not excel:
        for page in spec.get("pages", [{}]):
            number = len(pile.pages[file_id])
            label_text = page.get("label")
            label = int("".join(c for c in str(label_text).split("共")[0].split("/")[0] if c.isdigit())) if label_text is not None else None
            pile.pages[file_id].append(
                Page(
                    index=number, content=f"h:{file_id}-{number}", label=label, label_text=None if label_text is None else str(label_text),
                    volume_label=page.get("volume"), blank=page.get("blank", False), colour=page.get("colour", "colour"), document=document_id,
                    error=Problem(code="broken", message=page["error"]) if "error" in page else None,
                )
            )  # fmt: skip
            refs.append(PageRef(file=file_id, page=number, label=label))

    def place(row: int, column: int) -> Evidence:
        if excel:
            return CellEvidence(file=file_id, sheet="Sheet1", cell=f"{column_letters(column)}{row}", text="")
        return PageEvidence(file=file_id, page=refs[0].page if refs else 0, box=BOX, text="")

    fields = {name: make_field(value, place(i + 1, 1)) for i, (name, value) in enumerate(spec.get("fields", {}).items())}
    tables: dict[str, Table] = {}
    for name, rows in spec.get("tables", {}).items():
        built = []
        for i, row in enumerate(rows):
            cells = {c: make_field(v, place(5 + i, j)) for j, (c, v) in enumerate(row.items()) if not c.startswith("_")}
            built.append(Row(id=f"r{i + 1}", evidence=place(5 + i, 0), hidden=row.get("_hidden", False), cells=cells))
        tables[name] = Table(rows=tuple(built), complete=spec.get("complete", True))
    seals = tuple(
        Seal(
            file=file_id, page=s.get("page", refs[0].page if refs else 0), box=(0.6, 0.7, 0.8, 0.85), shape=s.get("shape", "round"),
            role=s.get("role", "company"), text=s.get("text", s.get("owner") or ""), level=s.get("level", "sure"), owner=s.get("owner"),
            owner_score=s.get("score", 0.95 if s.get("owner") else 0.0), confidence=0.9,
        )
        for s in spec.get("seals", [])
    )  # fmt: skip
    return Document(
        id=document_id, kind=spec["kind"], subtype=spec.get("subtype"), title=spec.get("title", ""), year=spec.get("year"), confidence=0.9,
        copy_of=spec.get("copy_of"), pages=tuple(refs), fields=fields, tables=tables, seals=seals, note=spec.get("note", ""),
    )  # fmt: skip


def make_dossier(case: dict[str, Any]) -> Dossier:
    """The dossier of a case. ``applicant: null`` leaves the applicant to be found in the papers."""
    pile = _Pile()
    documents = tuple(_document(i, spec, pile) for i, spec in enumerate(case.get("documents", [])))
    files = [SourceFile(id=i, path=n, media=pile.media[i], role="original", pages=tuple(pile.pages[i])) for n, i in pile.names.items()]  # type: ignore[arg-type]
    for spec in case.get("files", []):
        files.append(
            SourceFile(
                id=f"f{len(files) + 1}", path=spec["path"], role=spec.get("role", "original"),
                pages=tuple(Page(index=i, content=f"h:{spec['path']}-{i}") for i in range(spec.get("page_count", 0))),
                error=Problem(code="broken", message=spec["error"]),
            )
        )
    applicant = case.get("applicant", {"name": NAME, "uscc": USCC}) or {}
    submission = Submission(
        id="s", applicant=applicant.get("name"), uscc=applicant.get("uscc"), categories=tuple(str(c) for c in case.get("categories", [2])),  # type: ignore[arg-type]
        renewal=case.get("renewal", False), stage=case.get("stage", "window"),
    )  # fmt: skip
    ledgers = {
        name: tuple(LedgerRow(file=f"{name}.csv", row=i + 2, values={k: text(v) for k, v in row.items()}) for i, row in enumerate(rows))
        for name, rows in case.get("ledgers", {}).items()
    }
    claims = [PriorClaim(**{k: text(v) if k != "year" else v for k, v in c.items()}) for c in case.get("register", [])]
    register = {"register": Register(claims)} if "register" in case else {}
    return Dossier(submission=submission, files=tuple(files), documents=documents, ledgers=ledgers, **register)  # type: ignore[arg-type]
