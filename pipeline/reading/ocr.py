"""Pixels to lines of text: PP-OCRv6 small on bare onnxruntime.

One affine crop straight from the page to 48 pixels height, no rectification in between ("lean", OCR.md, 1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from pipeline.model.base import Quad, clamp_box
from pipeline.model.reading import Line
from pipeline.reading.detector import Detector
from pipeline.reading.engine import Floats, Image, pixels
from pipeline.reading.strips import HEIGHT, Said, StripReader

_KEEP = 0.4
"""Lines of lower mean confidence are specks, signatures and seal rings read as text."""
_VERTICAL = 1.5
"""Height by width from which a box counts as a column of text."""
_SURE_COLUMN = 0.9
_MAX_STRIP = 4096


class Recogniser:
    """The loaded models. Not thread-safe in its speed, but in its answers: sessions hold no state between calls.

    Raises:
        ModelError: a model is missing or broken.
    """

    def __init__(self, threads: int = 1) -> None:
        self._detector = Detector(threads)
        self._strips = StripReader(threads)

    def read(self, image: Image, dpi: float | None = None) -> list[Line]:
        """All lines of a page, BGR or grey ``(height, width[, 3])`` uint8, in reading order; boxes are fractions of ``image``.

        ``dpi`` lets small print on large or dense pages be found; without it the pixel count decides.
        """
        image = as_bgr(image)
        quads = self._detector.find(image, dpi)
        return self.read_quads(image, in_reading_order(quads))

    def read_quads(self, image: Image, quads: Sequence[Floats]) -> list[Line]:
        """The lines inside given quads (pixels, clockwise from the top left); unreadable ones are left out, the order is kept."""
        image = as_bgr(image)
        # Columns are read turned to the left, which suits stacked characters and text running downwards alike.
        turned = [quad[[1, 2, 3, 0]] if is_vertical(quad) else quad for quad in quads]
        answers = self._strips.read([cut_strip(image, quad) for quad in turned])
        lines: list[Line] = []
        for quad, corners, said in zip(quads, turned, answers, strict=True):
            column = is_vertical(quad)
            if column and said.confidence < _SURE_COLUMN:
                corners, said = self._column(image, quad, said)
            if said.text and said.confidence >= _KEEP:
                lines.append(_line(corners, said, image.shape[1], image.shape[0], not column))
        return lines

    def find(self, image: Image, dpi: float | None = None) -> list[Floats]:
        """Only where text stands: quads in pixels, in reading order."""
        return in_reading_order(self._detector.find(as_bgr(image), dpi))

    def strip(self, image: Image) -> tuple[str, float, tuple[float, ...]]:
        """One ready-made strip of text: ``(text, confidence, marks)``, marks as in :class:`Line`."""
        return self.strips([image])[0]

    def strips(self, images: Sequence[Image]) -> list[tuple[str, float, tuple[float, ...]]]:
        """Many strips at once; cheaper than one by one."""
        return [(said.text, said.confidence, said.marks) for said in self._strips.read(images)]

    def _column(self, image: Image, quad: Floats, left: Said) -> tuple[Floats, Said]:
        """A doubtful column may run upwards or stand in upright cells. The best reading wins, with its corners."""
        left_turn, right_turn = quad[[1, 2, 3, 0]], quad[[3, 0, 1, 2]]
        strips = [cut_strip(image, right_turn)]
        cells = stacked(image, quad)
        if cells is not None:
            strips.append(cells)
        said = [left, *self._strips.read(strips)]
        best = max(range(len(said)), key=lambda i: said[i].confidence * min(4, len(said[i].text)))
        return (right_turn if best == 1 else left_turn), said[best]


def as_bgr(image: Image) -> Image:
    """Three channels; grey is repeated, alpha dropped."""
    if image.ndim == 2:
        return np.repeat(image[..., None], 3, axis=2)
    return image if image.shape[2] == 3 else np.ascontiguousarray(image[..., :3])


def sides(quad: Floats) -> tuple[float, float]:
    """Width and height of a quad in pixels."""
    width = max(float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[2] - quad[3])))
    height = max(float(np.linalg.norm(quad[0] - quad[3])), float(np.linalg.norm(quad[1] - quad[2])))
    return max(1.0, width), max(1.0, height)


def is_vertical(quad: Floats) -> bool:
    """Whether a quad is a column rather than a row."""
    width, height = sides(quad)
    return height / width >= _VERTICAL


def cut_strip(image: Image, quad: Floats) -> Image:
    """The quad as a strip of 48 px height; the first corner becomes the top left."""
    width, height = sides(quad)
    to_width = min(_MAX_STRIP, max(16, math.ceil(HEIGHT * width / height)))
    source, corners = image, quad[[0, 1, 3]].astype(np.float32)
    if height > 2 * HEIGHT:  # warpAffine samples; shrink by area first, else thin strokes break up
        x0, y0 = np.maximum(0, np.floor(quad.min(0)).astype(int) - 2)
        x1, y1 = np.ceil(quad.max(0)).astype(int) + 3
        part = image[y0:y1, x0:x1]
        if part.size:
            shrink = 1.2 * HEIGHT / height
            size = max(1, round(part.shape[1] * shrink)), max(1, round(part.shape[0] * shrink))
            source = pixels(cv2.resize(part, size, interpolation=cv2.INTER_AREA))
            factor = np.array([size[0] / part.shape[1], size[1] / part.shape[0]], np.float32)
            corners = ((corners - np.array([x0, y0], np.float32)) * factor).astype(np.float32)
    turn = cv2.getAffineTransform(corners, np.array([[0, 0], [to_width, 0], [0, HEIGHT]], np.float32))
    return pixels(cv2.warpAffine(source, turn, (to_width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def stacked(image: Image, quad: Floats) -> Image | None:
    """Characters standing one below the other, laid side by side; ``None`` when the column is too short to tell."""
    width, height = sides(quad)
    cells = round(height / (width * 0.8))  # detection grows boxes to about 1.25 of the character
    if cells < 2:
        return None
    tall = max(HEIGHT, math.ceil(HEIGHT * height / width))
    target = np.array([[0, 0], [HEIGHT, 0], [0, tall]], np.float32)
    column = cv2.warpAffine(
        image, cv2.getAffineTransform(quad[[0, 1, 3]].astype(np.float32), target), (HEIGHT, tall),
        flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    dark = (255 - cv2.cvtColor(column, cv2.COLOR_BGR2GRAY)).astype(np.float32)
    profile = (dark - float(np.median(dark))).clip(0).sum(1)
    step = tall / cells
    cuts = [0]
    for i in range(1, cells):  # cut where the least ink is, near the even share
        low, high = round((i - 0.25) * step), round((i + 0.25) * step)
        cuts.append(low + int(np.argmin(profile[low:high])) if high > low else round(i * step))
    cuts.append(tall)
    tiles = [column[a:b] for a, b in pairwise(cuts) if b - a > 4]
    if not tiles:
        return None
    return pixels(np.hstack([cv2.resize(tile, (HEIGHT, HEIGHT), interpolation=cv2.INTER_AREA) for tile in tiles]))


def skew_of(quads: Sequence[Floats]) -> float:
    """The page's tilt in radians: the median of its longer lines, 0 when there are too few."""
    tilts = [
        math.atan2(float(q[1][1] - q[0][1]), float(q[1][0] - q[0][0])) for q in quads if sides(q)[0] > 4 * sides(q)[1]
    ]
    return float(np.median(tilts)) if len(tilts) >= 3 else 0.0


def in_reading_order(quads: Sequence[Floats]) -> list[Floats]:
    """The quads row by row, each from left to right, along the page's tilt."""
    return [quads[i] for i in reading_order(quads)]


def reading_order(quads: Sequence[Floats]) -> list[int]:
    """Indexes of ``quads`` (pixels) in reading order. A column of text counts as standing where it begins."""
    tilt = skew_of(quads)
    cos, sin = math.cos(tilt), math.sin(tilt)
    placed: list[tuple[int, float, float, float]] = []  # index, along, across, height
    for i, quad in enumerate(quads):
        width, height = sides(quad)
        x, y = (float(v) for v in quad.mean(0))
        if is_vertical(quad):
            height = width
            x, y = (float(v) for v in quad[:2].mean(0))
            y += height / 2
        placed.append((i, x * cos + y * sin, y * cos - x * sin, height))
    placed.sort(key=lambda p: p[2])
    rows: list[list[tuple[int, float, float, float]]] = []
    for item in placed:
        if rows:
            row = rows[-1]
            across = sum(p[2] for p in row) / len(row)
            height = sum(p[3] for p in row) / len(row)
            if abs(item[2] - across) < 0.5 * min(height, item[3]) + 0.05 * max(height, item[3]):
                row.append(item)
                continue
        rows.append([item])
    return [p[0] for row in rows for p in sorted(row, key=lambda p: p[1])]


def _line(quad: Floats, said: Said, width: int, height: int, upright: bool) -> Line:
    size = np.array([width, height], np.float32)
    corners = np.clip(quad / size, 0.0, 1.0)
    x0, y0 = corners.min(0).tolist()
    x1, y1 = corners.max(0).tolist()
    tilted = not upright or abs(float(quad[1][1] - quad[0][1])) > 0.02 * sides(quad)[0]
    points = [(round(float(x), 5), round(float(y), 5)) for x, y in corners]
    outline: Quad | None = (points[0], points[1], points[2], points[3]) if tilted else None
    return Line(
        text=said.text,
        box=clamp_box(round(x0, 5), round(y0, 5), round(x1, 5), round(y1, 5)),
        confidence=round(said.confidence, 4),
        source="ocr",
        marks=tuple(round(m, 4) for m in said.marks) if upright else (),
        quad=outline,
    )
