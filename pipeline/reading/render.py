"""A page → pixels, as a person sees it after /Rotate, crop box and EXIF, not yet turned upright.

The pixel budget is settled before anything is rasterised: one public PDF claims a page of 2 147 483 648 points.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as c
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pipeline.errors import FileProblem
from pipeline.intake.images import open_image, seek
from pipeline.intake.limits import Limits
from pipeline.intake.problems import PageProblem, page_problem
from pipeline.model import Media
from pipeline.reading.embedded import Placed, sole_image
from pipeline.reading.pdfdoc import Frame, open_page, open_pdf

Pixels = NDArray[np.uint8]

_MAX_MM = 1300.0
"""Longer than A0: a size nobody prints, so the file's scale is not believed."""
_A3_MM = 430.0
_SCREEN_DPIS = (72.0, 96.0, 120.0, 144.0, 168.0, 192.0)
"""What programs write that know nothing of the paper: screens at 75, 100, 125, 150, 175 and 200 %. No scanner uses them."""
_MANY_IMAGES = 5_000
_SAME_SIZE = 0.01


@dataclass(frozen=True)
class Raster:
    """``image`` is BGR, uint8, H×W×3. ``dpi`` and ``mm`` (width, height) are None when the scale is not known.
    ``embedded``: taken directly from the one image that makes up the page. ``notes`` are clerk's sentences."""

    image: Pixels
    dpi: float | None
    mm: tuple[float, float] | None
    embedded: bool
    notes: tuple[str, ...] = ()


def render(path: Path, media: Media, index: int, limits: Limits, dpi: float = 200) -> Raster:
    """Page ``index`` (from 0) as pixels at ``dpi``, or at less where the scan has less or the budget does not allow more.

    Raises PageProblem: ``no_raster`` for OFD, ``no_pages`` for media without pages, ``page_missing``, ``page_too_large``,
    ``page_unrendered``, ``broken_pdf``, ``broken_image``, ``image_too_large``, ``encrypted``."""
    if media == "pdf":
        return _pdf(path, index, limits, dpi)
    if media == "image":
        return _image(path, index, limits, dpi)
    raise page_problem("no_raster" if media == "ofd" else "no_pages")


# --- PDF --------------------------------------------------------------------------------------------------------------


def _pdf(path: Path, index: int, limits: Limits, dpi: float) -> Raster:
    with open_pdf(path) as opened, open_page(opened, index) as (page, frame):
        placed = None if opened.layers else sole_image(opened, index, page, frame, limits)
        if placed is not None:
            return _embedded(placed, frame, limits, dpi)
        _check_images(page, limits)
        dots = _affordable(frame, limits, dpi * frame.unit)
        if dots < limits.min_dpi * frame.unit:  # print in a corner of a page of miles would come out as a speck, or not at all
            raise page_problem("page_too_large", f"{frame.mm[0]:,.0f}×{frame.mm[1]:,.0f} 毫米")
        scale = dots / 72
        pixels = _bgr(page.render(scale=scale, may_draw_forms=True, draw_annots=True).to_numpy())
        notes = ("本页有未嵌入的中文字体，且本机没有可替代的字体，文字可能显示不全，请核对原件。",) if opened.fonts_missing else ()
    known = max(frame.mm) <= _MAX_MM
    return Raster(pixels, scale * 72 / frame.unit if known else None, frame.mm if known else None, False, notes)


def _affordable(frame: Frame, limits: Limits, dpi: float) -> float:
    """The dots per 72 points, at most ``dpi``, that keep the raster inside the pixel budget."""
    inches = frame.width * frame.height / 72 / 72
    return float(min(dpi, (limits.page_pixels / inches) ** 0.5, limits.image_side * 72 / max(frame.width, frame.height)))


def _check_images(page: Any, limits: Limits) -> None:
    """PDFium decodes each image whole before it scales it down: refuse those that would not fit into memory."""
    for count, item in enumerate(page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        width, height = item.get_px_size()
        if width * height > limits.image_pixels:
            raise page_problem("page_too_large", f"图片 {width}×{height} 像素")
        if count > _MANY_IMAGES:
            return


def _embedded(placed: Placed, frame: Frame, limits: Limits, dpi: float) -> Raster:
    """The scan itself on a white page, turned and cropped as the page shows it, in square pixels."""
    u0, v0, u1, v1 = placed.box
    image = placed.pixels
    height, width = image.shape[:2]
    own = max(width / (u1 - u0) / frame.width, height / (v1 - v0) / frame.height) * 72
    scale = _affordable(frame, limits, min(dpi * frame.unit, own)) / 72
    out_w, out_h = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    # The part of the image inside the page, in image pixels, and where it goes, in page pixels.
    x0, x1 = (round((max(0.0, u0) - u0) / (u1 - u0) * width), round((min(1.0, u1) - u0) / (u1 - u0) * width))
    y0, y1 = (round((max(0.0, v0) - v0) / (v1 - v0) * height), round((min(1.0, v1) - v0) / (v1 - v0) * height))
    left, right = round(max(0.0, u0) * out_w), round(min(1.0, u1) * out_w)
    top, bottom = round(max(0.0, v0) * out_h), round(min(1.0, v1) * out_h)
    part = np.ascontiguousarray(image[y0:y1, x0:x1])
    size = (max(1, right - left), max(1, bottom - top))
    whole = (left, top, size) == (0, 0, (out_w, out_h))
    if whole and abs(part.shape[1] - out_w) <= _SAME_SIZE * out_w and abs(part.shape[0] - out_h) <= _SAME_SIZE * out_h:
        out_w, out_h = size = (part.shape[1], part.shape[0])  # a pixel more or less: resampling would only blur, and cost most
        scale = out_w / frame.width
    elif (part.shape[1], part.shape[0]) != size:
        shrinks = size[0] <= part.shape[1] and size[1] <= part.shape[0]
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), dtype=np.uint8)
    pixels = _bgr(part)
    if (left, top, size) != (0, 0, (out_w, out_h)):
        sheet = np.full((out_h, out_w, 3), 255, dtype=np.uint8)
        sheet[top : top + size[1], left : left + size[0]] = pixels[: out_h - top, : out_w - left]
        pixels = sheet
    # A photo pasted at one pixel a point makes a page of a metre: the scale is an accident, not a size.
    accidental = max(frame.mm) > _A3_MM and any(abs(own / frame.unit - screen) < 1 for screen in _SCREEN_DPIS)
    if accidental or max(frame.mm) > _MAX_MM:
        return Raster(pixels, None, None, True)
    return Raster(pixels, scale * 72 / frame.unit, frame.mm, True)


def _bgr(pixels: NDArray[Any]) -> Pixels:
    """Grey, BGR or BGRx as contiguous BGR."""
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        grey = pixels if pixels.ndim == 2 else pixels[:, :, 0]
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(grey), cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    return np.array(pixels[:, :, :3], dtype=np.uint8, order="C")  # a copy: the bitmap behind it goes away


# --- images -----------------------------------------------------------------------------------------------------------


def _image(path: Path, index: int, limits: Limits, dpi: float) -> Raster:
    try:
        with open_image(path, limits) as image:
            if index and image.format != "TIFF":
                raise page_problem("page_missing")
            seek(image, index, limits)
            if image.format in ("JPEG", "MPO") and image.width * image.height > limits.page_pixels:
                image.draft(image.mode, (image.width // 2, image.height // 2))  # decode at half size, never whole
            declared = _declared_dpi(image)
            before = image.size
            image.load()
            turned = ImageOps.exif_transpose(image)
            if declared is not None and turned.size != before and turned.size == before[::-1]:
                declared = declared[::-1]
            pixels = _pillow_to_bgr(turned)
    except PageProblem:
        raise
    except FileProblem as error:
        raise PageProblem(error.code, error.message, error.next_step) from error
    return _scaled(pixels, declared, limits, dpi)


def _declared_dpi(image: Image.Image) -> tuple[float, float] | None:
    """(horizontal, vertical) dpi when the file says something believable about paper: scanners do, cameras and screens
    write 72 or 96, and the resulting sheet must be between a ticket and A0."""
    raw = image.info.get("dpi")
    try:
        across, down = (float(value) for value in raw or ())
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    if not (97 <= across <= 1300 and 97 <= down <= 1300) or any(abs(across - s) < 0.5 and abs(down - s) < 0.5 for s in _SCREEN_DPIS):
        return None
    size = (image.width / across * 25.4, image.height / down * 25.4)
    return (across, down) if max(size) <= _MAX_MM and min(size) >= 30 else None


def _pillow_to_bgr(image: Image.Image) -> Pixels:
    if image.mode.startswith("I") or image.mode == "F":  # 16-bit scans: Pillow's own conversion clips instead of scaling
        deep = np.asarray(image, dtype=np.float64)
        peak = 65535.0 if image.mode.startswith("I") else float(max(1.0, deep.max(initial=0.0)))
        return _bgr(np.clip(deep / peak * 255, 0, 255).astype(np.uint8))
    if "A" in image.mode or "transparency" in image.info:
        clear = image.convert("RGBA")
        sheet = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        image = Image.alpha_composite(sheet, clear)
    if image.mode in ("1", "L"):
        return _bgr(np.asarray(image.convert("L")))
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _scaled(pixels: Pixels, declared: tuple[float, float] | None, limits: Limits, dpi: float) -> Raster:
    """Square pixels (fax scans have 204×98 dpi), at most the requested dpi and at most the budget."""
    height, width = pixels.shape[:2]
    fx = fy = 1.0
    mm: tuple[float, float] | None = None
    final: float | None = None
    if declared is not None:
        mm = (width / declared[0] * 25.4, height / declared[1] * 25.4)
        final = min(dpi, max(declared))
        fx, fy = final / declared[0], final / declared[1]
    over = (width * fx * height * fy / limits.page_pixels) ** 0.5
    if over > 1:
        fx, fy, final = fx / over, fy / over, final / over if final else None
    size = (max(1, round(width * fx)), max(1, round(height * fy)))
    if size != (width, height):
        shrinks = size[0] <= width and size[1] <= height
        resized = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        pixels = np.asarray(resized, dtype=np.uint8)
    return Raster(pixels, final, mm, False)
