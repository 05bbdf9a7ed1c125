"""The outcome of a reconciliation (contract, ``reconcile --json``)."""

from __future__ import annotations

from typing import Literal

from pipeline.model import Document, Evidence, Finding, MadeBy, Model

LineStatus = Literal["ineligible", "duplicate", "missing_scan", "mismatched", "review", "matched"]
STATUSES: tuple[LineStatus, ...] = ("ineligible", "duplicate", "missing_scan", "mismatched", "review", "matched")
"""Worst first."""
STATUS_WORDS: dict[LineStatus, str] = {
    "ineligible": "不符合条件", "duplicate": "重复", "missing_scan": "缺票据", "mismatched": "不一致", "review": "需人工核验", "matched": "一致",
}  # fmt: skip
Lamp = Literal["found", "listed", "absent"]
"""``found``: the paper is in hand; ``listed``: the list names it only; ``absent``: neither."""


class LineRow(Model):
    file: str | None = None
    sheet: str | None = None
    row: int
    key: str | None = None


class Paper(Model):
    """A voucher or payment of a line; ``amount`` in yuan, None when it could not be read for sure."""

    document: str
    amount: str | None = None


class Lamps(Model):
    contract: Lamp = "absent"
    voucher: Lamp = "absent"
    bookkeeping: Lamp = "absent"
    payment: Lamp = "absent"


class Difference(Model):
    field: str
    declared: str | None = None
    found: str | None = None
    evidence: tuple[Evidence, ...] = ()


class ReconciledLine(Model):
    """A line of the list. ``recognised`` is yuan, or None while a person has to decide."""

    row: LineRow
    status: LineStatus
    declared: dict[str, str | None] = {}
    vouchers: tuple[Paper, ...] = ()
    payments: tuple[Paper, ...] = ()
    lamps: Lamps = Lamps()
    recognised: str | None = None
    flags: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    findings: tuple[str, ...] = ()


class Totals(Model):
    """Sums in yuan: ``declared`` over all lines, ``recognised`` over decided lines, ``open`` declared by lines still to be decided."""

    lines: int = 0
    by_status: dict[str, int] = {}
    declared: str = "0.00"
    recognised: str = "0.00"
    deducted: str = "0.00"
    open: str = "0.00"


class Reconciliation(Model):
    """Lines worst first. ``made_by`` is filled by whoever runs it; ``repairs`` and ``sampling`` are empty in this version."""

    made_by: MadeBy | None = None
    lines: tuple[ReconciledLine, ...] = ()
    unlisted_documents: tuple[str, ...] = ()
    totals: Totals = Totals()
    repairs: tuple[str, ...] = ()
    sampling: dict[str, str] = {}
    findings: tuple[Finding, ...] = ()
    documents: tuple[Document, ...] = ()
