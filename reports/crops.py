"""Pictures for the HTML report: which ones, each once, small enough that the file still opens at once."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image

from pipeline.errors import ShencaiError
from pipeline.model import Box
from reports.base import WHOLE_PAGE, Pictures, crop_window

PICTURE_BUDGET = 1_900_000
"""Bytes of JPEG in one report; base64 makes a third more of them. A page with more opens slowly on an office computer."""

MOST_PICTURES = 200
"""Pages are rendered for pictures one by one; more than this would keep the clerk waiting."""

_STEPS: tuple[tuple[int, int], ...] = ((760, 62), (600, 50), (460, 42))
"""(most pixels of width, JPEG quality) tried in turn until all pictures fit."""

_PLAIN_SIZE = 22_000
"""A picture up to this size is taken as it comes."""

_SAME_SHAPE = 0.04
"""How far proportions may be off by rounding to whole pixels."""

Wish = tuple[str, int, Box]
"""(file id, page, box) a finding points at."""

_Sized = tuple[bytes, tuple[int, int]]


@dataclass(frozen=True)
class Crop:
    """A picture and what to frame in it.

    Attributes:
        id: same for equal pictures.
        uri: ``data:image/jpeg;base64,…``.
        first: is this the first use? Later ones point at the first.
        frame: ``(x, y, width, height)`` of the box in thousandths of the picture; None when the picture was not cut as
            agreed, since a frame in the wrong place is worse than none.
        size: ``(width, height)`` in pixels.
        whole: the whole page is meant: it is shown small, a frame around all of it would say nothing.
    """

    id: str
    uri: str
    first: bool
    frame: tuple[int, int, int, int] | None
    size: tuple[int, int]
    whole: bool = False


@dataclass(frozen=True)
class CropSheet:
    """All pictures of a report; ``left_out`` counts wished ones that would have made the file too big."""

    crops: dict[tuple[int, int], Crop]
    left_out: int
    unavailable: int


def cut(
    wishes: Sequence[Sequence[Wish]],
    pictures: Pictures,
    *,
    shape: Callable[[str, int], float | None] = lambda file, page: None,
    budget: int = PICTURE_BUDGET,
) -> CropSheet:
    """Cut the pictures of findings.

    Args:
        wishes: for each finding (most important first) the places it points at, most telling first.
        shape: width over height of a page where known, to make sure that a picture shows the part it should.
        budget: bytes of JPEG allowed in all.

    Returns:
        Pictures by ``(number of the finding, number of the place)``. Every finding's first picture comes before any second.
    """
    order = [(i, k) for k in range(max(map(len, wishes), default=0)) for i in range(len(wishes)) if k < len(wishes[i])]
    keys = {place: _key(wishes[place[0]][place[1]]) for place in order}
    wanted = dict.fromkeys(keys[place] for place in order)
    chosen = list(wanted)[:MOST_PICTURES]
    # One page after the other, so that whoever renders may keep the last page at hand.
    raw = {key: _ask(pictures, key) for key in sorted(chosen)}
    got = {key: raw[key] for key in chosen}
    fitted = _fit({key: data for key, data in got.items() if data is not None}, budget)

    crops: dict[tuple[int, int], Crop] = {}
    seen: set[str] = set()
    left_out = unavailable = 0
    for place in sorted(order):
        key = keys[place]
        data = fitted.get(key)
        if data is None:
            if key in got and got[key] is None:
                unavailable += 1
            else:
                left_out += 1
            continue
        name = hashlib.sha256(data[0]).hexdigest()[:12]
        first = name not in seen
        seen.add(name)
        uri = "data:image/jpeg;base64," + base64.b64encode(data[0]).decode() if first else ""
        wish = wishes[place[0]][place[1]]
        whole = wish[2] == WHOLE_PAGE
        frame = _frame(wish[2]) if not whole and _as_agreed(wish, data[1], shape(*wish[:2])) else None
        crops[place] = Crop(id=name, uri=uri, first=first, frame=frame, size=data[1], whole=whole)
    return CropSheet(crops=crops, left_out=left_out, unavailable=unavailable)


def _key(wish: Wish) -> Wish:
    """Places on one page whose boxes are the same to a thousandth share a picture."""
    file, page, (x0, y0, x1, y1) = wish
    return (file, page, (round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)))


def _ask(pictures: Pictures, key: Wish) -> bytes | None:
    """A report without one picture is better than no report."""
    try:
        data = pictures.crop(key[0], key[1], key[2])
    except (OSError, ValueError, ShencaiError):
        return None
    return data or None


def _fit(raw: dict[Wish, bytes], budget: int) -> dict[Wish, _Sized]:
    """Shrink all alike until they fit; what still does not fit is cut from the end (least important)."""
    small: dict[Wish, _Sized] = {}
    for step, (width, quality) in enumerate(_STEPS):
        small = {}
        for key, data in raw.items():
            shrunk = _shrink(data, width, quality, keep_below=_PLAIN_SIZE if step == 0 else 0)
            if shrunk is not None:
                small[key] = shrunk
        if sum(len(data) for data in {d for d, _ in small.values()}) <= budget:
            return small
    kept: dict[Wish, _Sized] = {}
    used = 0
    counted: set[bytes] = set()
    for key, value in small.items():
        cost = 0 if value[0] in counted else len(value[0])
        if used + cost <= budget:
            used += cost
            counted.add(value[0])
            kept[key] = value
    return kept


def _shrink(data: bytes, width: int, quality: int, *, keep_below: int) -> _Sized | None:
    """A smaller JPEG with its size; None when the bytes are no picture."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
            if len(data) <= keep_below:
                return data, opened.size
            image = opened.convert("RGB")
            if image.width > width:
                image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.BICUBIC, reducing_gap=2.0)
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality)
            return (out.getvalue(), image.size) if len(out.getvalue()) < len(data) else (data, opened.size)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _as_agreed(wish: Wish, size: tuple[int, int], page_shape: float | None) -> bool:
    """Has the picture the proportions of ``crop_window``?"""
    if page_shape is None:
        return True
    x0, y0, x1, y1 = crop_window(wish[2])
    expected = page_shape * (x1 - x0) / (y1 - y0)
    return abs(size[0] / size[1] / expected - 1) < _SAME_SHAPE


def _frame(box: Box) -> tuple[int, int, int, int]:
    """The box inside its window, in thousandths, with a hair of air around it."""
    wx0, wy0, wx1, wy1 = crop_window(box)
    air_x, air_y = 0.006, 0.004
    x0 = (max(wx0, min(box[0], box[2]) - air_x) - wx0) / (wx1 - wx0)
    x1 = (min(wx1, max(box[0], box[2]) + air_x) - wx0) / (wx1 - wx0)
    y0 = (max(wy0, min(box[1], box[3]) - air_y) - wy0) / (wy1 - wy0)
    y1 = (min(wy1, max(box[1], box[3]) + air_y) - wy0) / (wy1 - wy0)
    return (round(x0 * 1000), round(y0 * 1000), max(1, round((x1 - x0) * 1000)), max(1, round((y1 - y0) * 1000)))
