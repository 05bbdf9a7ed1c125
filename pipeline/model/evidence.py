"""Where a value was seen, so that a person can look in one step (contract, "Evidence")."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pipeline.model.base import Box, Model, Quad


class PageRef(Model):
    """A page of a file, or a region of it when several documents stand on one page."""

    file: str
    page: int
    label: int | None = None
    region: Box | None = None


class PageEvidence(Model):
    """A place on a page. ``text`` is what is written there."""

    type: Literal["page"] = "page"
    file: str
    page: int
    box: Box
    text: str
    quad: Quad | None = None


class CellEvidence(Model):
    """A cell of a workbook; ``cell`` as people write it (``F12``)."""

    type: Literal["cell"] = "cell"
    file: str
    sheet: str
    cell: str
    text: str


class XmlEvidence(Model):
    """An element inside an OFD or an XML attachment."""

    type: Literal["xml"] = "xml"
    file: str
    path: str
    text: str


class AbsenceEvidence(Model):
    """What was expected and where it was looked for."""

    type: Literal["absence"] = "absence"
    expected: str
    searched: tuple[PageRef, ...] = ()


class LedgerEvidence(Model):
    """A row of another office's extract."""

    type: Literal["ledger"] = "ledger"
    ledger: str
    file: str
    row: int
    column: str
    text: str


class RegisterEvidence(Model):
    """An earlier claim in the register; for the office's eyes only."""

    type: Literal["register"] = "register"
    entry: str
    text: str


Evidence = Annotated[
    PageEvidence | CellEvidence | XmlEvidence | AbsenceEvidence | LedgerEvidence | RegisterEvidence,
    Field(discriminator="type"),
]
