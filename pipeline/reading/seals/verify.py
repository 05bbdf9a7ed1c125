"""Does a voted outline stand on the page? Refit it to the ink, measure it, and accept or refuse (SEALS.md section 5.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from pipeline.reading.seals.ellipse import STEPS, Array, Ellipse, fit_circle, fit_oval, sample
from pipeline.reading.seals.voting import MM, EdgeField, Vote

Kind = Literal["red", "dark", "mid"]
"""Which ink map carried the outline."""

ALIGNED = 0.9
"""An edge supports the outline when its gradient lies within 26° of the normal (cos ≥ .9)."""
INNER_EDGES = (2.5, 4.0, 5.5)
"""Where the inner edge of the ring is looked for: 0.6, 1.0 and 1.4 mm inside the outer edge, in working pixels."""
RING_SHARES: Array = np.linspace(0.1, 1.15, 43)
MAX_DRIFT = 9.0
"""A refit may move the centre by 2.3 mm at most, else the vote was for something else."""
SLANTED, SLANTED_GAIN = (0.4, 0.93), 0.08
"""A circle supported this far is tried as a circle seen from the side, as on photographs; it must gain clearly."""
SETTLED = 0.45
"""A vote beside an outline supported this far is a duplicate of it."""
SAME_CENTRE_MM, SAME_ASPECT = 2.5, 0.1


@dataclass(frozen=True)
class Measures:
    """Shares between 0 and 1 unless told: what the neighbourhood of an outline looks like."""

    outer: float
    """of the perimeter with an outer edge"""
    inner: float
    """of the perimeter with an inner edge of the ring"""
    gap: float
    """longest stretch of perimeter without an outer edge"""
    ring: float
    """of the perimeter inked"""
    band: float
    """of the text band (.62–.90 R) inked"""
    bins: float
    """of the 10° sectors of the text band that carry ink"""
    changes: float
    """ink/paper changes along the text band, a count"""
    aspect: float
    width_mm: float

    @property
    def quality(self) -> float:
        return self.outer + 0.5 * self.inner + 0.3 * self.ring - 0.7 * self.gap


@dataclass(frozen=True)
class Candidate:
    outline: Ellipse
    measures: Measures
    kind: Kind
    printed_size: bool
    """As small and as long as a 监制章 (30 × 20 mm)."""

    @property
    def round(self) -> bool:
        return self.outline.is_round


def _support(field: EdgeField, outline: Ellipse, reach: float, *, inwards: bool = False) -> Array:
    """Offset of the strongest aligned edge within ``reach`` pixels of every perimeter point, NaN where there is none."""
    offsets = np.arange(-reach, reach + 0.01, 1.0)
    x, y, nx, ny = outline.perimeter(offsets)
    gx, gy = sample(field.gx, x, y), sample(field.gy, x, y)
    magnitude = np.hypot(gx, gy)
    along = (gx * nx + gy * ny) * (1.0 if inwards else -1.0)
    along[~((magnitude > field.threshold) & (along > ALIGNED * magnitude))] = 0
    best = along.argmax(axis=0)
    found: Array = np.where(along[best, np.arange(STEPS)] > 0, offsets[best], np.nan)
    return found


def perimeter_support(field: EdgeField, outline: Ellipse) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], Array, Array]:
    """``(outer, inner, x, y)``, each of shape (STEPS,): which perimeter points have an outer edge, which an inner edge of the
    ring, and where they lie."""
    outer = ~np.isnan(_support(field, outline, 3.0))
    inner = np.zeros(STEPS, dtype=bool)
    for width in INNER_EDGES:
        inner |= ~np.isnan(_support(field, outline.shrunk(width), 2.0, inwards=True))
    x, y, _, _ = outline.perimeter()
    return outer, inner, x[0], y[0]


def refine(field: EdgeField, outline: Ellipse, *, as_oval: bool = False) -> Ellipse:
    """The outline refitted to the edges near it, in three rounds of shrinking reach; unchanged where nothing fits.
    Circles stay circles unless ``as_oval``."""
    is_round = abs(outline.a - outline.b) < 1 and not as_oval
    for reach in (7.0, 5.0, 3.0):
        offsets = _support(field, outline, reach)
        hit = ~np.isnan(offsets)
        if hit.sum() < 40:
            return outline
        x, y, nx, ny = outline.perimeter()
        px, py = x[0][hit] + offsets[hit] * nx[hit], y[0][hit] + offsets[hit] * ny[hit]
        fitted = fit_circle(px, py) if is_round else fit_oval(px, py)
        if (
            fitted is None
            or math.hypot(fitted.cx - outline.cx, fitted.cy - outline.cy) > MAX_DRIFT
            or not 0.85 < fitted.a / outline.a < 1.15
            or not 0.8 < fitted.b / outline.b < 1.2
        ):
            return outline
        outline = fitted
    return outline


def _longest_gap(hit: npt.NDArray[np.bool_]) -> float:
    if hit.all():
        return 0.0
    longest = current = 0
    for value in np.r_[hit, hit]:
        current = 0 if value else current + 1
        longest = max(longest, current)
    return min(longest, len(hit)) / len(hit)


def measure(field: EdgeField, outline: Ellipse) -> Measures:
    """Everything the accept rules look at, in one pass of samples."""
    hit = ~np.isnan(_support(field, outline, 2.0))
    inner = max(float(np.mean(~np.isnan(_support(field, outline.shrunk(w), 1.5, inwards=True)))) for w in INNER_EDGES)
    x, y = outline.rings(RING_SHARES)
    ink = sample(field.ink, x, y) > max(40.0, field.threshold * 2)
    band = ink[(RING_SHARES > 0.62) & (RING_SHARES < 0.9)]
    ring = ink[(RING_SHARES > 0.94) & (RING_SHARES < 1.0)].any(axis=0)
    bins = band.any(axis=0).reshape(36, STEPS // 36).any(axis=1)
    changes = np.abs(np.diff(band[::2].astype(np.int8), axis=1)).sum(axis=1)
    return Measures(
        outer=float(hit.mean()),
        inner=inner,
        gap=_longest_gap(hit),
        ring=float(ring.mean()),
        band=float(band.mean()),
        bins=float(bins.mean()),
        changes=float(changes.mean()),
        aspect=outline.aspect,
        width_mm=2 * outline.a / MM,
    )


def check(field: EdgeField, votes: list[Vote], kind: Kind, limit: int) -> list[Candidate]:
    """The best ``limit`` round and ``limit`` oval votes, refitted and measured; near-duplicates of a good one are skipped.
    Circles and ovals get a share each, so that many weak circles cannot crowd out an oval."""
    rounds = [v for v in votes if v.outline.a == v.outline.b][:limit]
    ovals = [v for v in votes if v.outline.a != v.outline.b][:limit]
    seen: list[Ellipse] = []
    checked: list[Candidate] = []
    for one in rounds + ovals:
        start = one.outline
        if any(
            math.hypot(start.cx - s.cx, start.cy - s.cy) < SAME_CENTRE_MM * MM and abs(start.aspect - s.aspect) < SAME_ASPECT
            for s in seen
        ):
            continue
        outline = refine(field, start)
        measures = measure(field, outline)
        if start.a == start.b and SLANTED[0] <= measures.outer <= SLANTED[1]:
            slanted = refine(field, outline, as_oval=True)
            if slanted.is_round:
                better = measure(field, slanted)
                if better.outer > measures.outer + SLANTED_GAIN and better.inner > measures.inner:
                    outline, measures = slanted, better
        if measures.outer > SETTLED:
            seen.append(Ellipse(outline.cx, outline.cy, start.a, start.b, start.tilt))
        small_and_long = start.a != start.b and measures.aspect > 1.42 and measures.width_mm < 35
        checked.append(Candidate(outline, measures, kind, small_and_long))
    return checked


def plausible(candidate: Candidate) -> bool:
    """The accept rules on geometry alone. Thresholds: SEALS.md section 5.4, set on real pages with 0 false alarms."""
    m = candidate.measures
    if not candidate.round and not candidate.printed_size:
        invoice_seal = 1.2 < m.aspect < 1.42 and 33 < m.width_mm < 46
        long_seal = 1.42 <= m.aspect < 1.6 and 41 < m.width_mm < 50
        if not (invoice_seal or long_seal):
            return False
    if m.band >= 0.65:
        return False
    if candidate.kind == "red":
        whole = m.outer > 0.9 and m.inner > 0.8
        return whole or (m.outer >= 0.5 and m.ring >= 0.6 and m.bins >= 0.4 and m.gap < 0.42 and m.band > 0.02)
    if candidate.kind == "mid":
        return m.outer >= 0.5 and m.inner >= 0.3 and m.ring >= 0.55 and m.gap < 0.3
    return m.outer >= 0.58 and m.inner >= 0.3 and m.ring >= 0.75 and m.bins >= 0.5 and m.gap < 0.28


def strong(candidate: Candidate) -> bool:
    """Good enough to be worth a person's look even when nothing can be read in the ring."""
    m = candidate.measures
    solid = m.outer > 0.85 and m.inner > 0.6 and m.gap < 0.12
    if candidate.kind == "red":
        ringed = m.outer > 0.9 and m.inner > 0.8 and m.gap < 0.06 and m.changes > 3.5
        return solid and ((m.bins > 0.45 and m.changes > 8) or ringed)
    return solid and m.changes > 20 and m.bins > 0.6
