"""The outcome of one check (contract, ``report.json``)."""

from __future__ import annotations

from typing import Literal

from pipeline.model.base import Model
from pipeline.model.document import Document
from pipeline.model.evidence import Evidence
from pipeline.model.finding import SEVERITIES, Finding, Verdict
from pipeline.model.submission import SourceFile, Submission

ChecklistStatus = Literal["present", "missing", "incomplete", "substituted", "not_applicable", "person"]


class MadeBy(Model):
    """Which program, reader and policy made this."""

    shencai: str
    reader: str
    policy: str
    policy_sha256: str
    created_at: str


class ChecklistItem(Model):
    """One required material, and whether it is there."""

    code: str
    material: str
    year: int | None = None
    title: str
    clause: str
    required: bool = True
    status: ChecklistStatus
    documents: tuple[str, ...] = ()
    note: str = ""


class FundingStep(Model):
    label: str
    value: str
    clause: str = ""
    evidence: tuple[Evidence, ...] = ()


class Funding(Model):
    """政策上限测算值 of one category, step by step."""

    category: str
    reading: str = "default"
    label: str = "政策上限测算值"
    amount: str
    steps: tuple[FundingStep, ...] = ()


class SkippedRule(Model):
    id: str
    why: str


class Coverage(Model):
    rules_run: int = 0
    rules_skipped: tuple[SkippedRule, ...] = ()


class Rounds(Model):
    cured: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    missed_before: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class Timing(Model):
    wall_s: float = 0.0
    pages: int = 0
    pages_read: int = 0
    pages_from_cache: int = 0


class Report(Model):
    schema_version: Literal[1] = 1
    made_by: MadeBy
    submission: Submission
    files: tuple[SourceFile, ...] = ()
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    funding: tuple[Funding, ...] = ()
    verdict: Verdict
    coverage: Coverage = Coverage()
    rounds: Rounds | None = None
    timing: Timing = Timing()


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """The worst open severity; notes never hold a file back."""
    open_severities = {f.severity for f in findings if f.waived is None}
    for severity in SEVERITIES:
        if severity in open_severities and severity != "note":
            return severity
    return "pass"
