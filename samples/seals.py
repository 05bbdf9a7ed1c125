"""Seals as they are struck: uneven ink, turned, pale, doubled, multiplied; slices of seals over fanned edges."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.dies import (
    CUT_DPI,
    Alpha,
    Die,
    accountant_die,
    authority_die,
    company_die,
    cut,
    firm_die,
    invoice_die,
    name_die,
    supervision_die,
)
from samples.paper import MmBox, Paper, Rgb, StampedSeal

__all__ = [
    "CUT_DPI", "Die", "Slice", "Touch", "accountant_die", "authority_die", "company_die", "cut", "fan", "firm_die", "invoice_die", "name_die",
    "paste", "strike", "strike_slice", "struck", "supervision_die", "touch",
]  # fmt: skip

_INKS: tuple[Rgb, ...] = ((205, 30, 40), (214, 38, 36), (192, 34, 52), (220, 52, 58), (200, 44, 34))
_PALE: tuple[Rgb, ...] = ((226, 120, 126), (222, 108, 104), (214, 128, 138))
_ORANGE: tuple[Rgb, ...] = ((226, 84, 36), (222, 70, 48))
PRINTED_RED: Rgb = (206, 60, 60)


@dataclass(frozen=True)
class Touch:
    """How a seal met the paper. ``fade`` 0 is strong, 1 is faint; ``press`` is the side that was pressed harder (radians);
    ``ghost`` is how far (mm) a second, weaker strike lies from the first; ``seed`` fixes the cloudiness of the ink."""

    angle: float
    fade: float
    colour: Rgb
    seed: int
    press: float = 0.0
    tilt: float = 0.0
    """0 even, 1 the far side hardly printed."""
    ghost: tuple[float, float] = (0.0, 0.0)


def touch(rng: random.Random, *, printed: bool = False, angle: float | None = None, fade: float | None = None, ink: Rgb | None = None) -> Touch:
    """A touch drawn from ``rng``: mostly strong and red, now and then pale, orange, tilted or struck twice."""
    own = random.Random(rng.getrandbits(62))
    kind, turn, seed = own.random(), own.gauss(0, 7), own.randrange(1 << 31)
    tired, palette = own.uniform(0.0, 0.35), own.choice(_INKS)
    if printed:
        return Touch(angle or 0.0, 0.15 if fade is None else fade, ink or PRINTED_RED, seed)
    if kind < 0.08:
        tired, palette = own.uniform(0.5, 0.8), own.choice(_PALE)
    elif kind < 0.15:
        palette = own.choice(_ORANGE)
    elif kind < 0.19:
        turn = own.uniform(-60, 60)
    ghost = (own.uniform(-1.6, 1.6), own.uniform(-1.2, 1.2)) if own.random() < 0.06 else (0.0, 0.0)
    tilt = own.uniform(0.35, 0.8) if own.random() < 0.15 else own.uniform(0.0, 0.25)
    return Touch(
        turn if angle is None else angle, tired if fade is None else fade, ink or palette, seed, own.uniform(0, 2 * math.pi), tilt, ghost
    )


def _inked(alpha: Alpha, how: Touch) -> NDArray[np.float32]:
    """Uneven ink: cloudy pressure, a few drop-outs, rough edges, a side that was pressed less."""
    noise = np.random.default_rng(how.seed)
    h, w = alpha.shape
    soft = cv2.GaussianBlur(alpha, (0, 0), 1.1).astype(np.float32) / 255
    coarse = cv2.GaussianBlur(noise.standard_normal((h // 8 + 2, w // 8 + 2)).astype(np.float32), (0, 0), 1.2)
    raw = np.asarray(cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC), np.float32)
    clouds = raw / np.float32(raw.std() + 1e-6)
    grain = cv2.resize(noise.standard_normal((h // 2 + 1, w // 2 + 1)).astype(np.float32), (w, h), interpolation=cv2.INTER_LINEAR)
    slope = cv2.resize(noise.standard_normal((3, 3)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    fade = how.fade
    across = math.cos(how.press) * np.linspace(-1, 1, w, dtype=np.float32)[None, :] + math.sin(how.press) * np.linspace(-1, 1, h, dtype=np.float32)[:, None]
    lean = 1 - how.tilt * np.clip(0.45 - 0.55 * across, 0, 1)
    press = np.clip((1.15 - 0.5 * fade) * lean + (0.09 + 0.16 * fade) * clouds + (0.06 + 0.14 * fade) * slope + (0.05 + 0.1 * fade) * grain, 0.0, 1.0)
    return np.asarray(np.clip((soft - 0.25) * 3.2, 0, 1) * press * (1 - 0.3 * fade), np.float32)


@lru_cache(maxsize=24)
def struck(die: Die, how: Touch, dpi: int) -> NDArray[np.float32]:
    """The print of ``die`` on paper (0 … 1), a square in which it is centred."""
    seen = _turned(_inked(cut(die), how), how.angle, dpi)
    if how.ghost == (0.0, 0.0):
        return seen
    shift = np.array([[1, 0, how.ghost[0] * dpi / 25.4], [0, 1, how.ghost[1] * dpi / 25.4]], np.float32)
    second = cv2.warpAffine(seen, shift, (seen.shape[1], seen.shape[0]))
    return np.asarray(1 - (1 - seen) * (1 - 0.5 * second), np.float32)


def strike(
    paper: Paper, die: Die, x: float, y: float, rng: random.Random, *, angle: float | None = None, fade: float | None = None,
    ink: Rgb | None = None, fresh: bool = False,
) -> StampedSeal:  # fmt: skip
    """Strikes ``die`` with its centre at ``(x, y)`` mm and notes it on the paper; the black below shines through.

    ``fresh``: struck on the copy itself, so that it is red even where the paper is a photocopy.
    """
    how = touch(rng, printed=die.role == "printed", angle=angle, fade=fade, ink=ink)
    dpi = paper.dpi
    paper.lay_ink(lambda: struck(die, how, dpi), x, y, how.colour, role="printed_seal" if die.role == "printed" else "seal", fresh=fresh)
    seal = StampedSeal(_extent(die, x, y, how.angle), die.shape, die.role, die.text)
    paper.seals.append(seal)
    return seal


def paste(paper: Paper, die: Die, x: float, y: float, *, ink: Rgb = (222, 30, 36)) -> StampedSeal:
    """A picture of the seal laid over the page: even, upright, covering what is below; the same pixels on every page."""
    dpi = paper.dpi
    paper.lay_ink(lambda: _turned(np.asarray(cut(die) / np.float32(255), np.float32), 0.0, dpi), x, y, ink, fresh=True)
    seal = StampedSeal(_extent(die, x, y, 0.0), die.shape, die.role, die.text)
    paper.seals.append(seal)
    return seal


@dataclass(frozen=True)
class Slice:
    """Slice ``index`` of ``count`` of one seal struck over the fanned right edges of ``count`` sheets.

    ``key`` names the strike: slices with equal keys are pieces of the same print, whoever draws them, on whatever page alone.
    ``y`` is where the seal's centre lies (mm from the top), ``jitter`` how far this sheet stood off the others.
    """

    die: Die
    key: str
    index: int
    count: int
    y: float
    jitter: float = 0.0


def fan(die: Die, key: str, count: int, y: float) -> tuple[Slice, ...]:
    """The slices of one seal over ``count`` sheets; sheets stand off each other by up to about a third of a millimetre."""
    rng = random.Random(f"fan:{key}")
    return tuple(Slice(die, key, i, count, y, rng.gauss(0, 0.12)) for i in range(count))


@lru_cache(maxsize=64)
def _fan_touch(key: str) -> tuple[Touch, tuple[float, ...]]:
    rng = random.Random(f"touch:{key}")
    how = Touch(rng.uniform(-6, 6), rng.uniform(0.0, 0.25), rng.choice(_INKS), rng.randrange(1 << 31), rng.uniform(0, 6.28), rng.uniform(0, 0.3))
    return how, tuple(rng.uniform(0.82, 1.18) for _ in range(80))


def strike_slice(paper: Paper, piece: Slice, *, turn: Literal[0, 90, 180, 270] = 0) -> None:
    """Strikes one slice on the right edge of ``paper`` and notes it; the sheets of a fan show strips of unlike width.

    ``turn`` is the clockwise turn by which the bound sheet comes to stand upright: its right edge in the book is then another
    edge of the paper.
    """
    how, widths = _fan_touch(piece.key)
    shares = [widths[i % len(widths)] for i in range(piece.count)]
    half, whole = piece.die.width / 2, sum(shares)
    inner, outer = (-half + piece.die.width * sum(shares[: piece.index + i]) / whole for i in (0, 1))
    wide, y, dpi = outer - inner, piece.y + piece.jitter, paper.dpi

    def strip() -> NDArray[np.float32]:
        print_ = struck(piece.die, how, dpi)
        a, b = (round(print_.shape[1] / 2 + v * dpi / 25.4) for v in (inner, outer))
        cut_out = print_[:, a : max(b, a + 1)].copy()
        # The sheet above did not lie quite flush: a hair's width of ink went on its edge and is on neither sheet.
        cut_out[:, : max(0, round(piece.jitter * dpi / 25.4))] = 0
        return np.ascontiguousarray(np.rot90(cut_out, k=-(turn // 90)))

    book_w, book_h = (paper.height, paper.width) if turn in (90, 270) else (paper.width, paper.height)

    def on_paper(bx: float, by: float) -> tuple[float, float]:
        dx, dy = bx - book_w / 2, by - book_h / 2
        c, s = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
        return paper.width / 2 + dx * c - dy * s, paper.height / 2 + dx * s + dy * c

    paper.lay_ink(strip, *on_paper(book_w - wide / 2, y), how.colour, fresh=True)
    nearest = 0.0 if inner <= 0 <= outer else min(abs(inner), abs(outer))
    chord = piece.die.height / 2 * math.sqrt(max(0.0, 1 - (nearest / half) ** 2))
    (xa, ya), (xb, yb) = on_paper(book_w - wide, y - chord), on_paper(book_w, y + chord)
    box = (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
    paper.seals.append(StampedSeal(box, "partial", "seam", piece.die.text))


def _turned(alpha: NDArray[np.float32], degrees: float, dpi: int) -> NDArray[np.float32]:
    scale = dpi / CUT_DPI
    h, w = alpha.shape
    side = math.ceil(math.hypot(h, w) * scale) + 3
    move = cv2.getRotationMatrix2D((w / 2, h / 2), -degrees, scale)
    move[0, 2] += side / 2 - w / 2
    move[1, 2] += side / 2 - h / 2
    return np.asarray(cv2.warpAffine(cv2.GaussianBlur(alpha, (0, 0), 0.45 / scale), move, (side, side)), np.float32)


def _extent(die: Die, x: float, y: float, angle: float) -> MmBox:
    """The box around the turned rim."""
    c, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    a, b = die.width / 2, die.height / 2
    if die.shape == "square":
        half_w, half_h = a * c + b * s, a * s + b * c
    else:
        half_w, half_h = math.hypot(a * c, b * s), math.hypot(a * s, b * c)
    return (x - half_w, y - half_h, x + half_w, y + half_h)
