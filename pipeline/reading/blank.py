"""Does a page carry ink? Judged on pixels alone; the reader adds that a page with text or a seal is never blank.

Guarded against: grain of the scanner, shadows along the edges, punched holes and staples, folds, print shining through.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model.base import Box, clamp_box
from pipeline.reading.engine import Image

_WIDTH = 700
"""Working width in pixels: about 85 dpi on A4; strokes of print stay 1-2 px wide."""
_MARGIN = 0.03
"""Share of each side left out: shadows of the lid and of the neighbouring page."""
_FRAME = 0.06
"""Shadows that reach further in than this are looked at."""
_CONTRAST = 55
"""Grey levels below the paper. Chosen on made-up pages, not fitted to real backs: print shining through must stay below it."""
_SPECK = 3
_FEW_MARKS = 4
_LITTLE_INK = 0.0002


def ink_share(image: Image) -> float:
    """Share of the page, between 0 and 1, covered by marks that can be writing; see :func:`looks_blank`."""
    marks, size = _marks(image)
    return sum(marks) / size


def looks_blank(image: Image) -> bool:
    """Whether nothing on the page can be writing. BGR or grey uint8."""
    marks, size = _marks(image)
    return len(marks) <= _FEW_MARKS and sum(marks) / size < _LITTLE_INK


def ink_boxes(image: Image, most: int = 6) -> list[Box]:
    """Where a nearly empty page carries ink: boxes around groups of marks, fractions of ``image``, from top to bottom.

    Empty when there are more than ``most`` groups: the page is not nearly empty then.
    """
    boxes, rows, columns = _mark_boxes(image)
    mask = np.zeros((rows, columns), np.uint8)
    for x, y, w, h, _ in boxes:
        mask[y : y + h, x : x + w] = 1
    near = np.ones((max(3, columns // 60), max(3, columns // 20)), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, near))
    if count - 1 > most:
        return []
    groups = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]
    return sorted(
        (clamp_box(x / columns, y / rows, (x + w) / columns, (y + h) / rows) for x, y, w, h in groups), key=lambda b: b[1]
    )


def _marks(image: Image) -> tuple[list[float], float]:
    """Areas of the marks left after the guards, and the area of the page, in working pixels."""
    boxes, rows, columns = _mark_boxes(image)
    return [float(area) for *_, area in boxes], float(rows * columns)


def _mark_boxes(image: Image) -> tuple[list[tuple[int, int, int, int, int]], int, int]:
    """Marks left after the guards as ``(x, y, w, h, area)``, and the rows and columns of the working picture."""
    height, width = image.shape[:2]
    scale = _WIDTH / max(1, min(width, height))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    shrunk = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    # The darkest channel sees ink of any colour.
    small = shrunk if shrunk.ndim == 2 else cv2.min(cv2.min(shrunk[..., 0], shrunk[..., 1]), shrunk[..., 2])
    paper = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (31, 31))
    ink = (cv2.subtract(paper, small) > _CONTRAST).astype(np.uint8)
    # Solid dark areas swallow the closing and look like paper: on a page they are holes, shadows or pictures.
    dark = (small < 0.5 * float(np.median(small))).astype(np.uint8)
    ink |= dark
    rows, columns = ink.shape
    dy, dx = round(rows * _MARGIN), round(columns * _MARGIN)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    ey, ex = round(rows * _FRAME), round(columns * _FRAME)
    inner = np.bincount(labels[ey : rows - ey, ex : columns - ex].ravel(), minlength=count)
    kept: list[tuple[int, int, int, int, int]] = []
    for i in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[i])
        cx, cy = float(centres[i][0]), float(centres[i][1])
        if area <= _SPECK:
            continue
        if not (dx <= cx < columns - dx and dy <= cy < rows - dy):
            continue
        touching = x <= 2 or y <= 2 or x + w >= columns - 2 or y + h >= rows - 2
        if touching and inner[i] < 0.1 * area:
            continue  # a shadow along the edges, or the table beyond the paper
        if _hole(x, y, w, h, area, columns, rows):
            continue
        kept.append((x, y, w, h, area))
    return kept, rows, columns


def _hole(x: int, y: int, w: int, h: int, area: int, columns: int, rows: int) -> bool:
    """A filled disc of 4-9 mm close to an edge (ISO 838: 6 mm holes, 12 mm from the edge)."""
    short = min(columns, rows)
    if not (0.015 * short <= max(w, h) <= 0.05 * short and max(w, h) <= 1.5 * min(w, h) and area > 0.55 * w * h):
        return False
    edge = min(x, y, columns - x - w, rows - y - h)
    return edge < 0.1 * short
