"""From a page to its seals: candidates at every scale guess, accept rules, reading, roles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.base import Box
from pipeline.model.reading import InkColour, ScanColour, SealMark, SealRole
from pipeline.reading.seals.centre import CentreText, read_centre
from pipeline.reading.seals.ellipse import Ellipse, PixelBox, overlap
from pipeline.reading.seals.ink import RED_INK, Image, colouring, dark_map, mid_map, red_map, without_red
from pipeline.reading.seals.name_seal import read_square
from pipeline.reading.seals.partial import Slice, find_slices
from pipeline.reading.seals.ring import (
    Crop,
    LongReading,
    ReadsStrips,
    RingText,
    chinese,
    cut_out,
    read_long,
    read_ring,
    turn,
)
from pipeline.reading.seals.roles import PRINTED_WORDS, role_of, square_role
from pipeline.reading.seals.scale import guesses
from pipeline.reading.seals.squares import Square, find_squares
from pipeline.reading.seals.verify import Candidate, Kind, check, plausible, strong
from pipeline.reading.seals.voting import (
    LONG_OVAL_FORMS,
    OVAL_FORMS,
    PRINTED_FORMS,
    RARE_ROUND_FORMS,
    ROUND_FORMS,
    WORKING_DPI,
    EdgeField,
    edge_points,
    vote,
)

MAX_SEALS = 24
"""Seals read on one page; up to twice as many are reported, the rest of them unread and ``possible``. A page with more than a
handful does not exist, a hostile one may."""
MAX_WORKING_SIDE = 3400
"""Pixels at the working scale (A0); a page that claims to be larger is searched at a smaller scale."""
RED_EDGE, DARK_EDGE, MID_EDGE = 6.0, 7.0, 3.0
"""Least gradient of an edge on each ink map (SEALS.md, detect2)."""
MIN_RED_PIXELS = 150
SAME_SEAL = 0.3
CENTRE_INSIDE = 0.12
IN_SLICE = 0.7
TOP_THIRD = 0.35
MIDDLE = (0.33, 0.67)
"""Where the 监制章 stands on an invoice: in the upper third, near the middle."""


READ_CONFIDENCE, READ_CHARACTERS = 0.8, 6
"""A ring read this well makes a red seal sure even when one and a half turns at once were too much for the recogniser."""


@dataclass(frozen=True)
class _Found:
    """A round or oval seal in pixels of the page, with the scale that it was found at."""

    candidate: Candidate
    outline: Ellipse

    @property
    def score(self) -> float:
        return self.candidate.measures.quality


def find_seals(
    image: npt.NDArray[np.uint8], dpi: float | None, recogniser: ReadsStrips, *, colour: ScanColour | None = None
) -> list[SealMark]:
    """Every seal on an upright page.

    ``image``: BGR uint8 (height, width, 3), or grey (height, width). ``dpi``: None when unknown; then the usual papers are
    tried. ``colour``: what is known of the scan; grey and bilevel pages are searched for dark rings, and what is found
    there is rarely ``sure``. Seals come strongest first; ``text`` holds the ring, then the number and the word inside,
    separated by blanks. Never raises for what a page shows; a picture smaller than 16 pixels has no seals.
    """
    if image.ndim == 2:
        image = np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    height, width = image.shape[:2]
    if min(height, width) < 16:
        return []
    found: list[_Found] = []
    squares: list[Square] = []
    slices: list[Slice] = []
    scales = guesses(width, height, dpi)
    for guess in scales:
        factor = min(WORKING_DPI / guess, MAX_WORKING_SIDE / max(height, width))
        working = _resized(image, factor)
        outlines, red = _outlines(working, colour)
        found += [_Found(c, c.outline.at_scale(1 / factor)) for c in outlines]
        if red is not None:
            squares += [s.at_scale(1 / factor) for s in find_squares(red)]
            if len(scales) == 1:
                slices += [_slice_at(s, 1 / factor) for s in find_slices(red)]
    found = [f for f in found if not any(_is_slice(f.outline, piece) for piece in slices)]
    marks = _read_rings(image, _distinct(found), recogniser)
    boxes = [_pixels(m.box, width, height) for m in marks]
    for square in sorted(squares, key=lambda s: -s.score):
        if not _hidden(square.box, boxes):
            boxes.append(square.box)
            marks.append(_square_mark(image, square, recogniser))
    for piece in slices:
        if not _hidden(piece.box, boxes):
            marks.append(
                SealMark(
                    box=_fractions(piece.box, width, height), shape="partial", role="seam", confidence=round(piece.support, 3)
                )
            )
    return marks


def _resized(image: Image, factor: float) -> Image:
    if abs(factor - 1) < 0.01:
        return image
    kind = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=kind), dtype=np.uint8)


def _outlines(working: Image, colour: ScanColour | None) -> tuple[list[Candidate], npt.NDArray[np.uint8] | None]:
    """Plausible outlines at the working scale and the red map, None on pages without colour."""
    seen = colouring(working) if colour in (None, "colour", "digital") else colour
    if seen == "colour":
        red = red_map(working)
        candidates: list[Candidate] = []
        if int((red > RED_INK).sum()) > MIN_RED_PIXELS:
            candidates += _search(red, RED_EDGE, "red", 4, 30)
        candidates += _search(without_red(dark_map(working), red), DARK_EDGE, "dark", 5, 30)
        return [c for c in candidates if plausible(c)], red
    candidates = _search(dark_map(working), DARK_EDGE, "dark", 5, 40)
    if seen != "bilevel":
        candidates += _search(mid_map(working), MID_EDGE, "mid", 4, 30)
    return [c for c in candidates if plausible(c)], None


def _search(ink: npt.NDArray[np.uint8], threshold: float, kind: Kind, peaks: int, limit: int) -> list[Candidate]:
    field = EdgeField.of(ink, threshold)
    forms = ROUND_FORMS + RARE_ROUND_FORMS + OVAL_FORMS
    if kind == "red":
        forms += LONG_OVAL_FORMS + PRINTED_FORMS
    points = edge_points(field)
    return check(field, vote(points, (ink.shape[0], ink.shape[1]), forms, peaks), kind, limit)


def _distinct(found: list[_Found]) -> list[_Found]:
    """The strongest of every group that covers the same place."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: -f.score):
        if not _hidden(one.outline.box, [k.outline.box for k in kept]):
            kept.append(one)
    return kept[: 2 * MAX_SEALS]


def _is_slice(outline: Ellipse, piece: Slice) -> bool:
    """Whether an outline was fitted into a slice of a larger seal: it lies inside the slice and is no circle wholly on the
    page."""
    x0, y0, x1, y1 = outline.box
    sx0, sy0, sx1, sy1 = piece.box
    shared = max(0.0, min(x1, sx1) - max(x0, sx0)) * max(0.0, min(y1, sy1) - max(y0, sy0))
    on_paper = shared / max(1.0, (x1 - x0) * (y1 - y0))
    beyond = math.hypot(outline.cx - piece.outline.cx, outline.cy - piece.outline.cy) < 0.3 * piece.outline.a
    return beyond or (on_paper > IN_SLICE and not outline.is_round)


def _hidden(box: PixelBox, others: Sequence[PixelBox]) -> bool:
    cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for other in others:
        common = overlap(box, other)
        centre_inside = other[0] < cx < other[2] and other[1] < cy < other[3]
        if common >= SAME_SEAL or (centre_inside and common > CENTRE_INSIDE):
            return True
    return False


def _read_rings(image: Image, found: list[_Found], recogniser: ReadsStrips) -> list[SealMark]:
    marks = [_printed_mark(image, one, "") for one in found if _in_place(image, one)]
    crops: list[tuple[_Found, Crop]] = []
    for one in found:
        crop = None if _in_place(image, one) else cut_out(image, one.outline, red=one.candidate.kind == "red")
        if crop is not None:
            crops.append((one, crop))
    readings = read_long(recogniser, [crop for _, crop in crops])
    for (one, crop), reading in zip(crops, readings, strict=True):
        if any(word in reading.text for word in PRINTED_WORDS):
            marks.append(_printed_mark(image, one, reading.text))
            continue
        if one.candidate.printed_size and not reading.legible:
            continue
        mark = _mark(image, one, crop, reading, recogniser) if len(marks) < MAX_SEALS else _unread_mark(image, one, reading)
        if mark is not None:
            marks.append(mark)
    return marks


def _in_place(image: Image, one: _Found) -> bool:
    """A 监制章 by its size and its place at the head of the form; nobody stamps there."""
    x, y = one.outline.cx / image.shape[1], one.outline.cy / image.shape[0]
    return one.candidate.printed_size and MIDDLE[0] < x < MIDDLE[1] and y < TOP_THIRD


def _printed_mark(image: Image, one: _Found, text: str) -> SealMark:
    return SealMark(
        box=_fractions(one.outline.box, image.shape[1], image.shape[0]),
        shape="oval",
        role="printed",
        colour="red" if one.candidate.kind == "red" else "black",
        text=text,
        level="sure",
        confidence=round(min(1.0, one.candidate.measures.outer), 3),
        angle=round(one.outline.tilt, 1),
    )


def _mark(image: Image, one: _Found, crop: Crop, reading: LongReading, recogniser: ReadsStrips) -> SealMark | None:
    height, width = image.shape[:2]
    candidate, outline = one.candidate, one.outline
    level = _level(candidate, reading)
    if level is None:
        return None
    ring = read_ring(recogniser, crop, reading)
    if candidate.kind == "red" and ring and ring.confidence > READ_CONFIDENCE and chinese(ring.text) >= READ_CHARACTERS:
        level = "sure"
    angle = _angle(outline, ring)
    inside = read_centre(recogniser, crop, angle)
    return SealMark(
        box=_fractions(outline.box, width, height),
        shape="round" if candidate.round else "oval",
        role=_role(candidate, ring, inside),
        colour=_colour(candidate.kind, crop),
        text=_text(ring, inside),
        level=level,
        confidence=round(min(1.0, ring.confidence if ring else 0.0), 3),
        angle=round(angle, 1),
    )


def _unread_mark(image: Image, one: _Found, reading: LongReading) -> SealMark | None:
    if _level(one.candidate, reading) is None:
        return None
    return SealMark(
        box=_fractions(one.outline.box, image.shape[1], image.shape[0]),
        shape="round" if one.candidate.round else "oval",
        colour="red" if one.candidate.kind == "red" else "black",
    )


def _level(candidate: Candidate, reading: LongReading) -> Literal["sure", "possible"] | None:
    """``sure`` when a text runs round the ring, ``possible`` when only the outline speaks for it, None for anything less."""
    red = candidate.kind == "red"
    if reading.legible:
        return "sure" if red or candidate.measures.outer > 0.7 else "possible"
    if strong(candidate):
        return "possible"
    some_text = reading.characters >= 3 and reading.span >= 80
    return "possible" if not red and candidate.measures.outer > 0.6 and some_text else None


def _angle(outline: Ellipse, ring: RingText | None) -> float:
    """How far the impression is turned clockwise: from the opening of the text, for ovals snapped to the long axis."""
    lean = turn(ring.opening - 90) if ring is not None else 0.0
    if not outline.is_round:
        return turn(outline.tilt + (180 if abs(lean) > 90 else 0))
    return lean


def _role(candidate: Candidate, ring: RingText | None, inside: CentreText) -> SealRole:
    unread = inside.inked and not inside.word
    return role_of(
        ring.text if ring else "", inside.word, round_=candidate.round, word_unread=unread, numbered=bool(inside.number)
    )


def _text(ring: RingText | None, inside: CentreText) -> str:
    parts = [ring.text if ring else "", inside.number, inside.word]
    return " ".join(p for p in parts if p)


def _colour(kind: Kind, crop: Crop) -> InkColour:
    """Red from the red map; else blue when the outline's own ink is bluish, else black."""
    if kind == "red":
        return "red"
    lab = cv2.cvtColor(crop.image, cv2.COLOR_BGR2LAB).astype(np.float32)
    ink = lab[..., 0] < np.percentile(lab[..., 0], 15)
    paper = lab[..., 0] > np.percentile(lab[..., 0], 60)
    if not ink.any() or not paper.any():
        return "black"
    b_shift = float(np.median(lab[..., 2][ink]) - np.median(lab[..., 2][paper]))
    return "blue" if b_shift < -15 else "black"


def _square_mark(image: Image, square: Square, recogniser: ReadsStrips) -> SealMark:
    height, width = image.shape[:2]
    text, confidence = read_square(recogniser, image, square)
    return SealMark(
        box=_fractions(square.box, width, height),
        shape="square",
        role=square_role(text),
        text=text,
        level="sure" if text else "possible",
        confidence=round(min(1.0, confidence), 3),
        angle=round(square.tilt, 1),
    )


def _slice_at(piece: Slice, factor: float) -> Slice:
    x0, y0, x1, y1 = piece.box
    return Slice((x0 * factor, y0 * factor, x1 * factor, y1 * factor), piece.outline.at_scale(factor), piece.support)


def _fractions(box: PixelBox, width: int, height: int) -> Box:
    def limited(value: float) -> float:
        return round(max(0.0, min(1.0, value)), 5)

    return (limited(box[0] / width), limited(box[1] / height), limited(box[2] / width), limited(box[3] / height))


def _pixels(box: Box, width: int, height: int) -> PixelBox:
    return (box[0] * width, box[1] * height, box[2] * width, box[3] * height)
