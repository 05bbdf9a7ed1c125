"""Findings: what is wrong, where it stands, by which clause, and what to do (contract, "Finding")."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import Field as Spec

from pipeline.model.base import Model
from pipeline.model.document import Correction
from pipeline.model.evidence import Evidence

Severity = Literal["reject", "correct", "review", "note"]
Audience = Literal["applicant", "internal"]
Verdict = Literal["reject", "correct", "review", "pass"]
SEVERITIES: tuple[Severity, ...] = ("reject", "correct", "review", "note")
SEVERITY_WORDS: dict[Severity, str] = {"reject": "不予受理", "correct": "补正", "review": "需人工核验", "note": "提示"}
VERDICT_WORDS: dict[Verdict, str] = {"reject": "不予受理", "correct": "需要补正", "review": "需人工核验", "pass": "通过"}


class Subject(Model):
    """What a finding is about."""

    type: Literal["submission", "material", "document", "page", "row", "field", "seal"]
    id: str = ""
    material: str | None = None
    year: int | None = None
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    voucher_key: str | None = None

    @property
    def key(self) -> str:
        """Stable across runs: a row is known by its voucher, not by its place."""
        row = "" if self.voucher_key else str(self.row or "")
        return "|".join((self.type, self.id, self.material or "", str(self.year or ""), self.voucher_key or row))


class Deduction(Model):
    """核减: yuan not recognised, and why."""

    amount: str
    reason: str


class Finding(Model):
    """One finding. It cannot be made without evidence; what is missing is evidenced by absence."""

    id: str
    rule: str
    severity: Severity
    audience: Audience = "applicant"
    title: str
    message: str
    hint: str = ""
    clause: str
    group: str = ""
    subject: Subject
    at_stake: str | None = None
    deduct: Deduction | None = None
    waived: Correction | None = None
    evidence: Annotated[tuple[Evidence, ...], Spec(min_length=1)]
    data: dict[str, str | int | float | bool | list[str] | None] = {}


def finding_id(rule: str, subject: Subject, discriminator: str = "") -> str:
    """Stable id of a finding: rule + subject key + discriminator."""
    digest = hashlib.sha256("\x1f".join((rule, subject.key, discriminator)).encode()).hexdigest()
    return f"{rule}-{digest[:10]}"
