"""Signs as masks: print that is narrowed, thinned or risen; needles; a person's pen. Cached, as pages repeat their signs.

A mask comes with the place of its top left corner seen from the pen's point on the baseline, in pixels.
"""

from __future__ import annotations

import math
from functools import lru_cache
from zlib import crc32

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.fonts import Cut, advance, length, outline_font

Gray = NDArray[np.uint8]
Glyph = tuple[Image.Image, int, int]
_FINE = 3
"""Glyphs are bent at so many times their size and brought down afterwards."""
_MOODS = 5
"""So many shapes a hand or a worn machine has for one sign."""


def middle_to_baseline(cut: Cut, pixels: int) -> float:
    """How far below the middle of the line its baseline lies (pixels); the middle is that of Pillow's anchor ``m``."""
    ascent, descent = outline_font(cut.outline, pixels).getmetrics()
    return (ascent - descent) / 2


def run(image: Image.Image, cut: Cut, text: str, x: float, y: float, pixels: int, ink: tuple[int, int, int], *, bold: bool = False, spread: float = 0.0) -> None:
    """Sets ``text`` on ``image`` from ``x`` on, the middle of the line at ``y``; ``spread`` is extra room after each sign. Pixels."""
    if cut.plain:
        pen, face = ImageDraw.Draw(image), outline_font(cut.outline, pixels)
        weight = max(1.0, round(pixels / 28)) if bold else 0.0
        at = x
        for part in text if spread else (text,):
            pen.text((round(at), round(y)), part, font=face, fill=ink, anchor="lm", stroke_width=weight)
            at += length(cut, part, pixels) + spread
        return
    base, at = y + middle_to_baseline(cut, pixels), x
    salt = crc32(f"{text}|{x:.0f}|{y:.0f}".encode()) if cut.wander or cut.pins else 0
    drift = 0.0
    for i, char in enumerate(text):
        mood = (salt >> (i % 13)) % _MOODS if salt else 0
        if not char.isspace():
            mask, left, top = glyph(cut, char, pixels, mood, bold)
            if cut.wander:
                drift = 0.6 * drift + (((salt >> (i % 17)) % 7) - 3) / 3 * cut.wander * pixels * 0.5
            image.paste(ink, (round(at) + left, round(base + drift) + top), mask)
        at += advance(cut, char, pixels) + spread


@lru_cache(maxsize=12_000)
def glyph(cut: Cut, char: str, pixels: int, mood: int = 0, bold: bool = False) -> Glyph:
    """The mask of ``char`` and where it stands."""
    if cut.pins:
        return _needles(cut, char, pixels, mood)
    noise = np.random.default_rng(crc32(f"{char}{pixels}{mood}{cut}".encode()))
    if cut.pen and char in _PEN:
        return _penned(cut, char, pixels, noise)
    return _bent(cut, char, pixels, noise, bold)


def _printed(outline: ImageFont.FreeTypeFont, char: str, em: int) -> Gray:
    """``char`` on a square of two ems, its pen's point at (half an em, one and a third ems)."""
    canvas = Image.new("L", (em * 2, em * 2), 0)
    ImageDraw.Draw(canvas).text((em // 2, em * 4 // 3), char, font=outline, fill=255, anchor="ls")
    return np.asarray(canvas)


def _bent(cut: Cut, char: str, pixels: int, noise: np.random.Generator, bold: bool) -> Glyph:
    em = pixels * _FINE
    outline = outline_font(cut.outline, em)
    shape = np.asarray(_printed(outline, char, em), np.uint8)
    squeeze = min(1.0, advance(cut, char, em) / max(1.0, outline.getlength(char))) if cut.pitch else cut.stretch
    weight = cut.weight + (0.035 if bold else 0.0)
    if (grow := round(abs(weight) * em)) > 0:
        brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (grow + 1, grow + 1))
        changed = cv2.dilate(shape, brush) if weight > 0 else cv2.erode(shape, brush)
        # Hair lines that a full erosion would break keep a trace of themselves.
        shape = np.asarray(np.maximum(changed, shape * np.float32(0.55)) if weight < 0 else changed, np.uint8)
    if cut.wander:
        shape = _wobbled(shape, cut.wander * em, noise)
    turn = noise.normal(0, cut.wander * 1.1) if cut.wander else 0.0
    scale = 1 + (noise.normal(0, cut.wander * 1.2) if cut.wander else 0.0)
    c, s = math.cos(turn) * scale / _FINE, math.sin(turn) * scale / _FINE
    # x' = stretch·x − slant·y, y' = y − rise·x, about the pen's point.
    matrix = np.array([[squeeze * c, -cut.slant / _FINE + s], [-cut.rise / _FINE - s, c]], np.float64)
    size = round(pixels * 2)
    point, target = np.array([em // 2, em * 4 // 3]), np.array([pixels // 2, pixels * 4 // 3])
    # The rise turns about the middle of the sign, not about its left edge.
    shift = target - matrix @ point + np.array([0.0, cut.rise * pixels * 0.5])
    whole = cv2.warpAffine(cv2.GaussianBlur(shape, (0, 0), _FINE * 0.42), np.column_stack([matrix, shift]), (size, size))
    return _trimmed(np.asarray(whole, np.uint8), pixels // 2, pixels * 4 // 3)


def _wobbled(shape: Gray, reach: float, noise: np.random.Generator) -> Gray:
    """Bends the sheet under the sign by up to about ``reach`` pixels."""
    side = shape.shape[0]
    field = [cv2.resize(noise.standard_normal((6, 6)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC) * np.float32(reach) for _ in range(2)]
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32)
    return np.asarray(cv2.remap(shape, xs + field[0], ys + field[1], cv2.INTER_LINEAR), np.uint8)


def _trimmed(whole: Gray, x: int, y: int) -> Glyph:
    rows, columns = np.flatnonzero(whole.any(axis=1)), np.flatnonzero(whole.any(axis=0))
    if not len(rows):
        return Image.new("L", (1, 1), 0), 0, 0
    top, left = int(rows[0]), int(columns[0])
    return Image.fromarray(np.ascontiguousarray(whole[top : rows[-1] + 1, left : columns[-1] + 1])), left - x, top - y


def _needles(cut: Cut, char: str, pixels: int, mood: int) -> Glyph:
    """``char`` as the dots of a needle printer: sampled at ``pins`` to the em, every dot round, some fainter, some missing."""
    pins = cut.pins
    canvas = Image.new("1", (pins * 2, pins * 2), 0)
    pen = ImageDraw.Draw(canvas)
    pen.fontmode = "1"
    narrow = advance(cut, char, pixels) < pixels * 0.75
    origin = pins // 2
    pen.text((origin, pins * 4 // 3), char, font=outline_font(cut.outline, pins), fill=1, anchor="ls")
    ys, xs = np.nonzero(np.asarray(canvas))
    if not len(xs):
        return Image.new("L", (1, 1), 0), 0, 0
    noise = np.random.default_rng(crc32(f"{char}{mood}{cut.pins}".encode()))
    fine = 4
    step = pixels * fine / pins
    squeeze = min(1.0, (pins * 0.5 - 1) / max(1, xs.max() - origin + 1)) if narrow else 1.0
    side = pixels * 2 * fine
    dots = np.zeros((side, side), np.uint8)
    ribbon = 0.8 + 0.2 * noise.random(pins * 2)
    weak = noise.random(pins * 2) < 0.03
    for px, py in zip(xs, ys, strict=True):
        if weak[py] and noise.random() < 0.5:
            continue
        at = ((origin + (px - origin) * squeeze) * step + noise.normal(0, 0.35), py * step + noise.normal(0, 0.3))
        strength = int(min(255, 255 * ribbon[py] * (0.82 + 0.18 * noise.random())))
        cv2.circle(dots, (round(at[0] * 16), round(at[1] * 16)), round(step * 0.66 * 16), (strength,), -1, cv2.LINE_AA, 4)
    whole = cv2.resize(dots, (pixels * 2, pixels * 2), interpolation=cv2.INTER_AREA)
    return _trimmed(np.asarray(whole, np.uint8), round(origin * pixels / pins), round((pins * 4 // 3) * pixels / pins))


Stroke = tuple[tuple[float, float], ...]
_PEN: dict[str, tuple[Stroke, ...]] = {
    "0": (((0.5, 0.02), (0.18, 0.2), (0.12, 0.6), (0.36, 0.98), (0.72, 0.86), (0.86, 0.42), (0.66, 0.06), (0.44, 0.03)),),
    "1": (((0.42, 0.14), (0.58, 0.0), (0.52, 0.5), (0.48, 1.0)),),
    "2": (((0.16, 0.22), (0.34, 0.02), (0.7, 0.04), (0.78, 0.3), (0.5, 0.62), (0.12, 0.98), (0.5, 0.92), (0.9, 0.96)),),
    "3": (((0.2, 0.1), (0.6, 0.0), (0.76, 0.2), (0.42, 0.46), (0.78, 0.6), (0.7, 0.92), (0.34, 1.0), (0.12, 0.86)),),
    "4": (((0.46, 0.0), (0.3, 0.34), (0.1, 0.66), (0.5, 0.62), (0.92, 0.6)), ((0.64, 0.3), (0.6, 0.7), (0.54, 1.04))),
    "5": (((0.3, 0.06), (0.24, 0.28), (0.18, 0.46), (0.56, 0.4), (0.78, 0.62), (0.62, 0.92), (0.3, 1.0), (0.1, 0.9)), ((0.3, 0.06), (0.6, 0.05), (0.86, 0.0))),
    "6": (((0.68, 0.0), (0.34, 0.3), (0.14, 0.68), (0.32, 0.98), (0.66, 0.94), (0.76, 0.68), (0.5, 0.52), (0.2, 0.7)),),
    "7": (((0.1, 0.08), (0.46, 0.05), (0.86, 0.02), (0.64, 0.4), (0.44, 1.02)),),
    "8": (((0.74, 0.14), (0.46, 0.0), (0.24, 0.18), (0.5, 0.44), (0.8, 0.72), (0.54, 1.0), (0.2, 0.86), (0.36, 0.56), (0.66, 0.34), (0.72, 0.14)),),
    "9": (((0.76, 0.2), (0.5, 0.02), (0.2, 0.18), (0.3, 0.46), (0.62, 0.42), (0.78, 0.18), (0.72, 0.56), (0.56, 1.04)),),
    ".": (((0.4, 0.97), (0.46, 1.0)),),
    "-": (((0.14, 0.56), (0.8, 0.52)),),
    "/": (((0.8, -0.02), (0.2, 1.06)),),
}  # fmt: skip
"""Ways of a pen on a square one digit wide and high."""


def _penned(cut: Cut, char: str, pixels: int, noise: np.random.Generator) -> Glyph:
    """A sign written stroke by stroke, every corner missed by a little."""
    fine = 4
    high, wide = pixels * 0.74 * fine, pixels * 0.46 * fine * cut.stretch
    side = pixels * 2 * fine
    canvas = np.zeros((side, side), np.uint8)
    x0, base = pixels // 2 * fine, pixels * 4 // 3 * fine
    lean, size = cut.slant + noise.normal(0, 0.05), 1 + noise.normal(0, 0.07)
    thick = max(2, round(pixels * fine * (0.06 + 0.012 * noise.random())))
    for stroke in _PEN[char]:
        corners = np.array(stroke) + noise.normal(0, 0.03, (len(stroke), 2))
        along = _smooth(corners)
        ys = base - high * size * (1 - along[:, 1])
        xs = x0 + wide * size * along[:, 0] + lean * (base - ys)
        for i in range(len(along) - 1):
            press = thick * (0.85 + 0.3 * abs(math.sin(3 * i / len(along) + noise.random() * 0.1)))
            cv2.line(canvas, (int(xs[i]), int(ys[i])), (int(xs[i + 1]), int(ys[i + 1])), (255,), max(1, round(press)), cv2.LINE_AA)
    return _trimmed(np.asarray(cv2.resize(canvas, (pixels * 2, pixels * 2), interpolation=cv2.INTER_AREA), np.uint8), pixels // 2, pixels * 4 // 3)


def _smooth(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """A Catmull-Rom curve through ``corners``, twelve points to a span."""
    padded = np.vstack([corners[:1], corners, corners[-1:]])
    parts = []
    for i in range(1, len(padded) - 2):
        t = np.linspace(0, 1, 12, endpoint=False)[:, None]
        a, b, c, d = padded[i - 1], padded[i], padded[i + 1], padded[i + 2]
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, corners[-1:]])
