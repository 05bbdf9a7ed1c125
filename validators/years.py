"""Papers that are owed year by year: tax certificates and audit reports (R-095, R-096)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.model import Document, Field
from validators.identity import Sameness, company, names
from validators.view import View


@dataclass(frozen=True)
class TaxYear:
    """What the tax certificates say about one year."""

    year: int
    owed_from: date | None
    certificates: tuple[Document, ...]
    unclear: tuple[Document, ...]
    """Certificates that may cover the year but whose period or taxpayer is not sure."""
    foreign: tuple[Document, ...]
    """Certificates of this year for another taxpayer."""
    gaps: tuple[tuple[date, date], ...]
    """Days of the year, both ends inclusive, that no certificate covers."""


def tax_year(view: View, year: int) -> TaxYear:
    """Collects the certificates of ``year``; those of two bureaus are united (2017)."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    good: list[Document] = []
    unclear: list[Document] = []
    foreign: list[Document] = []
    spans: list[tuple[date, date]] = []
    limit = float(view.policy.tolerances.name_similarity.value)
    for document in view.dossier.of_kind("tax_certificate"):
        found = _spans(document)
        touching = [(a, b) for a, b in found if a <= end and b >= start]
        if found and not touching:
            continue
        if not found and document.year is not None and document.year != year:
            continue
        same = company(document.get("taxpayer_name"), document.get("taxpayer_id"), view.applicant.name, view.applicant.uscc, limit)
        if same is Sameness.OTHER:
            if touching or document.year == year:
                foreign.append(document)
        elif same in (Sameness.UNCLEAR, Sameness.SILENT) or not found:
            unclear.append(document)
            spans.extend(touching)
        else:
            good.append(document)
            spans.extend(touching)
    owed = view.owed_from(year)
    gaps = () if owed is None else uncovered(owed, end, spans)
    return TaxYear(year, owed, tuple(good), tuple(unclear), tuple(foreign), gaps)


def _spans(document: Document) -> list[tuple[date, date]]:
    """The period of a certificate: its own, else what its rows cover together."""
    start, end = document.get("period_start"), document.get("period_end")
    if start.sure and end.sure and start.date is not None and end.date is not None:
        return [(start.date, end.date)]
    rows = document.rows("taxes")
    pairs: list[tuple[Field, Field]] = [(r.get("period_start"), r.get("period_end")) for r in rows]
    return [(a.date, b.date) for a, b in pairs if a.sure and b.sure and a.date is not None and b.date is not None]


def uncovered(start: date, end: date, spans: Iterable[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """The parts of ``start``…``end`` (inclusive) outside all spans."""
    gaps: list[tuple[date, date]] = []
    cursor = start
    for a, b in sorted(spans):
        if b < cursor or a > end:
            continue
        if a > cursor:
            gaps.append((cursor, a - timedelta(days=1)))
        cursor = max(cursor, b + timedelta(days=1))
    if cursor <= end:
        gaps.append((cursor, end))
    return tuple(gaps)


@dataclass(frozen=True)
class AuditYear:
    """What stands for the audited accounts of one year."""

    year: int
    owed_from: date | None
    reports: tuple[Document, ...]
    statements: tuple[Document, ...]
    verifications: tuple[Document, ...]
    unclear: tuple[Document, ...]
    foreign: tuple[Document, ...]


def year_of(document: Document) -> int | None:
    """The fiscal year: as printed, else as the document was filed under."""
    field = document.get("fiscal_year")
    if field.sure and (field.value or "").isdigit():
        return int(field.value or "0")
    return document.year if field.status == "missing" else None


def audit_year(view: View, year: int) -> AuditYear:
    """Collects audit reports and what may stand in for them."""
    limit = float(view.policy.tolerances.name_similarity.value)
    reports: list[Document] = []
    statements: list[Document] = []
    unclear: list[Document] = []
    foreign: list[Document] = []
    for document in view.dossier.of_kind("audit_report", "financial_statement"):
        told = year_of(document)
        if told is not None and told != year:
            continue
        if told is None and document.year not in (None, year):
            continue
        same = names(document.get("client_name"), view.applicant.name, limit)
        if told is None or same in (Sameness.UNCLEAR, Sameness.SILENT):
            unclear.append(document)
        elif same is Sameness.OTHER:
            foreign.append(document)
        else:
            (reports if document.kind == "audit_report" else statements).append(document)
    young = _young(view, year)
    verifications = view.dossier.of_kind("capital_verification") if young else ()
    return AuditYear(
        year, view.owed_from(year), tuple(reports), tuple(statements), tuple(verifications), tuple(unclear), tuple(foreign)
    )


def _young(view: View, year: int) -> bool:
    """Founded less than a year before applications closed, and in ``year`` (R-098)?"""
    founded = view.established_on.date
    if founded is None:
        return False
    age = (view.policy.deadlines.online_close.value.date() - founded).days
    return founded.year == year and age < view.policy.applicant.young_company_days.value
