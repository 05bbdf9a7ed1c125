"""The register as the rules may see it: earlier claims, never those of the submission's own lineage."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Document, PriorClaim, Submission
from pipeline.policy import Policy
from pipeline.store import Store


class LineageRegister:
    """Answers from the store, minus the submission's own lineage (programme, year, USCC, application number), so that
    reruns, second copies and resubmissions are never duplicates."""

    def __init__(self, store: Store, submission: Submission, documents: Sequence[Document], policy: Policy) -> None:
        self._store = store
        self._uscc = submission.uscc or ""
        self._year = policy.filing_year.value
        self._programme = policy.programme.value
        self._numbers = {
            value for d in documents if d.kind == "application_form" and (value := d.get("application_no").value) is not None
        }

    def claims(self, voucher_key: str) -> tuple[PriorClaim, ...]:
        """Claims of other lineages on this voucher, oldest first. Without an application number on the paper, every claim
        of the same applicant, programme and year counts as its own lineage: a rerun must not accuse itself."""
        return tuple(
            claim
            for number, claim in self._store.prior_claims(voucher_key)
            if not (
                claim.uscc == self._uscc
                and claim.year == self._year
                and claim.programme == self._programme
                and (not self._numbers or not number or number in self._numbers)
            )
        )
