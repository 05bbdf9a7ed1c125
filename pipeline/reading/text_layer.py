"""The text a page carries beside its pixels, and whether it may be believed.

A layer is believed only when it is what a person sees: drawn visibly, on the page, with known characters, and when the page
is not mainly a picture. An OCR layer laid under a scan is somebody else's reading and no evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FileProblem
from pipeline.intake.limits import Limits
from pipeline.intake.problems import PageProblem, page_problem
from pipeline.model import Line, Media
from pipeline.reading.glyphs import lines_of
from pipeline.reading.ofd_text import ofd_glyphs
from pipeline.reading.pdf_text import PdfText, pdf_glyphs
from pipeline.reading.pdfdoc import open_page, open_pdf

_BAD_SHARE = 0.02
_HIDDEN_SHARE = 0.02
_INVISIBLE_SHARE = 0.05
_OUTSIDE_SHARE = 0.5
_PICTURE_SHARE = 0.15
"""Of the page, covered by opaque pictures of more than a logo's size: what they show is in no text layer."""
_MM_POINT = 72 / 25.4


@dataclass(frozen=True)
class TextLayer:
    """``lines``: boxes are fractions of the page after /Rotate and crop, origin top left; text as on paper (full-width
    stays). ``why`` is a clerk's sentence when not ``trusted``, else empty. ``width`` and ``height`` are points of the shown
    page, ``mm`` its size."""

    lines: tuple[Line, ...]
    trusted: bool
    why: str
    width: float
    height: float
    mm: tuple[float, float] | None


def text_layer(path: Path, media: Media, index: int, limits: Limits) -> TextLayer:
    """The text layer of page ``index``. Images have none: an untrusted, empty layer of size 0.

    Raises PageProblem: ``page_missing``, ``page_too_large``, ``page_unrendered``, ``broken_pdf``, ``broken_ofd``,
    ``encrypted``, ``no_pages``."""
    if media == "pdf":
        with open_pdf(path) as opened, open_page(opened, index) as (page, frame):
            found = pdf_glyphs(opened, page, frame, limits)
        why = _doubt(found, limits)
        lines = lines_of(found.glyphs, frame.width, frame.height)
        return TextLayer(lines, not why, why, frame.width, frame.height, frame.mm)
    if media == "ofd":
        return _ofd(path, index, limits)
    if media == "image":
        return TextLayer((), False, "图片没有文字层。", 0.0, 0.0, None)
    raise page_problem("no_pages")


def _doubt(found: PdfText, limits: Limits) -> str:
    """Why the layer is not to be believed; empty when it is. The first reason that a person would name."""
    total = found.total
    if total == 0:
        return "页面没有文字层。"
    if total > limits.text_chars:
        return "页面文字层异常庞大，以页面图像为准。"
    if found.invisible > _INVISIBLE_SHARE * total or (found.invisible and found.pictures >= _PICTURE_SHARE):
        return "扫描件自带识别文字层，不作为依据。"
    if found.pictures >= _PICTURE_SHARE:
        return "页面主要内容是图像，以图像识别为准。"
    if found.bad > _BAD_SHARE * total:
        return "文字层编码异常，部分文字无法还原，以页面图像为准。"
    if found.outside > _OUTSIDE_SHARE * total:
        return "文字层大部分在可见页面以外，以页面图像为准。"
    if found.covered > 1:
        return "有文字被图片或色块遮盖，以页面图像为准。"
    if found.pale > _HIDDEN_SHARE * total:
        return "有与底色相同或透明的文字，以页面图像为准。"
    if found.annotated:
        return "页面上有批注或表单文字，不在文字层内，以页面图像为准。"
    if not found.glyphs:
        return "页面没有可见的文字。"
    return ""


def _ofd(path: Path, index: int, limits: Limits) -> TextLayer:
    try:
        glyphs, (width, height) = ofd_glyphs(path, index, limits)
    except PageProblem:
        raise
    except FileProblem as error:
        raise PageProblem(error.code, error.message, error.next_step) from error
    lines = lines_of(glyphs, width * _MM_POINT, height * _MM_POINT)
    why = "" if lines else "OFD 页面没有文字。"
    return TextLayer(lines, bool(lines), why, width * _MM_POINT, height * _MM_POINT, (width, height))
