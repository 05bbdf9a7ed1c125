"""PDFs opened for reading, kept open between pages: opening a volume of 600 pages once per page would cost more than the
pages. PDFium is not thread-safe, so everything that touches it holds
:data:`pipeline.intake.pdfium.PDFIUM`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as c

from pipeline.intake.pdfium import PDFIUM
from pipeline.intake.problems import page_problem
from pipeline.reading.fonts import ensure_fonts, missed_fonts

_KEPT = 2
_POINT_MM = 25.4 / 72

_PIKEPDF_ERRORS = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OSError, OverflowError)

Point = tuple[float, float]


class OpenPdf:
    """A document open in PDFium, with what PDFium does not tell: user units, and whether there are layers."""

    def __init__(self, path: Path) -> None:
        ensure_fonts()
        self._missed = missed_fonts()
        try:
            self.document = pdfium.PdfDocument(path)
            # Before any page is loaded: seals are often annotations or signature fields, and are drawn by the form module.
            self.document.init_forms()
        except (pdfium.PdfiumError, OSError) as error:
            code = "encrypted" if getattr(error, "err_code", None) == c.FPDF_ERR_PASSWORD else "broken_pdf"
            raise page_problem(code) from error
        self._pikepdf = _second_reader(path)
        self.layers, self.units = _beyond_pdfium(self._pikepdf)

    def image_dictionary(self, index: int, width: int, height: int) -> Any | None:
        """The stream of the page's only image of that size, as the other reader sees it; None unless there is exactly one."""
        if self._pikepdf is None:
            return None
        try:
            images = self._pikepdf.pages[index].images
            found = [i for i in images.values() if (int(i.Width), int(i.Height)) == (width, height)]
            return found[0] if len(found) == 1 == len(images) else None
        except _PIKEPDF_ERRORS:
            return None

    @property
    def fonts_missing(self) -> bool:
        """Has this document asked for a Chinese font that nobody could give?"""
        return missed_fonts() > self._missed

    def close(self) -> None:
        self.document.close()
        if self._pikepdf is not None:
            self._pikepdf.close()


def _second_reader(path: Path) -> pikepdf.Pdf | None:
    try:
        return pikepdf.open(path)
    except _PIKEPDF_ERRORS:
        return None


def _beyond_pdfium(pdf: pikepdf.Pdf | None) -> tuple[bool, dict[int, float]]:
    """``(has optional content, user unit by page)``; pages with the usual unit 1 are left out. When in doubt: layers."""
    if pdf is None:
        return True, {}
    try:
        units: dict[int, float] = {}
        for index, page in enumerate(pdf.pages):
            unit = page.obj.get("/UserUnit")
            if unit is not None and 0.01 <= float(unit) <= 1000:
                units[index] = float(unit)
        return "/OCProperties" in pdf.Root, units
    except _PIKEPDF_ERRORS:
        return True, {}


_open: OrderedDict[tuple[str, int, int], OpenPdf] = OrderedDict()


@contextmanager
def open_pdf(path: Path) -> Iterator[OpenPdf]:
    """The document at ``path``, opened or found open, for the length of the ``with`` block, PDFium's lock held.

    Raises PageProblem ``broken_pdf``, ``encrypted`` or ``unreadable``."""
    with PDFIUM:
        try:
            state = path.stat()
        except OSError as error:
            raise page_problem("unreadable", "文件不存在或没有权限") from error
        key = (str(path.resolve()), state.st_mtime_ns, state.st_size)
        if key not in _open:
            _open[key] = OpenPdf(path)
        _open.move_to_end(key)
        while len(_open) > _KEPT:
            _open.popitem(last=False)[1].close()
        yield _open[key]


def close_all() -> None:
    """Close all kept documents (before their files are moved or deleted, and in tests)."""
    with PDFIUM:
        while _open:
            _open.popitem()[1].close()


@dataclass(frozen=True)
class Frame:
    """A page's geometry: what part of PDF space is shown (crop box within media box), and how it is turned. ``width`` and
    ``height`` are points after /Rotate; ``unit`` is the page's UserUnit."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    unit: float

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    @property
    def mm(self) -> tuple[float, float]:
        """Size on paper, after /Rotate."""
        return (self.width * self.unit * _POINT_MM, self.height * self.unit * _POINT_MM)

    def place(self, x: float, y: float) -> Point:
        """A point of PDF space as fractions of the shown page, origin top left, after /Rotate (PDF 1.7, 8.3 and 7.7.3.3)."""
        u, v = (x - self.left) / (self.right - self.left), (y - self.bottom) / (self.top - self.bottom)
        if self.rotation == 90:
            return (v, u)
        if self.rotation == 180:
            return (1 - u, v)
        if self.rotation == 270:
            return (1 - v, 1 - u)
        return (u, 1 - v)


@contextmanager
def open_page(opened: OpenPdf, index: int) -> Iterator[tuple[Any, Frame]]:
    """Page ``index`` and its frame. Raises PageProblem ``page_missing`` or ``page_too_large``."""
    try:
        page = opened.document[index]
    except (pdfium.PdfiumError, IndexError) as error:
        raise page_problem("page_missing") from error
    try:
        left, bottom, right, top = page.get_bbox()
        frame = Frame(left, bottom, right, top, page.get_rotation(), opened.units.get(index, 1.0))
        # Also false for NaN; a page of no size or of miles cannot be placed on paper.
        if not (0.5 < frame.width < 1e6 and 0.5 < frame.height < 1e6):
            raise page_problem("page_too_large", f"{frame.width:.0f}×{frame.height:.0f} 点")
        yield page, frame
    except pdfium.PdfiumError as error:
        raise page_problem("page_unrendered") from error
    finally:
        page.close()
