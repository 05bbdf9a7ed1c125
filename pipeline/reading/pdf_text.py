"""Characters of a PDF page with their places and everything that speaks against believing them."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as c

from pipeline.intake.limits import Limits
from pipeline.reading.glyphs import Direction, Glyph
from pipeline.reading.pdfdoc import Frame, OpenPdf

_INVISIBLE_MODES = frozenset({3, 7})
"""Text render modes that paint nothing (PDF 1.7, table 106)."""
_MAX_OBJECTS = 5_000
_LOGO = 0.05
"""Pictures smaller than this share of the page are logos and QR codes, no content of their own."""
_PALE = 250
_TEXT_FIELDS = frozenset({c.FPDF_FORMFIELD_TEXTFIELD, c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX})

Rect = tuple[float, float, float, float]


@dataclass
class PdfText:
    """``glyphs`` are what a person can see. The counts are of characters that are not spaces; ``pictures`` is the share of
    the page under opaque pictures, ``annotated`` whether text stands in annotations or form fields."""

    glyphs: list[Glyph] = field(default_factory=list)
    total: int = 0
    bad: int = 0
    outside: int = 0
    invisible: int = 0
    covered: int = 0
    pale: int = 0
    pictures: float = 0.0
    annotated: bool = False


@dataclass(frozen=True)
class _Object:
    """What is asked of a text object once for all its characters."""

    number: int
    mode: int
    pale: bool
    order: int | None
    """Place in the painting order of the page, when it stands there directly."""


def pdf_glyphs(opened: OpenPdf, page: Any, frame: Frame, limits: Limits) -> PdfText:
    """All characters of ``page``; reading stops one past ``limits.text_chars``. Raises pdfium.PdfiumError on broken pages."""
    found = PdfText(annotated=_has_written_notes(opened, page))
    order, covers = _painting_order(page, frame, found)
    textpage = page.get_textpage()
    try:
        _collect(textpage, frame, limits, found, order, covers)
    finally:
        textpage.close()
    return found


def _collect(
    textpage: Any, frame: Frame, limits: Limits, found: PdfText, order: dict[int, int], covers: list[tuple[int, Rect]]
) -> None:
    objects: dict[int, _Object] = {}
    hidden: list[Glyph] = []
    high = 0
    for index in range(min(c.FPDFText_CountChars(textpage), 4 * limits.text_chars)):
        if c.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = c.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code <= 0xDBFF:  # UTF-16 in disguise: the first half waits for the second
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        thing = _object(textpage, index, objects, order)
        glyph = _glyph(textpage, index, code, frame, thing.number)
        if glyph is None:
            continue
        if not glyph.text.strip():
            found.glyphs.append(glyph)
            continue
        found.total += 1
        if found.total > limits.text_chars:
            return
        found.bad += _is_bad(code) or c.FPDFText_HasUnicodeMapError(textpage, index) == 1
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        if not (0 <= x <= frame.width and 0 <= y <= frame.height):
            found.outside += 1
        elif thing.mode in _INVISIBLE_MODES:
            found.invisible += 1
            hidden.append(glyph)
        elif thing.pale or glyph.em < 1:
            found.pale += 1
        elif thing.order is not None and any(o > thing.order and r[0] <= x <= r[2] and r[1] <= y <= r[3] for o, r in covers):
            found.covered += 1
        else:
            found.glyphs.append(glyph)
    if found.invisible * 2 > found.total:  # an OCR layer is worth showing, though not believing
        found.glyphs.extend(hidden)


def _object(textpage: Any, index: int, known: dict[int, _Object], order: dict[int, int]) -> _Object:
    pointer = c.FPDFText_GetTextObject(textpage, index)
    address = ctypes.cast(pointer, ctypes.c_void_p).value or 0
    if address not in known:
        mode, pale = 0, False
        if address:
            mode = c.FPDFTextObj_GetTextRenderMode(pointer)
            red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
            filled = mode in (0, 2, 4, 6)
            if filled and c.FPDFPageObj_GetFillColor(pointer, red, green, blue, alpha):
                pale = alpha.value < 8 or min(red.value, green.value, blue.value) >= _PALE
        known[address] = _Object(len(known), mode, pale, order.get(address))
    return known[address]


def _glyph(textpage: Any, index: int, code: int, frame: Frame, group: int) -> Glyph | None:
    """One character on the shown page, in points; None for what has no place."""
    text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    if code < 32 or code in (0x7F, 0xFEFF, 0x200B):
        if code in (9, 10, 13, 0xFEFF, 0x200B, 2):  # 2 is how PDFium marks a soft hyphen
            return None
        text = "\ufffd"
    loose = c.FS_RECTF()
    if not c.FPDFText_GetLooseCharBox(textpage, index, loose):
        return None
    ends = [frame.place(loose.left, loose.bottom), frame.place(loose.right, loose.top)]
    xs, ys = sorted(e[0] * frame.width for e in ends), sorted(e[1] * frame.height for e in ends)
    if not all(math.isfinite(v) for v in (*xs, *ys)):
        return None
    direction, em = _direction(textpage, index, frame)
    tall = (ys[1] - ys[0]) if direction in (0, 180) else (xs[1] - xs[0])
    if em <= 0:
        em = tall
    if tall > 2 * em or tall < 0.3 * em:  # fonts lie about their ascent: then the ink counts
        xs, ys = _ink(textpage, index, frame) or (xs, ys)
    return Glyph(text, xs[0], ys[0], xs[1], ys[1], em, direction, group)


def _ink(textpage: Any, index: int, frame: Frame) -> tuple[list[float], list[float]] | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
        return None
    ends = [frame.place(left.value, bottom.value), frame.place(right.value, top.value)]
    xs, ys = sorted(e[0] * frame.width for e in ends), sorted(e[1] * frame.height for e in ends)
    return (xs, ys) if all(math.isfinite(v) for v in (*xs, *ys)) else None


def _direction(textpage: Any, index: int, frame: Frame) -> tuple[Direction, float]:
    """Reading direction on the shown page, and the type size there in points."""
    matrix = c.FS_MATRIX()
    if not c.FPDFText_GetMatrix(textpage, index, matrix):
        return 0, 0.0
    angle = math.degrees(math.atan2(-matrix.b, matrix.a)) + frame.rotation  # PDF's y points up, the page's down
    direction: Direction = (0, 90, 180, 270)[round(angle / 90) % 4]
    size = c.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    return direction, size if math.isfinite(size) else 0.0


def _is_bad(code: int) -> bool:
    """No character that anybody writes: unmapped, private, non-character or control."""
    return (
        code == 0 or code == 0xFFFD or 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or 0xFDD0 <= code <= 0xFDEF
        or code & 0xFFFE == 0xFFFE or (code < 32 and code not in (9, 10, 13, 2)) or 0x7F <= code < 0xA0
    )  # fmt: skip


def _painting_order(page: Any, frame: Frame, found: PdfText) -> tuple[dict[int, int], list[tuple[int, Rect]]]:
    """Painting order of the page's own text objects by address, and what opaque things are painted when and where
    (shown page, points). Fills in ``found.pictures``."""
    order: dict[int, int] = {}
    covers: list[tuple[int, Rect]] = []
    for number, item in enumerate(page.get_objects(max_depth=4)):
        if number > _MAX_OBJECTS:
            break
        if item.type == c.FPDF_PAGEOBJ_TEXT and item.level == 0:
            order[ctypes.cast(item.raw, ctypes.c_void_p).value or 0] = number
        if item.type == c.FPDF_PAGEOBJ_IMAGE or (item.type == c.FPDF_PAGEOBJ_PATH and item.level == 0):
            rect = _opaque(item, frame)
            if rect is None:
                continue
            if item.type == c.FPDF_PAGEOBJ_IMAGE:
                shown_w = min(rect[2], frame.width) - max(rect[0], 0.0)
                shown_h = min(rect[3], frame.height) - max(rect[1], 0.0)
                share = max(0.0, shown_w) * max(0.0, shown_h) / (frame.width * frame.height)
                found.pictures += share if share >= _LOGO else 0.0
            if item.level == 0:
                covers.append((number, rect))
    first = min(order.values(), default=0)
    return order, [cover for cover in covers if cover[0] > first]


def _opaque(item: Any, frame: Frame) -> Rect | None:
    """Where an image or filled path hides what lies below; None when it lets it through. A seal's picture is transparent."""
    if c.FPDFPageObj_HasTransparency(item):
        return None
    if item.type == c.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        alpha = [ctypes.c_uint() for _ in range(4)]
        if not c.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == c.FPDF_FILLMODE_NONE:
            return None
        if not c.FPDFPageObj_GetFillColor(item, *alpha) or alpha[3].value < 250 or c.FPDFPath_CountSegments(item) > 6:
            return None
    left, bottom, right, top = item.get_bounds()
    corners = [(left, bottom), (right, bottom), (left, top), (right, top)]
    container = item.container
    for _ in range(6):
        if container is None:
            break
        matrix = container.get_matrix()
        corners = [matrix.on_point(x, y) for x, y in corners]
        container = container.container
    places = [frame.place(x, y) for x, y in corners]
    xs, ys = [p[0] * frame.width for p in places], [p[1] * frame.height for p in places]
    rect = (min(xs), min(ys), max(xs), max(ys))
    # Rules and underlines hide nothing.
    return rect if rect[2] - rect[0] > 3 and rect[3] - rect[1] > 3 else None


def _has_written_notes(opened: OpenPdf, page: Any) -> bool:
    """Free text and filled-in form fields are seen, but stand in no content stream. Seals as annotations do not matter."""
    form = opened.document.formenv
    for number in range(min(c.FPDFPage_GetAnnotCount(page), 1_000)):
        note = c.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        try:
            kind = c.FPDFAnnot_GetSubtype(note)
            if c.FPDFAnnot_GetFlags(note) & (c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW):
                continue
            if kind == c.FPDF_ANNOT_FREETEXT:
                return True
            is_field = kind == c.FPDF_ANNOT_WIDGET and form is not None
            if is_field and c.FPDFAnnot_GetFormFieldType(form, note) in _TEXT_FIELDS:
                filled_in: bool = c.FPDFAnnot_GetFormFieldValue(form, note, None, 0) > 2  # bytes of UTF-16, closing zero included
                if filled_in:
                    return True
        finally:
            c.FPDFPage_CloseAnnot(note)
    return False
