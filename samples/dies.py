"""Dies of seals: what is engraved, and its cut as a picture.

Sizes: company seals 40 mm round; 发票专用章 40 x 30 mm oval with 1 mm rim (税务总局公告2011年第7号); printed 监制章 30 x 20 mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.model import SealRole, SealShape
from samples.fonts import Face, font

Alpha = NDArray[np.uint8]
CUT_DPI = 400
_K = CUT_DPI / 25.4


@dataclass(frozen=True)
class Die:
    """What is engraved: ``kind`` names the drawing, ``ring`` runs around, ``lines`` stand inside from top to bottom."""

    shape: SealShape
    role: SealRole
    ring: str
    lines: tuple[str, ...] = ()
    width: float = 40.0
    height: float = 40.0
    star: bool = True
    number: str = ""

    @property
    def text(self) -> str:
        """All that a reader could read, ring first."""
        return "".join((self.ring, *self.lines))


def company_die(name: str, number: str = "", *, line: str = "", role: SealRole = "company") -> Die:
    """A round seal of a company; with ``line`` (发票专用章, 合同专用章, 财务专用章) it is not its 公章."""
    return Die("round", role, name, (line,) if line else (), number=number)


def firm_die(name: str) -> Die:
    return Die("round", "firm", name)


def authority_die(name: str, line: str = "") -> Die:
    return Die("round", "authority", name, (line,) if line else (), width=42, height=42)


def invoice_die(name: str, tax_id: str) -> Die:
    return Die("oval", "invoice", name, (tax_id, "发票专用章"), width=40, height=30, star=False)


def supervision_die(place: str) -> Die:
    return Die("oval", "printed", "全国统一发票监制章", (place, "国家税务总局监制"), width=30, height=20, star=False)


def accountant_die(name: str, number: str) -> Die:
    return Die("square", "legal_person", "", ("中国注册", "会计师", name, number), width=22, height=22, star=False)


def name_die(name: str) -> Die:
    """A person's square seal (法人章): up to four characters, 印 added where there is room."""
    return Die("square", "legal_person", "", ((name + "印")[:4] if len(name) < 4 else name,), width=18, height=18, star=False)


def _glyph(char: str, face: Face, high: float, wide: float) -> Alpha:
    """The ink of one character, ``high`` x ``wide`` pixels at most; flat and narrow characters stay so."""
    face_font = font(face, round(high * 1.5))
    canvas = Image.new("L", (round(high * 2.4), round(high * 2.4)), 0)
    ImageDraw.Draw(canvas).text((high * 0.4, high * 0.1), char, font=face_font, fill=255, stroke_width=max(1, round(high / 22)))
    seen = canvas.getbbox()
    if seen is None:
        return np.zeros((round(high), max(1, round(wide))), np.uint8)
    ink_w, ink_h = seen[2] - seen[0], seen[3] - seen[1]
    target_h = high if ink_h > high * 0.55 else ink_h
    target_w = min(wide, target_h * ink_w / ink_h * 1.1) if ink_w < ink_h * 0.5 else wide
    return np.asarray(canvas.crop(seen).resize((max(2, round(target_w)), max(2, round(target_h))), Image.Resampling.LANCZOS))


def _set(canvas: Alpha, glyph: Alpha, x: float, y: float, degrees: float) -> None:
    """Lays ``glyph`` with its centre at ``(x, y)``, turned counter-clockwise."""
    h, w = glyph.shape
    side = math.ceil(math.hypot(h, w)) + 4
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    turn[0, 2] += side / 2 - w / 2
    turn[1, 2] += side / 2 - h / 2
    turned = cv2.warpAffine(glyph, turn, (side, side))
    x0, y0 = round(x - side / 2), round(y - side / 2)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(canvas.shape[1], x0 + side), min(canvas.shape[0], y0 + side)
    if xa < xb and ya < yb:
        part = canvas[ya:yb, xa:xb]
        np.maximum(part, turned[ya - y0 : yb - y0, xa - x0 : xb - x0], out=part)


def _arc(canvas: Alpha, text: str, a: float, b: float, high: float, wide: float, span: float, centre: float = -90.0, inward: bool = False, face: Face = "serif") -> None:
    """Characters at equal arc length along an ellipse with half axes ``a`` and ``b`` pixels."""
    cy, cx = canvas.shape[0] / 2, canvas.shape[1] / 2
    angles = np.radians(np.linspace(centre - span / 2, centre + span / 2, 721))
    points = np.stack([a * np.cos(angles), b * np.sin(angles)], axis=1)
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    places = (np.arange(len(text)) + 0.5) / len(text) * run[-1]
    for char, place in zip(text, places[::-1] if inward else places, strict=True):
        t = float(np.interp(place, run, angles))
        normal = math.degrees(math.atan2(math.sin(t) / b, math.cos(t) / a))
        _set(canvas, _glyph(char, face, high, wide), cx + a * math.cos(t), cy + b * math.sin(t), -(normal - 90 if inward else normal + 90))


def _across(canvas: Alpha, text: str, y_mm: float, high: float, room: float, face: Face = "sans") -> None:
    """One straight line of text, ``y_mm`` below the centre, no wider than ``room`` mm."""
    cy, cx = canvas.shape[0] / 2, canvas.shape[1] / 2
    step = min(high * 1.05, room / len(text))
    for i, char in enumerate(text):
        _set(canvas, _glyph(char, face, high * _K, step * 0.86 * _K), cx + (i - (len(text) - 1) / 2) * step * _K, cy + y_mm * _K, 0)


def _star(canvas: Alpha, radius: float) -> None:
    cy, cx = canvas.shape[0] / 2, canvas.shape[1] / 2
    corners = []
    for i in range(10):
        r, t = radius * _K * (1 if i % 2 == 0 else 0.382), math.radians(-90 + 36 * i)
        corners.append([cx + r * math.cos(t), cy + r * math.sin(t)])
    cv2.fillPoly(canvas, [np.round(np.array(corners)).astype(np.int32)], (255,), cv2.LINE_AA)


@lru_cache(maxsize=96)
def cut(die: Die) -> Alpha:
    """The die as an alpha picture at ``CUT_DPI``, 2 mm wider than the seal on every side."""
    canvas = np.zeros((round((die.height + 4) * _K), round((die.width + 4) * _K)), np.uint8)
    centre = (canvas.shape[1] // 2, canvas.shape[0] // 2)
    if die.shape == "square":
        rim = round(0.8 * _K)
        corner = round(2.4 * _K)
        cv2.rectangle(canvas, (corner, corner), (canvas.shape[1] - corner, canvas.shape[0] - corner), (255,), rim)
        if len(die.lines) == 1:
            _square_name(canvas, die)
        else:
            for i, line in enumerate(die.lines):
                _across(canvas, line, (i - 1.5) * 4.6, 3.4, die.width - 4)
        return canvas
    rim_mm = 1.1 if die.role != "printed" else 0.5
    axes = (round((die.width / 2 - rim_mm / 2) * _K), round((die.height / 2 - rim_mm / 2) * _K))
    cv2.ellipse(canvas, centre, axes, 0, 0, 360, (255,), round(rim_mm * _K), cv2.LINE_AA)
    if die.role == "printed":
        inner = (round((die.width / 2 - 1.3) * _K), round((die.height / 2 - 1.3) * _K))
        cv2.ellipse(canvas, centre, inner, 0, 0, 360, (255,), max(1, round(0.25 * _K)), cv2.LINE_AA)
        _arc(canvas, die.ring, (die.width / 2 - 3.2) * _K, (die.height / 2 - 3.2) * _K, 2.5 * _K, 2.1 * _K, 190)
        _across(canvas, die.lines[0], 0.2, 2.9, 14, "serif")
        _arc(canvas, die.lines[1], (die.width / 2 - 3.0) * _K, (die.height / 2 - 3.0) * _K, 2.1 * _K, 1.8 * _K, 125, 90, True)
    elif die.shape == "oval":
        n = len(die.ring)
        a, b, span = die.width / 2 - 3.6, die.height / 2 - 3.6, min(250.0, max(170.0, n * 14.5))
        wide = min(2.6, (a + b) / 2 * math.radians(span) / n * 0.84)
        _arc(canvas, die.ring, a * _K, b * _K, 4.0 * _K, wide * _K, span)
        _across(canvas, die.lines[0], 0.6, 2.6, 27)
        _across(canvas, die.lines[1], 6.2, 3.3, 18, "serif")
    else:
        n, high = len(die.ring), 5.0 * die.width / 40
        span = min(285.0, max(180.0, n * 19.0))
        radius = die.width / 2 - rim_mm - 1.0 - high / 2
        wide = min(high * 0.85, math.radians(span) * radius / n * 0.86)
        _arc(canvas, die.ring, radius * _K, radius * _K, high * _K, wide * _K, span)
        if die.star:
            _star(canvas, 6.3 * die.width / 40)
        if die.lines:
            _across(canvas, die.lines[0], 9.6, 3.4, 22, "serif")
        if die.number:
            r = (die.width / 2 - rim_mm - 1.2) * _K
            _arc(canvas, die.number, r, r, 1.3 * _K, 0.8 * _K, 58, 90, True, "sans")
    return canvas


def _square_name(canvas: Alpha, die: Die) -> None:
    """Four characters in two columns, read from the right."""
    text, cell = die.lines[0][:4], (die.width - 3.4) / 2
    cy, cx = canvas.shape[0] / 2, canvas.shape[1] / 2
    for i, char in enumerate(text):
        column, row = 1 - i // 2, i % 2
        _set(canvas, _glyph(char, "serif", cell * 0.9 * _K, cell * 0.86 * _K), cx + (column - 0.5) * cell * _K, cy + (row - 0.5) * cell * _K, 0)


