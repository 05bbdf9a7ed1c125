"""Figures of the same thing from the application, the statistics and the audited accounts (rule-book D)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.identifiers import same_taxpayer
from extractors.values import same_name, squash
from pipeline.model import Evidence, Field, LedgerEvidence, LedgerRow
from pipeline.policy import Policy
from pipeline.policy.model import Indicator
from validators.units import in_yuan
from validators.view import View


@dataclass(frozen=True)
class Figure:
    """One figure in yuan. ``sure`` is False when value or unit are doubtful; ``where`` is how people call its source."""

    key: str
    year: int
    amount: Decimal
    sure: bool
    where: str
    evidence: tuple[Evidence, ...]
    form: str = ""


def indicator_of(policy: Policy, name: str | None) -> str | None:
    """The indicator that a printed name means; the name has to be it, not merely to contain it."""
    text = re.sub(r"[（(].*?[)）]", "", squash(name or "")).strip("一二三四五六七八九十、.：:其中")
    for key, indicator in policy.statistics.indicators.items():
        if text in indicator.words:
            return key
    return None


def application_figures(view: View) -> Iterator[Figure]:
    """Figures of the application form."""
    for document in view.dossier.of_kind("application_form"):
        for row in document.rows("indicators"):
            key, year, value = indicator_of(view.policy, row.get("name").value), _year(row.get("year")), row.get("value")
            indicator = view.policy.statistics.indicators.get(key or "")
            if key is None or year is None or indicator is None:
                continue
            amount = _amount(view.policy, indicator, value, row.get("unit").value)
            if amount is not None:
                sure = value.sure and row.get("year").sure
                yield Figure(key, year, amount, sure, "申请书", value.evidence or (row.evidence,))


def statistics_figures(view: View) -> Iterator[Figure]:
    """Year-end figures of the statistical reports, those of a document and those of the office's extract."""
    policy = view.policy
    for document in view.dossier.of_kind("statistics"):
        for row in document.rows("indicators"):
            told = {n: (row.get(n).value or document.get(n).value) for n in ("uscc", "name", "form", "period", "unit")}
            value = row.get("value")
            figure = _statistic(view, told, row.get("indicator").value, value, value.evidence or (row.evidence,))
            if figure is not None:
                yield figure
    for entry in view.dossier.ledgers.get("statistics", ()):
        raw = entry.values.get("value", "")
        value = Field(value=raw.replace(",", "").strip() or None, raw=raw, status="read" if raw.strip() else "missing", confidence=1.0)
        told = {n: entry.values.get(n) for n in ("uscc", "name", "form", "period", "unit")}
        if not told["unit"]:
            told["unit"] = policy.statistics.form_units.value.get((told["form"] or "").removesuffix("表"))
        figure = _statistic(view, told, entry.values.get("indicator"), value, (_ledger_evidence(entry, raw),))
        if figure is not None:
            yield figure


def _statistic(view: View, told: dict[str, str | None], indicator_name: str | None, value: Field, evidence: tuple[Evidence, ...]) -> Figure | None:
    key = indicator_of(view.policy, indicator_name)
    year = _year_end(told["period"])
    if key is None or year is None or not _mine(view, told["uscc"], told["name"]):
        return None
    amount = _amount(view.policy, view.policy.statistics.indicators[key], value, told["unit"])
    form = (told["form"] or "").removesuffix("表")
    return None if amount is None else Figure(key, year, amount, value.sure, f"统计{form}表" if form else "统计数据", evidence, form)


def audit_figures(view: View) -> Iterator[Figure]:
    """Current-year figures of the audited accounts; the parent's own where both scopes are printed (part J)."""
    for document in view.dossier.of_kind("audit_report", "financial_statement"):
        fiscal = document.get("fiscal_year")
        year = int(fiscal.value or 0) if fiscal.sure and (fiscal.value or "").isdigit() else document.year
        if year is None:
            continue
        scopes = {r.get("scope").value for r in document.rows("statements")}
        wanted = {"parent", None, ""} if "parent" in scopes else scopes
        for row in document.rows("statements"):
            key, value = indicator_of(view.policy, row.get("item").value), row.get("current")
            if key is None or value.money is None or row.get("scope").value not in wanted:
                continue
            if not view.policy.statistics.indicators[key].audit:
                continue
            sure = value.sure and row.get("scope").value != "consolidated"
            yield Figure(key, year, value.money, sure, f"{year}年度审计报告", value.evidence or (row.evidence,))


def _amount(policy: Policy, indicator: Indicator, value: Field, unit: str | None) -> Decimal | None:
    return in_yuan(policy, value, unit) if indicator.money else value.money


def _year(field: Field) -> int | None:
    found = re.search(r"20\d{2}", field.value or "")
    return int(found.group()) if found else None


def _year_end(period: str | None) -> int | None:
    """The year of a period that spans it whole: ``2019``, ``2019-12``, ``2019年1-12月``; None for part of a year."""
    text = squash(period or "")
    found = re.fullmatch(r"(20\d{2})年?(?:[-./]?12月?|1[-—~至]12月?|年报|年度)?", text)
    return int(found.group(1)) if found else None


def _mine(view: View, uscc: str | None, name: str | None) -> bool:
    applicant = view.applicant
    if uscc and applicant.uscc:
        return same_taxpayer(uscc, applicant.uscc)
    if name and applicant.name:
        return same_name(name, applicant.name)
    return not uscc and not name


def _ledger_evidence(entry: LedgerRow, raw: str) -> LedgerEvidence:
    return LedgerEvidence(ledger="statistics", file=entry.file, row=entry.row, column="value", text=raw)
