"""Square name seals (法定代表人名章 and the like), looked for in red ink only: in grey, table cells look the same."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.seals.ellipse import PixelBox, sample
from pipeline.reading.seals.ink import Map
from pipeline.reading.seals.voting import MM

CLOSINGS_MM = (0.9, 2.0, 3.2)
"""Closing sizes that join a broken frame with its characters, from fresh to faint ink."""
SIDE_MM = (14.0, 30.0)
MAX_ASPECT = 1.2
MIN_FILL = 0.82
"""A hull that fills less of its rectangle is no square."""
SIDE_SUPPORT, MEAN_SUPPORT = 0.5, 0.72
INK = 40
DENSITY = (0.06, 0.75)
"""Inside must be written on, but not be a filled logo."""


@dataclass(frozen=True)
class Square:
    """Corner points (4, 2) in pixels; ``score`` is the mean support of the four sides."""

    corners: npt.NDArray[np.float32]
    score: float
    tilt: float

    @property
    def box(self) -> PixelBox:
        (x0, y0), (x1, y1) = self.corners.min(axis=0), self.corners.max(axis=0)
        return (float(x0), float(y0), float(x1), float(y1))

    def at_scale(self, factor: float) -> Square:
        return Square((self.corners + np.float32(0.5)) * np.float32(factor) - np.float32(0.5), self.score, self.tilt)


def find_squares(red: Map) -> list[Square]:
    """Every square outline of seal size on a red ink map at the working scale; duplicates are left to the caller."""
    ink = (red > INK).astype(np.uint8)
    found: list[Square] = []
    for size in CLOSINGS_MM:
        k = int(size * MM) | 1
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((k, k), np.uint8))
        opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        for source in (closed, opened):
            contours, _ = cv2.findContours(source, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
            for contour in contours:
                if len(contour) < 4 * SIDE_MM[0]:
                    continue
                square = _square(red, ink, np.asarray(cv2.convexHull(contour), dtype=np.int32))
                if square is not None:
                    found.append(square)
    return found


def _square(red: Map, ink: npt.NDArray[np.uint8], hull: npt.NDArray[np.int32]) -> Square | None:
    (cx, cy), (w, h), angle = cv2.minAreaRect(hull)
    if min(w, h) < SIDE_MM[0] * MM or max(w, h) > SIDE_MM[1] * MM or max(w, h) / max(1.0, min(w, h)) > MAX_ASPECT:
        return None
    if cv2.contourArea(hull) / (w * h) < MIN_FILL:
        return None
    corners = np.asarray(cv2.boxPoints(((cx, cy), (w, h), angle)), dtype=np.float32)
    support = [_side(red, corners[i], corners[(i + 1) % 4], (cx, cy)) for i in range(4)]
    inner = cv2.boxPoints(((cx, cy), (w * 0.8, h * 0.8), angle))
    mask = np.zeros(red.shape, np.uint8)
    cv2.fillPoly(mask, [inner.astype(np.int32)], 1)
    density = float(ink[mask > 0].mean()) if mask.any() else 0.0
    if min(support) <= SIDE_SUPPORT or np.mean(support) <= MEAN_SUPPORT or not DENSITY[0] < density < DENSITY[1]:
        return None
    return Square(corners, float(np.mean(support)), float((angle + 45) % 90 - 45))


def _side(red: Map, p: npt.NDArray[np.float32], q: npt.NDArray[np.float32], centre: tuple[float, float]) -> float:
    """The share of a side, looked at from 2 pixels outside to 5 inside, that carries ink."""
    line = p + (q - p) * np.linspace(0.04, 0.96, 40)[:, None]
    inwards = np.array(centre) - line.mean(axis=0)
    inwards /= np.linalg.norm(inwards) + 1e-6
    offsets = np.arange(-2, 6, 1.0)[:, None]
    x, y = line[None, :, 0] + offsets * inwards[0], line[None, :, 1] + offsets * inwards[1]
    return float((sample(red, x, y) > INK).any(axis=0).mean())
