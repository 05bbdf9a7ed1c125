"""Documents and their fields (contract, "Document")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from pipeline.model.base import Model
from pipeline.model.evidence import Evidence, PageRef
from pipeline.model.reading import SealMark

WitnessSource = Literal[
    "text_layer", "ocr", "ocr_careful", "second_engine", "qr", "barcode", "capital_amount", "arithmetic", "check_digit",
    "code_structure", "seal", "xml", "cell", "person",
]  # fmt: skip
FieldStatus = Literal["proved", "read", "doubtful", "missing"]


class Witness(Model):
    """One reading of a value, observed on the paper or derived from others; ``value`` is canonical text.

    Two witnesses of one ``group`` looked at the same ink with the same eyes and count once.
    """

    source: WitnessSource
    kind: Literal["observed", "derived"]
    group: str
    value: str
    evidence: Evidence


class Correction(Model):
    """A person's word on a field; it wins on every later run of the same content."""

    by: str
    at: str
    why: str


class Field(Model):
    """A value with its witnesses. ``value`` is canonical: money ``"12345.60"`` (yuan), date ``"2019-03-15"``, rate
    ``"0.13"``, yes or no ``"true"``/``"false"``; ``raw`` is what stands on the paper."""

    value: str | None = None
    raw: str | None = None
    confidence: float = 0.0
    status: FieldStatus = "missing"
    reason: str | None = None
    why: str = ""
    witnesses: tuple[Witness, ...] = ()
    corrected: Correction | None = None

    @property
    def sure(self) -> bool:
        """May a rule build on it without a person?"""
        return self.status in ("proved", "read") and self.value is not None

    @property
    def money(self) -> Decimal | None:
        """The value as yuan, or None when there is none or it is no number."""
        try:
            return None if self.value is None else Decimal(self.value)
        except InvalidOperation:
            return None

    @property
    def date(self) -> date | None:
        """The value as a date, or None."""
        try:
            return None if self.value is None else date.fromisoformat(self.value)
        except ValueError:
            return None

    @property
    def flag(self) -> bool | None:
        """The value as yes or no, or None."""
        return {"true": True, "false": False}.get(self.value or "")

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The places of all observed witnesses."""
        return tuple(w.evidence for w in self.witnesses if w.kind == "observed")


MISSING = Field()


class Row(Model):
    """One row of a document's table."""

    id: str
    evidence: Evidence
    hidden: bool = False
    cells: dict[str, Field] = {}

    def get(self, name: str) -> Field:
        return self.cells.get(name, MISSING)


class Table(Model):
    """A document's table; ``complete`` is False when rows are known to be lost."""

    rows: tuple[Row, ...] = ()
    complete: bool = True


class Seal(SealMark):
    """A seal placed in a file, with its owner among the parties of the submission."""

    file: str
    page: int
    owner: str | None = None
    owner_score: float = 0.0


class Document(Model):
    """One paper of the submission: some pages, their fields, tables and seals.

    ``kind`` is one of the contract's kinds; ``note`` says why it is unknown, doubtful or incomplete.
    """

    id: str
    kind: str
    subtype: str | None = None
    title: str = ""
    year: int | None = None
    confidence: float = 0.0
    copy_of: str | None = None
    pages: tuple[PageRef, ...] = ()
    fields: dict[str, Field] = {}
    tables: dict[str, Table] = {}
    seals: tuple[Seal, ...] = ()
    note: str = ""

    def get(self, name: str) -> Field:
        """The field, or an empty one with status ``missing``."""
        return self.fields.get(name, MISSING)

    def rows(self, table: str) -> tuple[Row, ...]:
        found = self.tables.get(table)
        return found.rows if found else ()

    def walk(self) -> Iterator[tuple[str, Field]]:
        """All fields, those of rows as ``table[row].column``."""
        yield from self.fields.items()
        for name, table in self.tables.items():
            for row in table.rows:
                for column, cell in row.cells.items():
                    yield f"{name}[{row.id}].{column}", cell
