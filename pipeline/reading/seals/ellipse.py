"""Ellipses in pixel coordinates: the outline of a round or oval seal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.seals.ink import Floats, Map

Array = npt.NDArray[np.float64]
PixelBox = tuple[float, float, float, float]

STEPS = 180
"""Perimeter samples: every 2°, 0.7 mm on a 40 mm seal, about one edge pixel in three at 100 dpi."""
ROUND_ASPECT = 1.18
_PHASE = np.linspace(0, 2 * np.pi, STEPS, endpoint=False)
_COS, _SIN = np.cos(_PHASE), np.sin(_PHASE)


@dataclass(frozen=True)
class Ellipse:
    """Centre and half axes in pixels (``a`` ≥ ``b``); ``tilt`` in degrees, clockwise on the screen."""

    cx: float
    cy: float
    a: float
    b: float
    tilt: float = 0.0

    @property
    def aspect(self) -> float:
        return self.a / self.b

    @property
    def box(self) -> PixelBox:
        c, s = self._turn
        half_w, half_h = math.hypot(self.a * c, self.b * s), math.hypot(self.a * s, self.b * c)
        return (self.cx - half_w, self.cy - half_h, self.cx + half_w, self.cy + half_h)

    @property
    def is_round(self) -> bool:
        """A circle, or one seen a little from the side; the flattest oval seal has 1.33."""
        return self.aspect < ROUND_ASPECT

    @property
    def _turn(self) -> tuple[float, float]:
        return math.cos(math.radians(self.tilt)), math.sin(math.radians(self.tilt))

    def perimeter(self, offsets: Array | None = None) -> tuple[Array, Array, Array, Array]:
        """``(x, y, nx, ny)``: points, shape (len(offsets), STEPS), moved outwards by each offset (pixels), and the unit
        outward normals, shape (STEPS,)."""
        c, s = self._turn
        nx, ny = _COS / self.a, _SIN / self.b
        length = np.hypot(nx, ny)
        nx, ny = nx / length, ny / length
        shift = np.zeros((1, 1)) if offsets is None else np.asarray(offsets, dtype=float)[:, None]
        x = self.a * _COS[None] + shift * nx[None]
        y = self.b * _SIN[None] + shift * ny[None]
        return self.cx + x * c - y * s, self.cy + x * s + y * c, nx * c - ny * s, nx * s + ny * c

    def rings(self, shares: Array) -> tuple[Array, Array]:
        """Points of concentric copies scaled by ``shares``: ``(x, y)``, shape (len(shares), STEPS)."""
        c, s = self._turn
        x, y = self.a * _COS[None] * shares[:, None], self.b * _SIN[None] * shares[:, None]
        return self.cx + x * c - y * s, self.cy + x * s + y * c

    def shrunk(self, pixels: float) -> Ellipse:
        return Ellipse(self.cx, self.cy, max(1.0, self.a - pixels), max(1.0, self.b - pixels), self.tilt)

    def at_scale(self, factor: float) -> Ellipse:
        """The same outline in an image resized by ``factor`` (pixel centres lie at .5)."""
        return Ellipse(
            (self.cx + 0.5) * factor - 0.5, (self.cy + 0.5) * factor - 0.5, self.a * factor, self.b * factor, self.tilt
        )

    def moved(self, dx: float, dy: float) -> Ellipse:
        return Ellipse(self.cx + dx, self.cy + dy, self.a, self.b, self.tilt)


def sample(values: Map | Floats, x: Array, y: Array) -> Floats:
    """Bilinear samples of ``values`` at points of any 2-D shape; outside the picture counts as 0."""
    picked = cv2.remap(
        values,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(0.0,),
    )
    return np.asarray(picked, dtype=np.float32)


def fit_circle(x: Array, y: Array) -> Ellipse | None:
    """Least squares circle (Kåsa), three rounds that drop points off the fit by more than 1.8 medians."""
    circle: Ellipse | None = None
    for _ in range(3):
        system = np.c_[x, y, np.ones(len(x))]
        solution = np.linalg.lstsq(system, x * x + y * y, rcond=None)[0]
        cx, cy = float(solution[0]) / 2, float(solution[1]) / 2
        radius = math.sqrt(max(1.0, float(solution[2]) + cx * cx + cy * cy))
        circle = Ellipse(cx, cy, radius, radius)
        distance = np.abs(np.hypot(x - cx, y - cy) - radius)
        good = distance < max(1.2, 1.8 * float(np.median(distance)))
        if good.sum() < 30:
            break
        x, y = x[good], y[good]
    return circle


def fit_oval(x: Array, y: Array) -> Ellipse | None:
    """Direct ellipse fit (OpenCV); None when the points do not carry one."""
    try:
        (cx, cy), (d1, d2), angle = cv2.fitEllipse(np.c_[x, y].astype(np.float32))
    except cv2.error:
        return None
    if not (math.isfinite(d1) and math.isfinite(d2)) or min(d1, d2) < 4:
        return None
    if d1 < d2:
        d1, d2, angle = d2, d1, angle + 90
    return Ellipse(cx, cy, d1 / 2, d2 / 2, ((angle + 90) % 180) - 90)


def overlap(p: PixelBox, q: PixelBox) -> float:
    """Intersection over union of two boxes."""
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    both = w * h
    return both / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - both + 1e-6)
