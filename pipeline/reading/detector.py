"""Where on the page stands text? Differentiable binarization (Liao et al., AAAI 2020) with the PP-OCRv6 small model.

Boxes are rotated rectangles in pixels of the given image. Big pages are looked at in tiles, so that small print keeps its size.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from pipeline.reading.engine import Floats, Image, Session
from pipeline.reading.models import model_path

_BINARY = 0.3
_BOX_SCORE = 0.5
_UNCLIP = 1.6
_MIN_SIDE = 3.0
_DETECTION_DPI = 110.0
"""A4 at 200 dpi is 2339 px high; 1280 px (109 dpi) is where the smallest print of invoices was still found (OCR.md, 1)."""
_BASE_SIDE = 1280
_MAX_SIDE = 1920
_MAX_TILES = 6
_OVERLAP = 160
_LONG = 2.2
"""Longest by shortest side from which a picture is a strip, not a sheet: till receipts, joined screenshots."""


class Detector:
    """Finds lines of text."""

    def __init__(self, threads: int = 1) -> None:
        self._session = Session(model_path("detection"), threads)

    def find(self, image: Image, dpi: float | None = None) -> list[Floats]:
        """Quads, each ``(4, 2)`` float32 pixels, clockwise from the top left corner.

        ``dpi`` decides how far the page may be shrunk; without it the pixel count does (2340 px or fewer count as one A4 page).
        """
        height, width = image.shape[:2]
        if height < 4 or width < 4:
            return []
        scale = detection_scale(width, height, dpi)
        tiles = _tiles(width, height, scale)
        if len(tiles) == 1:
            return self._find_in(image, scale)
        found: list[Floats] = []
        for x0, y0, x1, y1 in tiles:
            corner = np.array([x0, y0], np.float32)
            found.extend(quad + corner for quad in self._find_in(image[y0:y1, x0:x1], scale))
        return _without_doubles(found)

    def _find_in(self, image: Image, scale: float) -> list[Floats]:
        height, width = image.shape[:2]
        to_width = max(32, round(width * scale / 32) * 32)
        to_height = max(32, round(height * scale / 32) * 32)
        small = cv2.resize(image, (to_width, to_height), interpolation=cv2.INTER_AREA if scale < 0.6 else cv2.INTER_LINEAR)
        blob = np.ascontiguousarray((small.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[None])
        chance = self._session.run(blob)[0, 0]
        mask = cv2.dilate((chance > _BINARY).astype(np.uint8), np.ones((2, 2), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        factor = np.array([width / to_width, height / to_height], np.float32)
        quads: list[Floats] = []
        for contour in contours:
            quad = _quad(contour, chance)
            if quad is not None:
                quads.append(quad * factor)
        return quads


def detection_scale(width: int, height: int, dpi: float | None) -> float:
    """How far a page is shrunk (or, when tiny, enlarged) before detection."""
    longest = max(width, height)
    if dpi and dpi > 0:
        wanted = min(1.0, max(_DETECTION_DPI / dpi, _BASE_SIDE / longest))
    elif longest <= 2400:
        wanted = min(1.0, _BASE_SIDE / longest)
    else:
        wanted = _BASE_SIDE / 2340
        if longest < _LONG * min(width, height):
            # A sheet of unknown size, most likely one page photographed with many pixels: one look is enough.
            wanted = min(wanted, _MAX_SIDE / longest)
    if longest * wanted <= _MAX_SIDE:
        return wanted
    # More than one tile: bound the whole by the area of the allowed tiles.
    area = width * height * wanted * wanted
    limit = _MAX_TILES * (_MAX_SIDE - _OVERLAP) ** 2
    return wanted * min(1.0, math.sqrt(limit / area))


def _tiles(width: int, height: int, scale: float) -> list[tuple[int, int, int, int]]:
    if max(width, height) * scale <= _MAX_SIDE:
        return [(0, 0, width, height)]
    overlap = round(_OVERLAP / scale)

    def cuts(size: int) -> list[tuple[int, int]]:
        if size * scale <= _MAX_SIDE:
            return [(0, size)]
        count = math.ceil((size * scale - _OVERLAP) / (_MAX_SIDE - _OVERLAP))
        step = (size - overlap) / count
        return [(round(i * step), min(size, round(i * step + step + overlap))) for i in range(count)]

    return [(x0, y0, x1, y1) for y0, y1 in cuts(height) for x0, x1 in cuts(width)]


def _quad(contour: cv2.typing.MatLike, chance: Floats) -> Floats | None:
    if len(contour) < 3:
        return None
    (cx, cy), (a, b), angle = cv2.minAreaRect(contour)
    if min(a, b) < _MIN_SIDE:
        return None
    x0, y0, w, h = cv2.boundingRect(contour)
    inside = np.zeros((h, w), np.uint8)
    cv2.drawContours(inside, [contour], 0, 1, -1, offset=(-x0, -y0))
    if cv2.mean(chance[y0 : y0 + h, x0 : x0 + w], inside)[0] < _BOX_SCORE:
        return None
    # Detection learns shrunken text; grow the rectangle back by area / perimeter.
    grow = a * b * _UNCLIP / (2 * (a + b))
    return clockwise(np.asarray(cv2.boxPoints(((cx, cy), (a + 2 * grow, b + 2 * grow), angle)), np.float32))


def clockwise(corners: Floats) -> Floats:
    """Four corners ordered clockwise from the top left."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def _without_doubles(quads: list[Floats]) -> list[Floats]:
    """Lines seen in two tiles, whole or cut: the longer one stays."""

    def box(quad: Floats) -> tuple[float, float, float, float]:
        return float(quad[:, 0].min()), float(quad[:, 1].min()), float(quad[:, 0].max()), float(quad[:, 1].max())

    def area(b: tuple[float, float, float, float]) -> float:
        return max(0.0, b[2] - b[0]) * max(0.0, b[3] - b[1])

    kept: list[tuple[tuple[float, float, float, float], Floats]] = []
    for quad in sorted(quads, key=lambda q: -area(box(q))):
        b = box(quad)
        for other, _ in kept:
            shared = area((max(b[0], other[0]), max(b[1], other[1]), min(b[2], other[2]), min(b[3], other[3])))
            if shared > 0.6 * area(b):
                break
        else:
            kept.append((b, quad))
    return [quad for _, quad in kept]
