"""Where seals may be: every edge pixel votes, along its normal, for the one centre it would have on a seal of known size
(generalised Hough transform with edge direction; SEALS.md section 5.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.seals.ellipse import Ellipse
from pipeline.reading.seals.ink import Floats, Map

WORKING_DPI = 100.0
MM = WORKING_DPI / 25.4
"""Pixels per millimetre at the working scale."""
EDGE_BLUR = 1.2
CELL = 2
"""Pixels per accumulator cell."""
PEAK_BLUR = 1.6
VOTE_FLOOR = 0.18
VOTE_SCALE = 20.0
"""Votes are counted per perimeter pixel × 20, which makes a perfect outline about 1.25 after the blur; .18 is one seventh."""
PEAK_APART_MM = 4.0
MIN_EDGES = 60


@dataclass(frozen=True)
class Form:
    """Half axes in millimetres and tilt in degrees of a seal's outline."""

    a: float
    b: float
    tilt: float = 0.0


ROUND_FORMS = tuple(Form(d / 2, d / 2) for d in (36, 37.5, 39, 40.5, 42, 44, 46))
"""Company seals 38–45 mm (国发〔1999〕25号: enterprises ≤ 45 mm in use), with scanner error."""
RARE_ROUND_FORMS = (Form(15, 15), Form(29, 29))
"""30 mm small seals and the 58 mm 合同章 (SEALS.md section 5.3)."""
OVAL_FORMS = tuple(Form(20 * s, 15 * s, float(t)) for s in (0.95, 1.0, 1.05) for t in range(-90, 90, 8))
"""发票专用章 40 × 30 mm (税务总局公告2011年第7号), any tilt."""
LONG_OVAL_FORMS = tuple(Form(22.5, 15, float(t)) for t in range(-88, 92, 8))
"""45 × 30 mm 公章 of foreign-invested companies."""
PRINTED_FORMS = (Form(15, 10, -4.0), Form(15, 10, 4.0))
"""发票监制章 30 × 20 mm: printed with the form, so never far from level."""


@dataclass(frozen=True)
class EdgeField:
    """Gradients of an ink map. They point towards the ink: inwards on a seal's outer edge."""

    ink: Map
    gx: Floats
    gy: Floats
    threshold: float

    @classmethod
    def of(cls, ink: Map, threshold: float) -> EdgeField:
        soft = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), EDGE_BLUR)
        gx = np.asarray(cv2.Scharr(soft, -1, 1, 0), dtype=np.float32) / np.float32(16)
        gy = np.asarray(cv2.Scharr(soft, -1, 0, 1), dtype=np.float32) / np.float32(16)
        return cls(ink, gx, gy, threshold)


@dataclass(frozen=True)
class EdgePoints:
    """Thinned edges: pixel coordinates and unit gradients, each of shape (n,)."""

    x: npt.NDArray[np.float32]
    y: npt.NDArray[np.float32]
    nx: npt.NDArray[np.float32]
    ny: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.x)

    def where_x_above(self, limit: float) -> EdgePoints:
        keep = self.x > limit
        return EdgePoints(self.x[keep], self.y[keep], self.nx[keep], self.ny[keep])


@dataclass(frozen=True)
class Vote:
    strength: float
    outline: Ellipse


def edge_points(field: EdgeField) -> EdgePoints:
    """Pixels whose gradient is a maximum across the edge (non-maximum suppression in eight directions)."""
    magnitude = np.hypot(field.gx, field.gy)
    ys, xs = np.nonzero(magnitude[1:-1, 1:-1] > field.threshold)
    ys, xs = ys + 1, xs + 1
    strength = magnitude[ys, xs]
    nx, ny = field.gx[ys, xs] / strength, field.gy[ys, xs] / strength
    dx, dy = np.rint(nx).astype(np.intp), np.rint(ny).astype(np.intp)
    keep = (strength >= magnitude[ys + dy, xs + dx]) & (strength > magnitude[ys - dy, xs - dx])
    return EdgePoints(xs[keep].astype(np.float32), ys[keep].astype(np.float32), nx[keep], ny[keep])


def vote(points: EdgePoints, shape: tuple[int, int], forms: tuple[Form, ...], peaks: int) -> list[Vote]:
    """The strongest ``peaks`` centres of every form, strongest first. ``shape`` is (height, width) of the map."""
    if len(points) < MIN_EDGES:
        return []
    height, width = shape[0] // CELL + 1, shape[1] // CELL + 1
    found: list[Vote] = []
    for form in forms:
        a, b = form.a * MM, form.b * MM
        c, s = math.cos(math.radians(form.tilt)), math.sin(math.radians(form.tilt))
        n1 = -(points.nx * c + points.ny * s)
        n2 = points.nx * s - points.ny * c
        q = 1 / np.sqrt(a * a * n1 * n1 + b * b * n2 * n2)
        px, py = a * a * n1 * q, b * b * n2 * q
        col = np.floor((points.x - (px * c - py * s)) / CELL).astype(np.intp)
        row = np.floor((points.y - (px * s + py * c)) / CELL).astype(np.intp)
        inside = (col >= 0) & (col < width) & (row >= 0) & (row < height)
        counts = np.bincount(row[inside] * width + col[inside], minlength=height * width)
        perimeter = math.pi * (3 * (a + b) - math.sqrt((3 * a + b) * (a + 3 * b)))
        grid = cv2.GaussianBlur(counts.reshape(height, width).astype(np.float32), (0, 0), PEAK_BLUR)
        for _ in range(peaks):
            _, top, _, (x, y) = cv2.minMaxLoc(grid)
            strength = top / perimeter * VOTE_SCALE
            if strength < VOTE_FLOOR:
                break
            centre = (x * CELL + CELL / 2, y * CELL + CELL / 2)
            found.append(Vote(strength, Ellipse(centre[0], centre[1], a, b, form.tilt)))
            cv2.circle(grid, (int(x), int(y)), int(PEAK_APART_MM * MM / CELL), 0.0, -1)
    found.sort(key=lambda v: -v.strength)
    return found
