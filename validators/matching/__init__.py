"""Matching of declared lines and scanned vouchers."""

from validators.matching.model import (
    STATUS_WORDS,
    STATUSES,
    Difference,
    Lamps,
    LineRow,
    LineStatus,
    Paper,
    ReconciledLine,
    Reconciliation,
    Totals,
)
from validators.matching.reconcile import reconcile

__all__ = [
    "STATUSES", "STATUS_WORDS", "Difference", "Lamps", "LineRow", "LineStatus", "Paper", "ReconciledLine", "Reconciliation", "Totals",
    "reconcile",
]  # fmt: skip
