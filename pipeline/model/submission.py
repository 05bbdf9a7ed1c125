"""Files and pages of one submission, each accounted for."""

from __future__ import annotations

from typing import Literal

from pipeline.model.base import Model

FileRole = Literal["original", "second_copy", "list", "statistics", "ledger", "unknown"]
Media = Literal["pdf", "image", "ofd", "workbook", "csv", "xml", "archive", "folder", "unknown"]
Category = Literal["1", "2", "3", "4a", "4b", "5"]
Stage = Literal["prereview", "window", "audit"]


class Problem(Model):
    """Why a file or page could not be read. ``code`` is stable and English, ``message`` is a clerk's Chinese sentence
    that ends with what to do next."""

    code: str
    message: str


class Page(Model):
    """One page of a file (contract, ``files[].pages[]``). Label, rotation and the rest are filled after reading."""

    index: int
    content: str
    label: int | None = None
    label_text: str | None = None
    volume_label: int | None = None
    rotation: int = 0
    width: int = 0
    height: int = 0
    mm: tuple[float, float] | None = None
    blank: bool = False
    colour: Literal["colour", "grey", "bilevel", "digital"] = "colour"
    source: Literal["text", "ocr", "none"] = "none"
    document: str | None = None
    error: Problem | None = None


class SourceFile(Model):
    """A file as it came in. ``path`` is what people see (``材料.zip!/发票/a.pdf``); ``parent`` is the archive's id."""

    id: str
    path: str
    parent: str | None = None
    sha256: str = ""
    size: int = 0
    media: Media = "unknown"
    role: FileRole = "unknown"
    error: Problem | None = None
    pages: tuple[Page, ...] = ()


class Submission(Model):
    """Who applies for what."""

    id: str
    applicant: str | None = None
    uscc: str | None = None
    categories: tuple[Category, ...] = ()
    renewal: bool = False
    stage: Stage = "window"
