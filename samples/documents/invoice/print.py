"""What the fiscal printer sets into the form: 24 needles, 180 to the inch, through a tired ribbon onto the third sheet of a set.

All of it is one layer of ink: signs are set at the needles' resolution in fixed cells (a Chinese character takes two), then the
layer is shifted, turned and stretched against the form as the paper was fed, faded as the ribbon wore, and laid on the paper.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import east_asian_width

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.documents.invoice.needle_signs import STROKES, stroked
from samples.fonts import Outline, outline_font
from samples.paper import MmBox, Paper, Rgb

WIDTH, HEIGHT = 240.0, 140.0
"""The sheet with its feeding strips, millimetres."""
PIN_DPI = 180
_LASER_DPI = 300
_PT = 25.4 / 72
Digits = Literal["serif", "sans", "strokes"]
"""Latin signs: of the outlines, or of even single strokes as in the printers' own memory."""
Gray = NDArray[np.uint8]
Alpha = NDArray[np.float32]

CARBON: tuple[Rgb, ...] = ((64, 86, 178), (80, 92, 186), (58, 98, 170), (92, 96, 176), (72, 78, 160))
"""The blue and violet of carbonless copies."""
BLACK_RIBBON: tuple[Rgb, ...] = ((52, 52, 60), (66, 64, 70), (40, 40, 48))


@dataclass(frozen=True)
class Ribbon:
    """One printing: ink, how strong and how even it came out, and where the form lay under the head. Millimetres, degrees."""

    ink: Rgb
    strength: float
    patchy: float
    band: tuple[float, float, float] | None
    """(middle, half width, depth): where the ribbon was folded, a column of the print is pale."""
    lean: float
    """The platen pressed one side harder: −1 … 1."""
    blur: float
    pins: bool
    dead: int | None
    """A needle that does not strike: every line lacks this row of dots."""
    threshold: int
    hanzi: Outline
    digits: Digits
    dx: float
    dy: float
    turn: float
    stretch: float
    seed: int


def ribbon_for(printer: random.Random, sheet: random.Random, *, laser: bool = False) -> Ribbon:
    """``printer`` is the seller's machine (its faces, its dead needle), ``sheet`` this printing."""
    dead = printer.randrange(4, 22) if printer.random() < 0.12 else None
    hanzi: Outline = "serif" if printer.random() < 0.75 else "sans"
    shape = printer.random()
    digits: Digits = "strokes" if shape < 0.4 else "serif" if shape < 0.8 else "sans"
    threshold = printer.randint(84, 132)
    black = printer.random() < 0.16 or laser
    off = (printer.gauss(-0.7, 0.6), printer.gauss(0, 0.6))
    ink = sheet.choice(BLACK_RIBBON if black else CARBON)
    tired = sheet.random()
    strength = sheet.uniform(0.76, 0.97) if tired < 0.6 else sheet.uniform(0.62, 0.78) if tired < 0.92 else sheet.uniform(0.48, 0.62)
    band = (sheet.uniform(30, 215), sheet.uniform(6, 22), sheet.uniform(0.3, 0.62)) if sheet.random() < 0.22 else None
    far = sheet.random()
    dx, dy = sheet.gauss(0, 0.7), sheet.gauss(0, 0.8)
    wild = (sheet.uniform(2.5, 5.5), sheet.choice((-1, 1)) * sheet.uniform(1.8, 4.0))
    if far < 0.06:
        dy = wild[1]
    elif far < 0.11:
        dx = wild[0]
    elif far < 0.13:
        dx, dy = wild
    turn, stretch, lean, patchy = sheet.gauss(0, 0.16), sheet.gauss(1, 0.0022), sheet.uniform(-1, 1), sheet.uniform(0.05, 0.3)
    blur, seed = sheet.uniform(0.03, 0.095), sheet.getrandbits(31)
    return Ribbon(
        ink, 0.93 if laser else strength, 0.02 if laser else patchy, None if laser else band, 0.05 if laser else lean, 0.02 if laser else blur,
        not laser, None if laser else dead, threshold, hanzi, digits, dx + off[0], dy + off[1], turn, stretch, seed,
    )  # fmt: skip


@dataclass(frozen=True)
class _Sign:
    char: str
    x: float
    y: float
    size: float
    room: float
    """Width of its cell in millimetres."""
    dark: float


def _wide(char: str) -> bool:
    return east_asian_width(char) in "WFA" and char not in "〈〉"


class Print:
    """The layer of one invoice whose sheet has its corner at ``(left, top)`` of ``paper``. Boxes returned are the paper's."""

    def __init__(self, paper: Paper, left: float, top: float, ribbon: Ribbon) -> None:
        self.paper, self.left, self.top, self.ribbon = paper, left, top, ribbon
        self._signs: list[_Sign] = []
        self._rings: list[tuple[float, float, float]] = []
        self._patterns: list[tuple[float, float, float, NDArray[np.bool_]]] = []
        self._rng = random.Random(ribbon.seed)

    @staticmethod
    def width(text: str, size: float, cell: float = 0.5) -> float:
        """How wide ``text`` runs: ``cell`` is the width of a half-width sign in ems."""
        return sum((2 * cell if _wide(c) else cell) * size * _PT for c in text)

    def fitting(self, text: str, size: float, room: float, least: float, cell: float = 0.5) -> float:
        """The size with which ``text`` fits into ``room``, not below ``least``: then it runs over the line."""
        wide = self.width(text, size, cell)
        return max(least, size * min(1.0, room / wide)) if wide else size

    def text(self, x: float, y: float, text: str, size: float = 9.5, *, align: Literal["l", "c", "r"] = "l", cell: float = 0.5) -> MmBox:
        """Prints one line with its middle at ``y``, both before the shift of the sheet."""
        wide = self.width(text, size, cell)
        at = start = x - {"l": 0.0, "c": wide / 2, "r": wide}[align]
        # The head strikes back and forth: lines stand a dot off each other, and none is as dark as the next.
        kick, dark = self._rng.gauss(0, 0.07), 1 - abs(self._rng.gauss(0, 0.6)) * self.ribbon.patchy
        for char in text:
            room = (2 * cell if _wide(char) else cell) * size * _PT
            if not char.isspace():
                self._signs.append(_Sign(char, at + kick, y, size, room, dark * self._rng.uniform(0.88, 1.0)))
            at += room
        return self.box(start, y - 0.5 * size * _PT, start + wide, y + 0.5 * size * _PT)

    def crossed(self, x: float, y: float, radius: float = 1.7) -> None:
        """The ⊗ that keeps anybody from writing before the amount."""
        self._rings.append((x, y, radius))

    def pattern(self, x: float, y: float, dots: NDArray[np.bool_], side: float) -> MmBox:
        """A QR symbol about ``side`` millimetres wide, of whole needles to the module."""
        step = max(2, round(side / len(dots) * PIN_DPI / 25.4)) * 25.4 / PIN_DPI
        self._patterns.append((x, y, step, dots))
        return self.box(x, y, x + step * len(dots), y + step * len(dots))

    def _affine(self) -> NDArray[np.float64]:
        """Millimetres of the form → millimetres of the sheet."""
        r = self.ribbon
        c, s = math.cos(math.radians(r.turn)) * r.stretch, math.sin(math.radians(r.turn)) * r.stretch
        cx, cy = WIDTH / 2, HEIGHT / 2
        return np.array([[c, -s, cx + r.dx - c * cx + s * cy], [s, c, cy + r.dy - s * cx - c * cy]])

    def box(self, x0: float, y0: float, x1: float, y1: float) -> MmBox:
        corners = self._affine() @ np.array([[x0, x1, x0, x1], [y0, y0, y1, y1], [1, 1, 1, 1]])
        xs, ys = corners
        return (self.left + float(xs.min()), self.top + float(ys.min()), self.left + float(xs.max()), self.top + float(ys.max()))

    def lay(self) -> None:
        """Puts the ink on the paper; nothing can be printed afterwards."""
        dpi = self.paper.dpi
        self.paper.lay_ink(lambda: self._alpha(dpi), self.left + WIDTH / 2, self.top + HEIGHT / 2, self.ribbon.ink, role="print")

    def _alpha(self, dpi: int) -> Alpha:
        """The layer as it came out, at the paper's resolution."""
        r = self.ribbon
        fine = PIN_DPI if r.pins else _LASER_DPI
        k = fine / 25.4
        canvas = np.zeros((round(HEIGHT * k), round(WIDTH * k)), np.uint8)
        for sign in self._signs:
            outline: Digits = r.hanzi if _wide(sign.char) or not sign.char.isascii() else r.digits
            _stamp(canvas, _glyph(sign.char, outline, round(sign.size / 72 * fine), max(3, round(sign.room * k)), r.threshold if r.pins else 0, r.dead), sign, k)
        for x, y, radius in self._rings:
            centre, arm = (round(x * k), round(y * k)), round(radius * 0.7 * k)
            cv2.circle(canvas, centre, round(radius * k), (235,), 1 if r.pins else 3)
            for sx in (-1, 1):
                cv2.line(canvas, (centre[0] - sx * arm, centre[1] - arm), (centre[0] + sx * arm, centre[1] + arm), (235,), 1 if r.pins else 3)
        for x, y, step, dots in self._patterns:
            n = round(step * k)
            whole = np.where(dots, 240, 0).astype(np.uint8).repeat(n, 0).repeat(n, 1)
            x0, y0 = round(x * k), round(y * k)
            canvas[y0 : y0 + len(whole), x0 : x0 + len(whole)] = whole
        soft = self._worn(canvas)
        affine, scale = self._affine(), dpi / 25.4
        move = np.column_stack([affine[:, :2] * scale / k, affine[:, 2] * scale])
        seen = cv2.warpAffine(soft, move, (round(WIDTH * scale), round(HEIGHT * scale)), flags=cv2.INTER_LINEAR)
        seen = cv2.GaussianBlur(seen, (0, 0), max(0.3, r.blur * scale))
        return np.asarray(seen, np.float32)

    def _worn(self, canvas: Gray) -> Alpha:
        """Ink where needles struck, less of it where the ribbon was worn or the sheet was not pressed."""
        r = self.ribbon
        h, w = canvas.shape
        noise = np.random.default_rng(r.seed)
        clouds = cv2.resize(noise.standard_normal((9, 22)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        across = np.linspace(-1, 1, w, dtype=np.float32)
        press = 1 + 0.16 * r.lean * across
        if r.band is not None:
            middle, half, depth = r.band
            xs = np.arange(w, dtype=np.float32) * (WIDTH / w)
            press = press * (1 - depth * np.exp(-(((xs - middle) / half) ** 4)))
        field = np.clip(r.strength * (press[None, :] + 0.55 * r.patchy * clouds), 0.1, 1.0)
        if r.pins:
            grain = cv2.resize(noise.random((h // 2 + 1, w // 2 + 1)).astype(np.float32), (w, h), interpolation=cv2.INTER_NEAREST)
            field = field * (1 - (0.1 + 0.5 * r.patchy) * grain)
        # Needles spread a little: neighbouring dots run into one stroke.
        body = cv2.GaussianBlur(canvas, (0, 0), 0.55).astype(np.float32) * (1.7 / 255) if r.pins else canvas.astype(np.float32) / 255
        return np.asarray(np.clip(body, 0, 1) * field, np.float32)


@lru_cache(maxsize=20_000)
def _glyph(char: str, outline: Digits, pixels: int, room: int, threshold: int, dead: int | None) -> Gray:
    """``char`` in a cell ``room`` wide: as dots (0 or 255) with a ``threshold``, evenly where that is 0."""
    if outline == "strokes":
        if char in STROKES:
            return _dead(stroked(char, pixels, room, 2 if not threshold or threshold < 92 else 1), dead if threshold else None)
        outline, threshold = "sans", max(threshold, 150) if threshold else 0
    face = outline_font(outline, pixels)
    wide = max(room, math.ceil(face.getlength(char)) + 1)
    high = round(pixels * 1.3)
    canvas = Image.new("L", (wide, high), 0)
    ImageDraw.Draw(canvas).text((wide / 2, high / 2), char, font=face, fill=255, anchor="mm")
    shape = np.asarray(canvas)
    if wide > room:
        shape = cv2.resize(shape, (room, high), interpolation=cv2.INTER_AREA)
        threshold = round(threshold * (0.45 + 0.55 * room / wide))
    if threshold:
        shape = _dead(np.where(shape > threshold, 255, 0).astype(np.uint8), dead)
    return np.asarray(shape, np.uint8)


def _dead(shape: Gray, needle: int | None) -> Gray:
    """Takes away the row of dots that ``needle`` does not strike."""
    if needle is not None:
        shape = shape.copy()
        shape[round(len(shape) * (0.12 + 0.76 * needle / 24))] = 0
    return shape


def _stamp(canvas: Gray, glyph: Gray, sign: _Sign, k: float) -> None:
    h, w = glyph.shape
    x0, y0 = round((sign.x + sign.room / 2) * k - w / 2), round(sign.y * k - h / 2)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(canvas.shape[1], x0 + w), min(canvas.shape[0], y0 + h)
    if xa >= xb or ya >= yb:
        return
    part = canvas[ya:yb, xa:xb]
    np.maximum(part, (glyph[ya - y0 : yb - y0, xa - x0 : xb - x0] * np.float32(min(1.0, sign.dark))).astype(np.uint8), out=part)


def union(boxes: Sequence[MmBox]) -> MmBox:
    """The box around ``boxes``."""
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
