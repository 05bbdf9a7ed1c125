"""What is really on the made-up papers (contract, ``truth.json``). Boxes are fractions of the upright page.

Paths are relative to the folder that holds ``truth.json``. ``page`` counts within the file. Values are canonical: money in
yuan as ``"12345.60"``, dates ISO; a value that stands beside its own ``unit`` column keeps the paper's number and unit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pipeline.model import Box, Model, PageRef, SealRole, SealShape


class TruthPage(Model):
    """A page of a file; ``rotation`` is the clockwise turn that makes it stand upright."""

    label: int | None = None
    volume_label: int | None = None
    rotation: Literal[0, 90, 180, 270] = 0
    blank: bool = False
    colour: Literal["colour", "grey", "bilevel", "digital"] = "colour"
    mm: tuple[float, float] | None = None
    """Width and height of the upright sheet, where the file tells the scale."""


class TruthFile(Model):
    path: str
    pages: tuple[TruthPage, ...] = ()


class TruthValue(Model):
    """A value and its place: ``page`` and ``box`` on paper, ``sheet`` and ``cell`` in a workbook."""

    value: str
    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cell: str | None = None


class TruthSeal(Model):
    page: int
    box: Box
    shape: SealShape
    role: SealRole
    text: str


class TruthDocument(Model):
    """``key`` is the paper's name in the made-up world; second copies carry the same one."""

    kind: str
    key: str = ""
    subtype: str | None = None
    year: int | None = None
    title: str = ""
    pages: tuple[PageRef, ...] = ()
    fields: dict[str, TruthValue] = {}
    tables: dict[str, tuple[dict[str, TruthValue], ...]] = {}
    seals: tuple[TruthSeal, ...] = ()


class TruthPlace(Model):
    """Where evidence lies: ``document`` indexes ``documents``, ``page`` counts within that document's file, ``row`` is the
    list's 序号."""

    document: int | None = None
    page: int | None = None
    row: int | None = None


class TruthDefect(Model):
    """A planted defect. ``rules`` may answer it; ``document``, ``page`` and ``row`` are its first place, ``also`` has others
    where evidence may lie as well. ``innocent`` marks a change that must not be accused: ``rules`` are those that might."""

    name: str
    rules: tuple[str, ...]
    document: int | None = None
    page: int | None = None
    row: int | None = None
    innocent: bool = False
    note: str = ""
    also: tuple[TruthPlace, ...] = ()

    @property
    def places(self) -> tuple[TruthPlace, ...]:
        return (TruthPlace(document=self.document, page=self.page, row=self.row), *self.also)


class Truth(Model):
    seed: int
    categories: tuple[str, ...]
    stage: str
    applicant: str
    uscc: str
    files: tuple[TruthFile, ...]
    documents: tuple[TruthDocument, ...]
    defects: tuple[TruthDefect, ...] = ()

    def write(self, path: Path) -> None:
        """Writes the truth as JSON, always with the same bytes for the same truth."""
        path.write_text(self.model_dump_json(indent=1, exclude_none=True) + "\n", encoding="utf-8")


def read_truth(path: Path) -> Truth:
    """The truth that lies at ``path``."""
    return Truth.model_validate_json(path.read_text(encoding="utf-8"))
