"""Rows of 附表2 as rules look at them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.vouchers import voucher_key
from pipeline.model import AbsenceEvidence, CellEvidence, Document, Evidence, Field, RegisterEvidence, Row, Subject
from validators.vouchers import deductible

if TYPE_CHECKING:
    from validators.view import View


class RowView:
    """A row of a list, its voucher and what of it can be recognised."""

    def __init__(self, owner: ListView, row: Row, index: int) -> None:
        self.owner = owner
        self.row = row
        self.index = index

    def get(self, column: str) -> Field:
        return self.row.get(column)

    @cached_property
    def number(self) -> int:
        """The row number people look for: that of the sheet, else the sequence number, else the place in the table."""
        if isinstance(self.row.evidence, CellEvidence):
            digits = re.search(r"\d+$", self.row.evidence.cell)
            if digits:
                return int(digits.group())
        sequence = self.get("sequence").value
        return int(sequence) if sequence is not None and sequence.isdigit() else self.index + 1

    @cached_property
    def key(self) -> str | None:
        """The voucher key, or None when code or number are missing or not sure."""
        number, code = self.get("invoice_number"), self.get("invoice_code")
        if not number.sure or code.status == "doubtful":
            return None
        return voucher_key(code.value, number.value)

    @cached_property
    def shown_number(self) -> str:
        number = self.get("invoice_number").value or ""
        return number.zfill(8) if number.isdigit() and self.get("invoice_number").sure else number

    @cached_property
    def deductible(self) -> bool | None:
        """Must VAT be stripped? None when the papers do not tell."""
        return deductible(self.owner.view.policy, self.get("voucher_type").value, self.get("invoice_code").value, self.get("invoice_number").value)

    @property
    def date(self) -> date | None:
        """The date that decides the period (四（二）注②); None when missing or not sure."""
        field = self.get("invoice_date")
        return field.date if field.sure else None

    def money(self, column: str) -> Decimal | None:
        """Yuan of a column that is sure."""
        field = self.get(column)
        return field.money if field.sure else None

    @cached_property
    def cost(self) -> Decimal | None:
        """What can be recognised at most: net of deductible tax, gross of a plain invoice; None when it cannot be told."""
        if self.deductible is None:
            return None
        if not self.deductible:
            return self.money("gross")
        net, gross, tax = self.money("net"), self.money("gross"), self.money("tax")
        if net is not None:
            return net
        return gross - tax if gross is not None and tax is not None else None

    @cached_property
    def claims(self) -> bool:
        """Does the row ask for money (no subtotal, no mere payment line)?"""
        amount = self.get("declared_amount").money
        return (amount is not None and amount != 0) or self.get("invoice_number").value is not None

    @property
    def linked(self) -> bool:
        """Is this line tied to another line's voucher (merged cells, a further payment, split numbers)?"""
        return self.get("same_voucher_as").value is not None

    def subject(self) -> Subject:
        evidence = self.row.evidence
        sheet = evidence.sheet if isinstance(evidence, CellEvidence) else None
        file = None if isinstance(evidence, (AbsenceEvidence, RegisterEvidence)) else evidence.file
        return Subject(type="row", id=self.row.id, file=file, sheet=sheet, row=self.number, voucher_key=self.key)

    def evidence(self, *columns: str) -> tuple[Evidence, ...]:
        found = tuple(e for c in columns for e in self.get(c).evidence)
        return found or (self.row.evidence,)


class ListView:
    """One 附表2 document with rows."""

    def __init__(self, document: Document, view: View) -> None:
        self.document = document
        self.view = view
        self.memo: dict[str, bool] = {}

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        return tuple(RowView(self, row, i) for i, row in enumerate(self.document.rows("lines")))

    @cached_property
    def table(self) -> int | None:
        """Which of 表1–表5, or None when it is not told."""
        value = self.document.get("table").value
        found = re.search(r"[1-5]", value or self.document.subtype or "")
        return int(found.group()) if found else None

    @cached_property
    def is_excel(self) -> bool:
        return self.view.is_excel(self.document)

    @property
    def complete(self) -> bool:
        table = self.document.tables.get("lines")
        return table is not None and table.complete

    @cached_property
    def by_key(self) -> dict[str, list[RowView]]:
        """Rows that ask for money of their own, by voucher key."""
        found: dict[str, list[RowView]] = {}
        for row in self.rows:
            if row.key is not None and not row.linked and row.get("declared_amount").money is not None:
                found.setdefault(row.key, []).append(row)
        return found
