"""The dossier as rules look at it: applicant, lists, materials, places. Computed once per run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from extractors.identifiers import normal_id
from extractors.vocabulary import kind_title
from pipeline.model import (
    MISSING,
    AbsenceEvidence,
    Category,
    CellEvidence,
    Document,
    Dossier,
    Evidence,
    Field,
    PageEvidence,
    PageRef,
    SourceFile,
    Subject,
)
from pipeline.policy import Policy
from validators.lists import ListView
from validators.pairing import Pairing, pair_lines

NAME_FIELDS: dict[str, tuple[str, str | None]] = {
    "application_form": ("applicant_name", "uscc"),
    "business_licence": ("name", "uscc"),
    "filing_certificate": ("applicant_name", "uscc"),
    "investment_list": ("applicant_name", "uscc"),
    "implementation_plan": ("applicant_name", None),
    "tax_certificate": ("taxpayer_name", "taxpayer_id"),
    "audit_report": ("client_name", None),
    "financial_statement": ("client_name", None),
    "capital_verification": ("client_name", None),
    "loan_contract": ("borrower_name", None),
    "lease_contract": ("lessee_name", None),
}
"""Where each kind names the applicant: (name field, id field)."""


@dataclass(frozen=True)
class Party:
    """The applicant as the submission states it; ``source`` is the document that said so, None when it was given from outside."""

    name: str | None
    uscc: str | None
    sure: bool
    source: Document | None


class View:
    """Derived views of one dossier under one policy."""

    def __init__(self, dossier: Dossier, policy: Policy) -> None:
        self.dossier = dossier
        self.policy = policy
        self._pairings: dict[str, Pairing] = {}

    # --- who -----------------------------------------------------------------------------------------------------

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """The categories applied for that this year knows."""
        return tuple(c for c in self.dossier.submission.categories if c in self.policy.categories)

    @cached_property
    def applicant(self) -> Party:
        """Name and USCC to hold everything against: the submission's own, else those of the application form, else of the
        licence, the filing certificate, the list."""
        given = self.dossier.submission
        name, uscc, source = given.applicant, given.uscc, None
        for kind in ("application_form", "business_licence", "filing_certificate", "investment_list"):
            fields = NAME_FIELDS[kind]
            for document in self.dossier.of_kind(kind):
                told, code = document.get(fields[0]), document.get(fields[1] or "")
                if name is None and told.sure:
                    name, source = told.value, document
                if uscc is None and code.sure and len(normal_id(code.value or "")) == 18:
                    uscc = normal_id(code.value or "")
                    source = source or document
        return Party(name=name, uscc=uscc, sure=name is not None and not self._only_doubted(name), source=source)

    def _only_doubted(self, name: str) -> bool:
        """Is the name known from papers alone, none of which states it for sure? A name given from outside is sure."""
        told = [d.get(f) for d in self.dossier.documents if d.kind in NAME_FIELDS for f in (NAME_FIELDS[d.kind][0],)]
        stating = [f for f in told if f.value == name]
        return bool(stating) and not any(f.sure for f in stating)

    @cached_property
    def established_on(self) -> Field:
        """成立日期 from the licence, or an empty field."""
        for document in self.dossier.of_kind("business_licence"):
            field = document.get("established_on")
            if field.sure and field.date is not None:
                return field
        return MISSING

    def owed_from(self, year: int) -> date | None:
        """The first day of ``year`` for which papers are owed (J, R-095; switch I-11); None when the company did not yet exist."""
        start = date(year, 1, 1)
        founded = self.established_on.date
        if founded is None or self.policy.switch("I-11") == "all_years" or founded <= start:
            return start
        return None if founded.year > year else founded

    # --- what ----------------------------------------------------------------------------------------------------

    @cached_property
    def lists(self) -> tuple[ListView, ...]:
        """The lists that count: those of a workbook, and scans only where no workbook holds the same table."""
        found = [ListView(d, self) for d in self.dossier.of_kind("investment_list") if d.rows("lines")]
        in_excel = {v.table for v in found if v.is_excel}
        return tuple(v for v in found if v.is_excel or v.table not in in_excel)

    def pairing(self, view: ListView) -> Pairing:
        """The lines of a list with their scanned vouchers."""
        key = view.document.id
        if key not in self._pairings:
            self._pairings[key] = pair_lines(view, self.dossier.documents, self.policy)
        return self._pairings[key]

    def window_categories(self, view: ListView) -> tuple[Category, ...]:
        """The categories whose period binds the rows of a list."""
        table = view.table
        if table is None:
            return self.categories
        return self.policy.categories_of_table(table, self.categories)

    # --- where ---------------------------------------------------------------------------------------------------

    def file_of(self, document: Document) -> SourceFile | None:
        for ref in document.pages:
            return self.dossier.file(ref.file)
        for evidence in _evidences(document):
            if not isinstance(evidence, AbsenceEvidence):
                file = getattr(evidence, "file", None)
                return self.dossier.file(file) if file else None
        return None

    def is_excel(self, document: Document) -> bool:
        """Did this document come as a workbook?"""
        source = self.file_of(document)
        if source is not None and source.media in ("workbook", "csv"):
            return True
        return any(isinstance(e, CellEvidence) for e in _evidences(document))

    def place(self, document: Document) -> tuple[Evidence, ...]:
        """One piece of evidence for the document as a whole: its first page, or its first cell."""
        for ref in document.pages:
            source = self.dossier.file(ref.file)
            if source is None or source.media not in ("workbook", "csv"):
                return (PageEvidence(file=ref.file, page=ref.page, box=ref.region or (0.0, 0.0, 1.0, 1.0), text=document.title),)
        return tuple(_evidences(document))[:1]

    def evidence(self, document: Document, *fields: Field) -> tuple[Evidence, ...]:
        """The places of the fields, or of the document when none has one."""
        found = tuple(e for f in fields for e in f.evidence)
        return found or self.place(document) or (self.absence(self.name(document)),)

    def name(self, document: Document) -> str:
        """How people call the document: ``2018年度审计报告``."""
        title = kind_title(document.kind)
        year = document.year
        return f"{year}年度{title}" if year is not None and document.kind in ("tax_certificate", "audit_report", "financial_statement") else title

    def absence(self, expected: str) -> AbsenceEvidence:
        """What was expected and every page that was looked through."""
        return AbsenceEvidence(expected=expected, searched=self._searched)

    @cached_property
    def _searched(self) -> tuple[PageRef, ...]:
        return tuple(
            PageRef(file=f.id, page=p.index, label=p.label)
            for f in self.dossier.files if f.role != "second_copy"
            for p in f.pages if not p.blank
        )  # fmt: skip

    @cached_property
    def unreadable_files(self) -> tuple[SourceFile, ...]:
        """Files whose content nobody has seen."""
        return tuple(f for f in self.dossier.files if f.error is not None and f.role not in ("second_copy", "ledger") and not f.pages)

    def subject(self, document: Document, kind: Literal["document", "field", "seal", "page"] = "document", id: str = "") -> Subject:
        """The document, or a part of it, as what a finding is about."""
        source = self.file_of(document)
        return Subject(type=kind, id=id or document.id, year=document.year, file=source.id if source else None)


def _evidences(document: Document) -> Iterator[Evidence]:
    for field in document.fields.values():
        yield from field.evidence
    for table in document.tables.values():
        for row in table.rows:
            yield row.evidence


# --- words ---------------------------------------------------------------------------------------------------------------


def yuan(amount: Decimal | None) -> str:
    """Money in yuan for a sentence, as ledgers write it: ``286,439.24``."""
    return "" if amount is None else f"{amount:,.2f}"


def both_units(amount: Decimal) -> str:
    """Money as people at the window think of it, with its unit: ``27,371.91万元（273,719,131.56元）``, small sums in yuan alone."""
    if abs(amount) < 10000:
        return f"{yuan(amount)}元"
    return f"{amount / 10000:,.2f}万元（{yuan(amount)}元）"


def ten_thousand(amount: Decimal | None) -> str:
    """Yuan shown as 万元 (four decimals at most)."""
    if amount is None:
        return ""
    text = f"{amount / 10000:,.4f}"
    return text.rstrip("0").rstrip(".")
