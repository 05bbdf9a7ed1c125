"""The office scanner: skew, tinted paper, noise, wear, JPEG or one bit; hands photos on to the camera."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np

from samples.choices import Look
from samples.paper import Paper
from samples.scanning import wear
from samples.scanning.camera import photograph
from samples.scanning.noise import noisy
from samples.scanning.page import Matrix, Pixels, Scan, Turn, as_group4, as_jpeg, turned


@dataclass(frozen=True)
class Scanner:
    """One machine and its settings: what the pages of a run have in common."""

    quality: int = 66
    white: int = 249
    """Grey level of blank paper; above 255 the machine wipes the ground clean."""
    tint: tuple[int, int, int] = (0, 2, 5)
    """What each channel lacks on white paper."""
    blur: float = 0.55
    contrast: float = 0.95
    luma: float = 1.6
    chroma: float = 1.2
    max_skew: float = 0.6
    adaptive: bool = True
    """One bit by a threshold that follows the ground, else by one for the page."""
    crop: float = 0.0
    """Millimetres lost at the right edge and the foot."""
    always_colour: bool = False
    dirty: bool = False
    """A streak runs down every page."""
    dark_lid: bool = False
    """Holes show the dark inside of the lid."""


def some_scanner(rng: random.Random) -> Scanner:
    """A machine out of an office."""
    return Scanner(
        quality=rng.choice((48, 56, 62, 66, 72, 80)), white=rng.choice((238, 244, 248, 251, 254, 262)), tint=(rng.randint(0, 2), rng.randint(0, 3), rng.randint(1, 8)),
        blur=rng.uniform(0.4, 0.75), contrast=rng.uniform(0.8, 1.25), luma=rng.uniform(1.0, 3.0), chroma=rng.uniform(0.8, 2.2),
        max_skew=rng.choice((0.3, 0.6, 1.2)), adaptive=rng.random() < 0.6, crop=rng.choice((0.0, 0.0, 0.4, 0.9)),
        always_colour=rng.random() < 0.2, dirty=rng.random() < 0.08, dark_lid=rng.random() < 0.3,
    )  # fmt: skip


def scan(
    paper: Paper, rng: random.Random, look: Look, *, rotation: Turn = 0, max_skew: float | None = None, scanner: Scanner | None = None,
    back: Paper | None = None, holes: int = 0, stapled: bool = False, bound: Turn = 0, bed: tuple[float, float] | None = None,
) -> Scan:  # fmt: skip
    """Scans ``paper``. Pages without colour come out grey even from a colour scanner, which is set to "auto".

    ``rotation`` is the clockwise turn that will make the page upright again. ``max_skew`` in degrees. ``back`` is what is printed
    on the other side. ``bound`` is the turn that makes the sheet upright in its binder, whose left edge is drilled. ``bed`` (width, height in mm) lays a smaller sheet somewhere on a larger glass. ``mixed`` and ``digital`` are
    decided before, by the binder.
    """
    if look in ("mixed", "digital"):
        raise ValueError(f"“{look}” is a way to make files, not to scan one page")
    own = random.Random(rng.getrandbits(62))
    machine = scanner or some_scanner(own)
    through = own.uniform(0.02, 0.07) if own.random() < 0.6 else 0.0
    if look == "photo":
        return photograph(paper, own, rotation)
    colour = look == "colour" and (paper.coloured or machine.always_colour)
    picture = np.array(paper.image if colour else paper.image.convert("L"), np.uint8)
    if back is not None and through:
        picture = wear.shine_through(picture, np.asarray(back.image.convert("L"), np.uint8), through)
    if holes:
        wear.punch(picture, paper.dpi, own, holes, machine.dark_lid, bound)
    if stapled:
        wear.staple(picture, paper.dpi, own)
    limit = machine.max_skew if max_skew is None else max_skew
    glass = bed or (paper.width, paper.height)
    lay = _laid(paper, glass, own, limit, machine.crop)
    size = (round(glass[0] * paper.dpi / 25.4), round(glass[1] * paper.dpi / 25.4))
    outside = min(255, machine.white) if bed is None else own.choice((252, 246, 226, 40))
    pixel = _pixels(lay, paper.dpi)
    flat = cv2.warpAffine(picture, pixel[:2], size, flags=cv2.INTER_LINEAR, borderValue=(outside,) * 3)
    soft = cv2.GaussianBlur(flat, (3, 3), machine.blur)
    # A scanner's contrast curve: ink is never quite black, paper is a little flattened.
    floor = own.uniform(8, 24)
    levels = np.arange(256, dtype=np.float32) / 255
    tables = []
    for i in range(3 if colour else 1):
        top = machine.white - machine.tint[i]
        # ``contrast`` bends the curve: thin grey strokes come out lighter or darker than they are.
        tables.append(np.clip(floor + (top - floor) * levels ** (2 - machine.contrast), 0, 255).astype(np.uint8))
    toned = np.asarray(cv2.merge([cv2.LUT(soft[:, :, i], tables[i]) for i in range(3)]) if colour else cv2.LUT(soft, tables[0]), np.uint8)
    wear.darken_edges(toned, own)
    if machine.dirty:
        wear.streak(toned, own)
    wear.dust(toned, paper.dpi, own)
    seen = noisy(toned, machine.luma, machine.chroma, own)
    matrix = np.diag([1 / glass[0], 1 / glass[1], 1.0]) @ lay
    if look == "bw":
        data, final, tone = *_one_bit(seen, machine, own, rotation), "bilevel"
    else:
        final = turned(seen, rotation)
        data, tone = as_jpeg(final, machine.quality), "colour" if colour else "grey"
    return Scan(
        data, final.shape[1], final.shape[0], paper.dpi, rotation, tone, tuple(float(v) for v in matrix.ravel()),  # type: ignore[arg-type]
        (paper.width, paper.height), glass,
    )  # fmt: skip


def _laid(paper: Paper, glass: tuple[float, float], rng: random.Random, limit: float, crop: float) -> Matrix:
    """The way from paper millimetres to millimetres on the glass: a skew of up to ``limit`` degrees, and where the sheet was laid."""
    skew = max(-limit, min(limit, rng.gauss(0, limit / 2)))
    c, s = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    cx, cy = paper.width / 2, paper.height / 2
    if glass == (paper.width, paper.height):
        to_x, to_y = cx + rng.gauss(0, 0.25) + crop, cy + rng.gauss(0, 0.25) + crop
    else:
        free_x, free_y = max(0.0, glass[0] - paper.width), max(0.0, glass[1] - paper.height)
        to_x, to_y = cx + free_x * rng.choice((0.0, 0.5, 1.0)) + rng.uniform(0, 2), cy + free_y * rng.choice((0.0, 0.08, 0.5)) + rng.uniform(0, 3)
    return np.array([[c, -s, to_x - c * cx + s * cy], [s, c, to_y - s * cx - c * cy], [0, 0, 1]], np.float64)


def _pixels(lay: Matrix, dpi: int) -> Matrix:
    """``lay`` from pixels to pixels."""
    k = dpi / 25.4
    return np.asarray(np.diag([k, k, 1.0]) @ lay @ np.diag([1 / k, 1 / k, 1.0]), np.float64)


def _one_bit(grey: Pixels, machine: Scanner, rng: random.Random, rotation: Turn) -> tuple[bytes, Pixels]:
    """Group 4 data and the picture it holds, turned as it lies in the file."""
    if machine.adaptive:
        block = max(15, round(grey.shape[1] / 45) | 1)
        black = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, rng.randint(14, 24))
    else:
        limit, _ = cv2.threshold(grey[::4, ::4], 0, 255, cv2.THRESH_OTSU)
        # On an empty page the histogram's valley lies within the paper itself; no machine sets its threshold there.
        black = cv2.threshold(grey, min(185, max(90, limit + rng.uniform(-6, 18))), 255, cv2.THRESH_BINARY_INV)[1]
    final = turned(np.asarray(black, np.uint8), rotation)
    return as_group4(final > 0), final
