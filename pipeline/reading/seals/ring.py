"""Reading the ring: unroll the band of text straight from the fitted outline and hand it to the recogniser
(SEALS.md section 5.6–5.7; unrolling reads .91 of the characters on real seals, a seal-text model .77)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.seals.ellipse import Array, Ellipse
from pipeline.reading.seals.ink import Image, Map, filled_print, green_print, grey_print, red_print

READ_RADIUS = 160.0
"""Small seals are enlarged until their half width has this many pixels: characters then are about 45 pixels high."""
ROUND_BAND = (0.55, 0.92)
OVAL_BAND = (0.58, 0.94)
"""The text band as shares of the radius; ovals measure it along the normal, as their letters are cut."""
STRIP_HEIGHT = 64
LONG_START, LONG_SWEEP = 0.0, 540.0
"""One and a half turns show every text whole wherever it begins; from three o'clock on, a seal turned by up to 90° either
way shows its whole text in one turn from its opening."""
BOTTOM = 90.0
"""Image angles run clockwise from three o'clock; the text opens at six o'clock."""
GAP_MIN = 18.0
"""Degrees; the stretch without ink between the end of the text and its start."""
GAP_LEVELS = (0.15, 0.3, 0.45)
APART = 25.0
FULL_LENGTH = 14
"""Characters of a usual company name; more does not make a reading better."""
ENDINGS = ("公司", "中心", "局", "院", "会", "厂", "社", "部", "所", "校", "学", "店", "行")
ENDING_BONUS, COMPANY_BONUS = 0.12, 0.08
LEGIBLE_CHARACTERS, LEGIBLE_CONFIDENCE, LEGIBLE_SPAN = 5, 0.5, 110.0
CLEAR, CLEAR_CHARACTERS = 0.97, 6
"""A reading as good as this is not improved by further ones (real invoice PDFs, .997 of the characters)."""
_KEEP = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fffA-Za-z0-9()（）·]")


class ReadsStrips(Protocol):
    """What the seals need of a recogniser: single lines to ``(text, confidence, centre of every character as a fraction of
    the strip's width)``. Images are BGR or one channel, any size."""

    def strips(self, images: Sequence[npt.NDArray[np.uint8]]) -> Sequence[tuple[str, float, tuple[float, ...]]]: ...


@dataclass(frozen=True)
class Strip:
    """An unrolled ring: ``pixels`` (STRIP_HEIGHT, width) and the outline angle of every column, degrees."""

    pixels: Map
    angles: Array

    def angle_at(self, fraction: float) -> float:
        return float(np.interp(fraction * (len(self.angles) - 1), np.arange(len(self.angles)), self.angles))


@dataclass(frozen=True)
class LongReading:
    """What one and a half turns showed."""

    text: str
    confidence: float
    characters: int
    """Chinese characters, repeats of the extra half turn included."""
    span: float
    """Degrees of the outline covered by them without a hole of more than 40°."""
    opening: float | None
    """Middle of the widest stretch without characters, degrees; None when nothing was read."""
    lap: str
    """The characters of one turn from the opening, where the strip shows that turn whole; else empty."""

    @property
    def legible(self) -> bool:
        return self.characters >= LEGIBLE_CHARACTERS and self.confidence > LEGIBLE_CONFIDENCE and self.span >= LEGIBLE_SPAN

    @property
    def weight(self) -> float:
        return self.confidence * min(self.characters, 12) + self.span / 200


@dataclass(frozen=True)
class RingText:
    text: str
    confidence: float
    opening: float
    """Outline angle, degrees, of the middle between the last character and the first."""

    @property
    def value(self) -> float:
        ends = ENDING_BONUS if self.text.endswith(ENDINGS) else 0.0
        company = COMPANY_BONUS if "公司" in self.text else 0.0
        return self.confidence * min(chinese(self.text), FULL_LENGTH) / FULL_LENGTH + ends + company


@dataclass(frozen=True)
class Crop:
    """A seal cut out and enlarged for reading, with the outline in its own pixels."""

    image: Image
    outline: Ellipse
    red: bool

    def prints(self) -> tuple[Map, ...]:
        """Dark-on-white views, the most telling first."""
        if not self.red:
            return (grey_print(self.image),)
        return (filled_print(self.image), green_print(self.image))


def chinese(text: str) -> int:
    """How many Chinese characters ``text`` has."""
    return sum("\u4e00" <= ch <= "\u9fff" for ch in text)


def tidy(text: str) -> str:
    """Only what a seal is cut with; brackets in their Chinese form."""
    return "".join(_KEEP.findall(text)).replace("(", "（").replace(")", "）")


def cut_out(image: Image, outline: Ellipse, *, red: bool) -> Crop | None:
    """The seal with a margin of a tenth around it, at reading size; None where it lies off the page."""
    reach = outline.a * 1.2
    x0, y0 = max(0, int(outline.cx - reach)), max(0, int(outline.cy - reach))
    part = image[y0 : max(0, int(outline.cy + reach)), x0 : max(0, int(outline.cx + reach))]
    if min(part.shape[:2]) < 8:
        return None
    moved = outline.moved(-x0, -y0)
    factor = READ_RADIUS / outline.a
    if 0.6 <= factor <= 1.05:
        return Crop(np.ascontiguousarray(part), moved, red)
    kind = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    resized = cv2.resize(part, None, fx=factor, fy=factor, interpolation=kind)
    return Crop(np.asarray(resized, dtype=np.uint8), moved.at_scale(factor), red)


def unroll(view: Map, outline: Ellipse, start: float, sweep: float = 360.0) -> Strip:
    """The text band laid flat, clockwise from ``start``, equal steps of arc length, constant thickness along the normal."""
    inner, outer = ROUND_BAND if outline.is_round else OVAL_BAND
    near, far = (1 - outer) * outline.b, (1 - inner) * outline.b
    a, b = outline.a - (near + far) / 2, outline.b - (near + far) / 2
    phase = np.radians(np.linspace(0, sweep, 1441) + start)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(a * np.cos(phase)), np.diff(b * np.sin(phase))))])
    width = max(STRIP_HEIGHT, int(arc[-1] / (far - near) * STRIP_HEIGHT))
    at = np.interp(np.linspace(0, arc[-1], width), arc, phase)
    cos, sin = np.cos(at)[None], np.sin(at)[None]
    nx, ny = cos / outline.a, sin / outline.b
    length = np.hypot(nx, ny)
    inwards = np.linspace(near, far, STRIP_HEIGHT)[:, None]
    x, y = outline.a * cos - inwards * nx / length, outline.b * sin - inwards * ny / length
    c, s = math.cos(math.radians(outline.tilt)), math.sin(math.radians(outline.tilt))
    pixels = cv2.remap(
        view,
        (outline.cx + x * c - y * s).astype(np.float32),
        (outline.cy + x * s + y * c).astype(np.float32),
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Strip(np.asarray(pixels, dtype=np.uint8), np.degrees(at))


def openings(strip: Strip, most: int = 2) -> list[float]:
    """Middles (degrees) of the widest stretches of a full turn with little ink, widest first, at least ``APART`` apart."""
    rows = len(strip.pixels)
    ink = 255 - strip.pixels.astype(np.float32)
    profile = np.clip(ink - np.percentile(ink, 20), 0, None)[int(0.12 * rows) : int(0.9 * rows)].mean(axis=0)
    width = len(profile)
    thrice = np.concatenate([profile, profile, profile])[None]
    smooth = np.asarray(cv2.GaussianBlur(thrice, (0, 0), width / 180))[0][width : 2 * width]
    low, high = float(np.percentile(smooth, 5)), float(np.percentile(smooth, 85))
    runs: list[tuple[float, float]] = []
    for level in GAP_LEVELS:
        empty = np.r_[smooth, smooth] < low + level * (high - low)
        edges = np.flatnonzero(np.diff(np.r_[False, empty, False].astype(np.int8)))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            if end - begin > width * GAP_MIN / 360:
                middle = ((begin + end) / 2 % width) / width
                runs.append((min(end - begin, width) / width * 360, strip.angle_at(middle)))
    chosen: list[float] = []
    for _, middle in sorted(runs, reverse=True):
        if all(abs(turn(middle - c)) > APART for c in chosen):
            chosen.append(middle)
    return chosen[:most]


def turn(angle: float) -> float:
    """``angle`` in degrees, brought to −180 … 180."""
    return (angle + 180) % 360 - 180


def read_long(reader: ReadsStrips, crops: Sequence[Crop]) -> list[LongReading]:
    """One and a half turns of every crop. Red seals that stay illegible are read once more without the black print."""
    first = [unroll(crop.prints()[0], crop.outline, LONG_START, LONG_SWEEP) for crop in crops]
    readings = _long_readings(reader, first)
    again = [i for i, crop in enumerate(crops) if crop.red and not readings[i].legible]
    second = [unroll(red_print(crops[i].image), crops[i].outline, LONG_START, LONG_SWEEP) for i in again]
    for i, reading in zip(again, _long_readings(reader, second), strict=True):
        if reading.weight > readings[i].weight:
            readings[i] = reading
    return readings


def _long_readings(reader: ReadsStrips, strips: Sequence[Strip]) -> list[LongReading]:
    if not strips:
        return []
    answers = reader.strips([strip.pixels for strip in strips])
    return [_long_reading(strip, *answer) for strip, answer in zip(strips, answers, strict=True)]


def _long_reading(strip: Strip, text: str, confidence: float, marks: tuple[float, ...]) -> LongReading:
    placed = list(zip(text, map(strip.angle_at, marks), strict=True)) if len(marks) == len(text) else []
    sectors = np.zeros(36, dtype=bool)
    for ch, angle in placed:
        if chinese(ch):
            sectors[int(angle % 360 // 10) % 36] = True
    opening = _widest_hole(sectors)
    lap = ""
    if opening is not None and opening + 360 <= LONG_START + LONG_SWEEP:
        lap = tidy("".join(ch for ch, angle in placed if opening <= angle < opening + 360))
    return LongReading(tidy(text), confidence, sum(chinese(ch) for ch, _ in placed), _span(sectors), opening, lap)


def _span(sectors: npt.NDArray[np.bool_]) -> float:
    hits = np.flatnonzero(sectors)
    if not len(hits):
        return 0.0
    longest, begin, last = 0, int(hits[0]), int(hits[0])
    for value in np.r_[hits, hits + 36]:
        if value - last > 4:
            begin = int(value)
        longest = max(longest, min(36, int(value) - begin + 1))
        last = int(value)
    return longest * 10.0


def _widest_hole(sectors: npt.NDArray[np.bool_]) -> float | None:
    hits = np.flatnonzero(sectors)
    if not len(hits):
        return None
    following = np.r_[hits[1:], hits[0] + 36]
    widest = int((following - hits).argmax())
    return float((hits[widest] + following[widest] + 1) / 2 * 10 % 360)


def read_ring(reader: ReadsStrips, crop: Crop, seen: LongReading) -> RingText | None:
    """The ring's text, after ``seen``, the reading of one and a half turns. When that was clear it stands; else the ring is
    read from the opening seen and from the emptiest places, in two inks, and the most telling reading wins. None when no
    Chinese character was read."""
    views = crop.prints()
    texts: list[RingText] = []
    starts: list[float] = []
    if seen.opening is not None:
        if seen.confidence >= CLEAR and chinese(seen.lap) >= CLEAR_CHARACTERS:
            return RingText(without_code(seen.lap), seen.confidence, seen.opening)
        starts.append(seen.opening)
        texts = _ring_texts(reader, [unroll(views[0], crop.outline, seen.opening)])
        if texts and texts[0].confidence >= CLEAR and chinese(texts[0].text) >= CLEAR_CHARACTERS:
            return texts[0]
    for start in [*openings(unroll(views[0], crop.outline, BOTTOM)), BOTTOM]:
        if all(abs(turn(start - s)) > APART for s in starts):
            starts.append(start)
    jobs = [unroll(view, crop.outline, start) for view in views for start in starts[:3]]
    texts += _ring_texts(reader, jobs[1:] if seen.opening is not None else jobs)
    return max(texts, key=lambda t: t.value, default=None)


def _ring_texts(reader: ReadsStrips, jobs: Sequence[Strip]) -> list[RingText]:
    texts: list[RingText] = []
    for strip, (text, confidence, marks) in zip(jobs, reader.strips([j.pixels for j in jobs]), strict=True):
        if chinese(text):
            texts.append(RingText(without_code(tidy(text)), confidence, _opening(strip, text, marks)))
    return texts


def without_code(text: str) -> str:
    """The ring without the registration code that stands in its opening: digits and letters before the first and after
    the last Chinese character."""
    first = next((i for i, ch in enumerate(text) if chinese(ch)), None)
    if first is None:
        return text
    last = max(i for i, ch in enumerate(text) if chinese(ch) or ch == "）")
    return text[first : last + 1]


def _opening(strip: Strip, text: str, marks: tuple[float, ...]) -> float:
    inked = [m for ch, m in zip(text, marks, strict=False) if chinese(ch)] if len(marks) == len(text) else []
    if not inked:
        return strip.angle_at(0.0) % 360
    return (strip.angle_at(min(inked)) + strip.angle_at(max(inked)) + 360) / 2 % 360
