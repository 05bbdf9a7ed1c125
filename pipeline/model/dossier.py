"""What the rules see: a submission whose papers are read, plus other offices' data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pipeline.model.document import Document
from pipeline.model.evidence import PageRef
from pipeline.model.submission import Page, SourceFile, Submission


@dataclass(frozen=True)
class LedgerRow:
    """A row of another office's extract: canonical column name → text."""

    file: str
    row: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class PriorClaim:
    """An earlier claim found in the register."""

    entry: str
    voucher_key: str
    applicant: str
    uscc: str
    year: int
    programme: str
    category: str
    amount: str


class RegisterView(Protocol):
    """What rules may ask of the register; claims of the submission's own lineage never come back."""

    def claims(self, voucher_key: str) -> tuple[PriorClaim, ...]: ...


class EmptyRegister:
    """A register that knows nothing."""

    def claims(self, voucher_key: str) -> tuple[PriorClaim, ...]:
        return ()


@dataclass(frozen=True)
class Dossier:
    """A submission as the rules see it. Rules read it and change nothing."""

    submission: Submission
    files: tuple[SourceFile, ...]
    documents: tuple[Document, ...]
    ledgers: Mapping[str, tuple[LedgerRow, ...]] = field(default_factory=dict)
    register: RegisterView = field(default_factory=EmptyRegister)
    today: date | None = None

    def of_kind(self, *kinds: str) -> tuple[Document, ...]:
        """Documents of these kinds that are no second copies, in the order of their pages."""
        return tuple(d for d in self.documents if d.kind in kinds and d.copy_of is None)

    def first(self, kind: str) -> Document | None:
        return next(iter(self.of_kind(kind)), None)

    def file(self, file_id: str) -> SourceFile | None:
        return next((f for f in self.files if f.id == file_id), None)

    def page(self, ref: PageRef) -> Page | None:
        source = self.file(ref.file)
        return source.pages[ref.page] if source and ref.page < len(source.pages) else None
