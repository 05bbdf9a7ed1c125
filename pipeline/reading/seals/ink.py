"""Ink maps: how much of a colour of ink lies on each pixel. Detection maps are bright where ink is; reading maps are
dark ink on white, the way a recogniser expects print.

Figures and method: research report SEALS.md section 5.2; the numbers were measured on 170 real pages at 100 dpi."""

from __future__ import annotations

from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
"""BGR, shape (height, width, 3)."""
Map = npt.NDArray[np.uint8]
"""One channel, shape (height, width)."""
Floats = npt.NDArray[np.float32]
Colouring = Literal["colour", "grey", "bilevel"]

RED_GAIN = 5.0
"""Lab a* above paper × gain: a fresh seal (a* ≈ 45) saturates, a faint one (a* ≈ 12) still reaches 60."""
HUE_PENALTY = 1.5
WARM_LIMIT, COLD_LIMIT = 1.1, -0.7
"""Red lies between b* = -0.7 a* (towards violet) and b* = 1.1 a* (towards orange); beyond it the map falls off."""
RED_INK = 45
"""A pixel of the red map counts as ink from here on (SEALS.md, detect2)."""
PAPER_PERCENTILE = 60
DARK_GAIN, MID_GAIN = 1.6, 2.2
PRINT_SHARE = 0.72
"""On a grey copy, strokes darker than this share of the darkest print are print, not seal ink."""
COLOUR_CHROMA, COLOUR_SHARE = 14.0, 0.0004
"""A page has colour when 0.04 % of it lies 14 Lab units off its own paper (a third of one faint seal on A4)."""
BILEVEL_SHARE = 0.985
TINT_SCALE = 0.25
TINT_SPREAD = 2
"""Grey levels between the strongest and the weakest channel: JPEG rounds a grey scan to 0, a tinted paper shows 2 and more."""
TINT_SHARE = 0.25
"""Share of the page that must be tinted. Chosen, not fitted: grey scans have none, colour scans nearly all."""


def _bytes(values: npt.NDArray[np.floating[Any]]) -> Map:
    return np.asarray(np.clip(values, 0, 255), dtype=np.uint8)


def red_map(image: Image) -> Map:
    """Softly 0–255: redness against the page's own paper, so yellowed or bluish paper costs nothing."""
    lab = cv2.cvtColor(image, cv2.COLOR_BGR2LAB).astype(np.float32)
    sample = lab[::4, ::4].reshape(-1, 3)
    bright = sample[:, 0] >= np.percentile(sample[:, 0], PAPER_PERCENTILE)
    a = lab[..., 1] - np.median(sample[bright, 1])
    b = lab[..., 2] - np.median(sample[bright, 2])
    off_hue = np.maximum(0, np.maximum(b - WARM_LIMIT * a, COLD_LIMIT * a - b))
    return _bytes((a - HUE_PENALTY * off_hue) * RED_GAIN)


def dark_map(image: Image) -> Map:
    """Softly 0–255: local background minus grey, for copies in black and white."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    background = cv2.resize(cv2.medianBlur(small, 31), (grey.shape[1], grey.shape[0]))
    return _bytes((np.maximum(background, 120).astype(np.float32) - grey) * DARK_GAIN)


def mid_map(image: Image) -> Map:
    """Like ``dark_map`` but without strokes as black as print and their halos: what is left of a red seal on a grey copy."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    depth = np.clip(np.percentile(grey[::2, ::2], 80) - grey, 0, 255)
    strokes = depth[depth > 60]
    peak = float(np.percentile(strokes, 80)) if strokes.size else 200.0
    print_ = cv2.dilate((depth > PRINT_SHARE * peak).astype(np.uint8), np.ones((3, 3), np.uint8))
    depth[print_ > 0] = 0
    return _bytes(depth * MID_GAIN)


def colouring(image: Image) -> Colouring:
    """What kind of copy the pixels show, whatever the file claims."""
    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    chroma = np.hypot(lab[..., 1] - np.median(lab[..., 1]), lab[..., 2] - np.median(lab[..., 2]))
    if float((chroma > COLOUR_CHROMA).mean()) > COLOUR_SHARE:
        return "colour"
    green = image[..., 1]
    return "bilevel" if float(((green < 60) | (green > 200)).mean()) > BILEVEL_SHARE else "grey"


def scan_colour(image: Image) -> Colouring:
    """How the page was scanned: a colour scan without a spot of colour on the page is still a colour scan, on which a red
    seal would show. Paper tint and sensor noise tell it apart from a grey scan, whose three channels are equal."""
    shown = colouring(image)
    if shown == "colour":
        return shown
    small = cv2.resize(image, None, fx=TINT_SCALE, fy=TINT_SCALE, interpolation=cv2.INTER_AREA).astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return "colour" if float((spread >= TINT_SPREAD).mean()) > TINT_SHARE else shown


def without_red(dark: Map, red: Map) -> Map:
    """The dark map of a colour page with everything near red ink blotted out, for seals on a photocopied part."""
    kept = dark.copy()
    kept[cv2.dilate((red > 30).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 0
    return kept


def red_print(image: Image) -> Map:
    """Seal ink dark on white, black print gone: red minus green, stretched."""
    difference = image[..., 2].astype(np.float32) - image[..., 1]
    low, high = np.median(difference), np.percentile(difference, 99.3)
    return _bytes(255 * (1 - (difference - low) / max(25.0, float(high - low))))


def filled_print(image: Image) -> Map:
    """``red_print`` plus black print where seal ink stands beside it: strokes cut by a line of text stay whole."""
    red = 255 - red_print(image).astype(np.float32)
    black = np.clip((150 - image[..., 2].astype(np.float32)) * 2, 0, 255)
    near = cv2.GaussianBlur(red, (0, 0), 2.2)
    return _bytes(255 - np.maximum(red, np.minimum(black, near * 1.3)))


def green_print(image: Image) -> Map:
    """The green channel: red ink is dark in it and nothing is invented; black print stays."""
    return np.ascontiguousarray(image[..., 1])


def grey_print(image: Image) -> Map:
    """Plain grey, for seals without colour."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
