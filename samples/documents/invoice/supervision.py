"""The 监制章 printed on every form: an oval of 30 x 20 mm with a strong rim, a hair line inside and thin characters.

Until 2018 it names the place and 国家税务总局监制; from 2019 on 国家税务总局 and the place's tax bureau (公告2018年第33号).
"""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.fonts import outline_font
from samples.paper import Paper, Rgb, StampedSeal

_DPI = 300
_K = _DPI / 25.4
_RING = "全国统一发票监制章"


def print_supervision(paper: Paper, x: float, y: float, place: str, ink: Rgb, *, new: bool) -> None:
    """Prints the oval of ``place`` (深圳市, 广东省, 上海市 …) with its centre at ``(x, y)`` mm and notes it."""
    middle = "国家税务总局" if new else place.removesuffix("市").removesuffix("省")
    lower = f"{place}税务局" if new else "国家税务总局监制"
    dpi = paper.dpi
    paper.lay_ink(lambda: _printed(middle, lower, dpi), x, y, ink, role="printed_seal")
    paper.seals.append(StampedSeal((x - 15, y - 10, x + 15, y + 10), "oval", "printed", _RING + middle + lower))


@lru_cache(maxsize=24)
def _printed(middle: str, lower: str, dpi: int) -> NDArray[np.float32]:
    canvas = np.zeros((round(22 * _K), round(32 * _K)), np.uint8)
    cy, cx = canvas.shape[0] // 2, canvas.shape[1] // 2
    for a, b, wide in ((14.55, 9.55, 0.9), (13.5, 8.5, 0.16)):
        cv2.ellipse(canvas, (cx, cy), (round(a * _K), round(b * _K)), 0, 0, 360, (255,), max(1, round(wide * _K)), cv2.LINE_AA)
    _around(canvas, _RING, 11.6, 6.7, 2.55, -90, 188, False)
    _around(canvas, lower, 11.4, 6.5, 2.15, 90, 118 if len(lower) < 8 else 136, True)
    step = 6.2 if len(middle) == 2 else 3.2 if len(middle) > 4 else 4.6
    for i, char in enumerate(middle):
        _set(canvas, char, cx + (i - (len(middle) - 1) / 2) * step * _K, cy - 0.1 * _K, 2.6, 0.0)
    soft = cv2.GaussianBlur(canvas, (0, 0), 0.45 * _DPI / dpi)
    size = (round(canvas.shape[1] * dpi / _DPI), round(canvas.shape[0] * dpi / _DPI))
    return np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_AREA), np.float32) * np.float32(0.9 / 255)


def _around(canvas: NDArray[np.uint8], text: str, a: float, b: float, high: float, centre: float, span: float, inward: bool) -> None:
    """Characters at equal steps of arc on an ellipse with half axes ``a``, ``b`` mm."""
    ts = np.radians(np.linspace(centre - span / 2, centre + span / 2, 361))
    points = np.column_stack([a * np.cos(ts), b * np.sin(ts)])
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    for i, char in enumerate(text[::-1] if inward else text):
        t = float(np.interp((i + 0.5) / len(text) * run[-1], run, ts))
        normal = math.degrees(math.atan2(math.sin(t) / b, math.cos(t) / a))
        turn = -(normal - 90) if inward else -(normal + 90)
        _set(canvas, char, canvas.shape[1] / 2 + a * math.cos(t) * _K, canvas.shape[0] / 2 + b * math.sin(t) * _K, high, turn)


def _set(canvas: NDArray[np.uint8], char: str, x: float, y: float, high: float, turn: float) -> None:
    """One thin character ``high`` mm tall with its centre at ``(x, y)`` pixels, turned counter-clockwise by degrees."""
    side = round(high * 1.7 * _K)
    sign = Image.new("L", (side, side), 0)
    ImageDraw.Draw(sign).text((side / 2, side / 2), char, font=outline_font("serif", round(high * 1.05 * _K)), fill=255, anchor="mm")
    shape = np.asarray(sign.rotate(turn, resample=Image.Resampling.BICUBIC), np.uint8)
    x0, y0 = max(0, round(x - side / 2)), max(0, round(y - side / 2))
    part = canvas[y0 : y0 + side, x0 : x0 + side]
    np.maximum(part, shape[: part.shape[0], : part.shape[1]], out=part)
