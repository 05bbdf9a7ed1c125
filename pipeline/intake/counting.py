"""Pages of every kind of file: how many, and what each one is."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from pipeline.errors import FileProblem
from pipeline.intake.content import PdfContents, image_content, ofd_content
from pipeline.intake.images import frame_count, open_image, seek
from pipeline.intake.limits import Limits
from pipeline.intake.ofd import Ofd
from pipeline.intake.pdfium import PDFIUM
from pipeline.intake.problems import file_problem, of_error, problem
from pipeline.model import Media, Page, Problem

_PDFIUM_PASSWORD = 4
"""FPDF_ERR_PASSWORD of fpdfview.h."""
_PIKEPDF_ERRORS = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Counted:
    """The pages of a file; ``problem`` may stand beside readable pages (a page count in doubt, a repaired file).
    ``repaired`` is a copy to read instead of the original, when only the copy opens."""

    pages: tuple[Page, ...] = ()
    problem: Problem | None = None
    repaired: Path | None = None


@dataclass
class _Clock:
    """Ends a file that takes too long; looked at between pages."""

    limits: Limits
    started: float = field(default_factory=time.monotonic)

    def over(self) -> bool:
        return time.monotonic() - self.started > self.limits.seconds_per_file


def count_pages(path: Path, media: Media, sha256: str, workspace: Path, limits: Limits, room: int) -> Counted:
    """The pages of a file; at most ``room`` more pages fit into this intake. Media without pages yield none.

    Raises FileProblem when nothing of the file can be read; the file itself is never changed."""
    cap = min(limits.pages_per_file, room)
    if media == "pdf":
        return _pdf(path, sha256, workspace, limits, cap)
    if media == "image":
        return _image(path, limits, cap)
    if media == "ofd":
        return _ofd(path, limits, cap)
    return Counted()


def _collect(keys: Iterator[Callable[[], str]], limits: Limits) -> Iterator[Page]:
    """One page per call; a page that cannot be identified carries its error, and so do all after the time is up."""
    clock = _Clock(limits)
    for index, key in enumerate(keys):
        if clock.over():
            yield Page(index=index, content="", error=problem("too_slow"))
            continue
        try:
            yield Page(index=index, content=key())
        except FileProblem as error:
            yield Page(index=index, content="", error=of_error(error))


def _capped(count: int, cap: int) -> tuple[int, Problem | None]:
    return (count, None) if count <= cap else (cap, problem("too_many_pages", f"共 {count} 页，上限 {cap} 页"))


def _pdfium_count(path: Path) -> int:
    """Page count by PDFium; raises FileProblem ``encrypted`` or ``broken_pdf``."""
    try:
        with PDFIUM, pdfium.PdfDocument(path) as document:
            return len(document)
    except pdfium.PdfiumError as error:
        raise file_problem("encrypted" if getattr(error, "err_code", None) == _PDFIUM_PASSWORD else "broken_pdf") from error


def _pdf(path: Path, sha256: str, workspace: Path, limits: Limits, cap: int) -> Counted:
    """PDFs are counted by two readers: on 3 of 4 755 public files they disagree, and the smaller count loses pages."""
    first: int | None = None
    broken: FileProblem | None = None
    try:
        first = _pdfium_count(path)
    except FileProblem as error:
        if error.code == "encrypted":
            raise
        broken = error
    try:
        with pikepdf.open(path) as pdf:
            second = len(pdf.pages)
            damaged = any("damaged" in str(w) or "reconstruct" in str(w) for w in pdf.get_warnings())
            repaired: Path | None = None
            if first is None:
                repaired, first = _repair(pdf, sha256, workspace)
            if not first and not second:
                raise file_problem("broken_pdf")
            return _pdf_pages(pdf, first, second, damaged, sha256, limits, cap, repaired)
    except pikepdf.PasswordError as error:
        raise file_problem("encrypted") from error
    except _PIKEPDF_ERRORS as error:
        if not first:
            raise broken or file_problem("broken_pdf") from error
    # Only PDFium opens it: pages are known by the file and their place in it.
    count, note = _capped(first, cap)
    pages = tuple(Page(index=i, content=_place(sha256, i)) for i in range(count))
    return Counted(pages, note or problem("damaged_pdf", str(first)))


def _pdf_pages(
    pdf: pikepdf.Pdf, first: int, second: int, damaged: bool, sha256: str, limits: Limits, cap: int, repaired: Path | None
) -> Counted:
    count, note = _capped(max(first, second), cap)
    contents = PdfContents(pdf, limits)

    def key(index: int) -> Callable[[], str]:
        def compute() -> str:
            if index >= first:
                raise file_problem("page_missing")
            if index >= second:
                return _place(sha256, index)
            try:
                return contents.key(index)
            except _PIKEPDF_ERRORS:
                return _place(sha256, index)

        return compute

    pages = tuple(_collect((key(i) for i in range(count)), limits))
    if note is None and first != second:
        note = problem("page_count_disagrees", f"{first} 页与 {second} 页")
    if note is None and (damaged or repaired is not None):
        note = problem("damaged_pdf", str(count))
    return Counted(pages, note, repaired)


def _repair(pdf: pikepdf.Pdf, sha256: str, workspace: Path) -> tuple[Path, int]:
    """A copy that PDFium opens too, with its page count there. Raises FileProblem when there is no such copy."""
    if not len(pdf.pages):
        raise file_problem("broken_pdf")
    target = workspace / "repaired" / f"{sha256[:32]}.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    pdf.save(target, static_id=True)
    return target, _pdfium_count(target)


def _place(sha256: str, index: int) -> str:
    """The key of a page whose content cannot be walked: the file and the place, so it is never taken for another."""
    return "h:" + hashlib.sha256(f"{sha256}#{index}".encode()).hexdigest()


def _image(path: Path, limits: Limits, cap: int) -> Counted:
    with open_image(path, limits) as image:
        count, note = _capped(frame_count(image, limits.pages_per_file), cap)

        def key(index: int) -> Callable[[], str]:
            def compute() -> str:
                try:
                    seek(image, index, limits)
                    return image_content(image)
                except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
                    raise file_problem("broken_image") from error

            return compute

        pages = tuple(_collect((key(i) for i in range(count)), limits))
    if len(pages) == 1 and pages[0].error is not None:
        note = pages[0].error
    return Counted(pages, note)


def _ofd(path: Path, limits: Limits, cap: int) -> Counted:
    with Ofd(path, limits) as ofd:
        found = ofd.pages()
        count, note = _capped(len(found), cap)
        pages = tuple(_collect((partial(ofd_content, ofd, page) for page in found[:count]), limits))
    return Counted(pages, note)
