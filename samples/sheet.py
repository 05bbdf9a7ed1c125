"""A bare sheet, in millimetres: what is put on it, remembered, and painted when its pixels are asked for.

Drawing is put off: a sheet notes what was put on it and paints itself when its pixels are first asked for, so that a long report
can be laid out by every process and painted only where its pages are scanned.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from PIL import Image, ImageDraw

from pipeline.model import SealRole, SealShape
from samples import glyphs
from samples.fonts import CUTS, Cut, Face, Faces, chosen_faces, length
from samples.ink import Alpha, Rgb, bleached, copied, multiplied
from samples.runs import Mark, Patch, Picture, Run, Stroke, baseline
from samples.signature import digest

MmBox = tuple[float, float, float, float]
BLACK: Rgb = (24, 24, 26)
RED: Rgb = (200, 32, 40)
Align = Literal["l", "c", "r"]

_RESOLUTION: ContextVar[int] = ContextVar("resolution", default=200)


@contextmanager
def resolution(dpi: int) -> Iterator[None]:
    """Papers made inside are drawn and scanned at ``dpi``."""
    token = _RESOLUTION.set(dpi)
    try:
        yield
    finally:
        _RESOLUTION.reset(token)


_BLUEPRINT: ContextVar[bool] = ContextVar("blueprint", default=False)


@contextmanager
def blueprint() -> Iterator[None]:
    """Papers made inside are measured, not drawn: texts, boxes, rows and seals are noted, pixels are not made.

    It tells how many pages a paper has and what stands where, a hundred times cheaper than drawing.
    """
    token = _BLUEPRINT.set(True)
    try:
        yield
    finally:
        _BLUEPRINT.reset(token)


_PHOTOCOPY: ContextVar[bool] = ContextVar("photocopy", default=False)


@contextmanager
def photocopied(really: bool = True) -> Iterator[None]:
    """Papers made inside come from a black-and-white copier: all that was on the original is grey, fresh ink keeps its colour."""
    token = _PHOTOCOPY.set(really)
    try:
        yield
    finally:
        _PHOTOCOPY.reset(token)


EM = 1000
"""Widths are measured at so many pixels to the em, the same at every resolution."""


@dataclass
class Noted:
    """A value written on the sheet; ``box`` in millimetres."""

    value: str
    box: MmBox


@dataclass
class StampedSeal:
    box: MmBox
    shape: SealShape
    role: SealRole
    text: str


@dataclass(eq=False)
class _Thing:
    """Something put on the sheet, not yet painted."""

    paint: Callable[[Image.Image], None] | None
    marks: Callable[[], list[Mark]] | None
    box: MmBox
    kind: Literal["text", "ink", ""] = ""
    text: str = ""
    again: Callable[[str], None] | None = None
    """Writes another text in the same place and manner."""
    fresh: bool = False
    """Put on the copy, not on the original."""


@dataclass
class Sheet:
    """One side of one sheet. Lengths are millimetres, sizes are points, the origin is the top left corner.

    ``coloured`` tells the scanner what it needs: colour where a red seal stands, else grey is enough.
    """

    width: float = 210.0
    height: float = 297.0
    dpi: int = field(default_factory=lambda: _RESOLUTION.get())
    ground: Rgb = (255, 255, 255)
    label: int | None = None
    volume_label: int | None = None
    blank: bool = False
    coloured: bool = False
    fields: dict[str, Noted] = field(default_factory=dict)
    rows: dict[str, list[tuple[int, str, Noted]]] = field(default_factory=dict)
    """table → (row index within the document's table, column, noted)."""
    seals: list[StampedSeal] = field(default_factory=list)
    faces: Faces = field(default_factory=chosen_faces)
    """role → which of its cuts this paper uses (``samples.fonts.CUTS``)."""
    photocopy: bool = field(default_factory=lambda: _PHOTOCOPY.get())

    def __post_init__(self) -> None:
        self.drawn = not _BLUEPRINT.get()
        self._things: list[_Thing] = []
        self._painted = 0
        self._image: Image.Image | None = None
        self._pen: ImageDraw.ImageDraw | None = None

    @property
    def image(self) -> Image.Image:
        """The sheet's pixels; everything put on it so far is painted."""
        if self._image is None:
            size = (self.px(self.width), self.px(self.height)) if self.drawn else (1, 1)
            ground = self.ground if not self.photocopy else (255, 255, 255)
            self._image = Image.new("RGB", size, ground)
        waiting = self._things[self._painted :] if self.drawn else []
        if self.photocopy:
            # The original first, then the copier, then what was stamped on the copy.
            original = [thing for thing in waiting if not thing.fresh]
            _paint(self._image, original)
            if self._painted == 0 and waiting:
                self._image, self._pen = copied(self._image, f"{len(original)}|{self.width}|{self.label}"), None
            waiting = [thing for thing in waiting if thing.fresh]
        _paint(self._image, waiting)
        self._painted = len(self._things)
        return self._image

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """A pen on :attr:`image`, in pixels; what it draws is not remembered in :attr:`marks`."""
        image = self.image
        if self._pen is None:
            self._pen = ImageDraw.Draw(image)
        return self._pen

    @property
    def marks(self) -> list[Mark]:
        """What was put on the sheet, in order (:mod:`samples.runs`); nothing on a blueprint."""
        return [mark for thing in self._things if thing.marks is not None for mark in thing.marks()] if self.drawn else []

    def signature(self) -> str:
        """A fingerprint of all that was put on the sheet, painted or not; to be asked for before it is painted."""
        things = [(t.kind, t.box, t.text, t.paint) for t in self._things]
        return digest((self.width, self.height, self.label, self.volume_label, self.blank, self.ground), self.fields, self.rows, self.seals, things, skip=(self,))

    def forget_pixels(self) -> None:
        """Frees the painted sheet and what it was painted from."""
        self._image, self._pen, self._things, self._painted = None, None, [], 0

    def _put(self, box: MmBox, paint: Callable[[Image.Image], None], marks: Callable[[], list[Mark]] | None) -> None:
        if self.drawn:
            self._things.append(_Thing(paint, marks, box))

    def written(self, box: MmBox) -> str | None:
        """The line of text that stands in ``box``, if one does."""
        thing = self._line_in(box)
        return thing.text if thing else None

    def rewrite(self, box: MmBox, text: str) -> None:
        """Writes ``text`` instead of the line that stands in ``box``, in its manner. Must come before the sheet is painted."""
        thing = self._line_in(box)
        if thing is None or thing.again is None:
            raise ValueError("no line of text stands there")
        at = self._things.index(thing)
        thing.again(text)
        self._things[at] = self._things.pop()

    def take_off(self, box: MmBox) -> None:
        """Takes ink off that was laid around the middle of ``box``: it was never struck. Must come before the sheet is painted."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        self._things = [
            t for t in self._things if t.kind != "ink" or abs((t.box[0] + t.box[2]) / 2 - x) > 0.5 or abs((t.box[1] + t.box[3]) / 2 - y) > 0.5
        ]

    def _line_in(self, box: MmBox) -> _Thing | None:
        def shared(thing: _Thing) -> float:
            wide = min(thing.box[2], box[2]) - max(thing.box[0], box[0])
            high = min(thing.box[3], box[3]) - max(thing.box[1], box[1])
            return wide * high if wide > 0 and high > 0 else 0.0

        lines = [thing for thing in self._things if thing.kind == "text" and shared(thing) > 0]
        return max(lines, key=shared, default=None)

    def _ink(self, ink: Rgb) -> Rgb:
        """``ink`` as the sheet shows it: a copier knows only grey."""
        if not self.photocopy or max(ink) - min(ink) < 12:
            return ink
        tone = min(255, round(0.30 * ink[0] + 0.55 * ink[1] + 0.15 * ink[2]))
        return (tone, tone, tone)

    def cut(self, face: Face, variant: int | None = None) -> Cut:
        """How this paper draws ``face``."""
        cuts = CUTS[face]
        return cuts[(variant if variant is not None else self.faces.get(face, 0)) % len(cuts)]

    def px(self, mm: float) -> int:
        """Millimetres as whole pixels."""
        return round(mm * self.dpi / 25.4)

    def size_px(self, points: float) -> int:
        return round(points * self.dpi / 72)

    def text_width(self, text: str, size: float, face: Face = "serif", variant: int | None = None) -> float:
        """How wide ``text`` runs, in millimetres. It does not depend on the resolution."""
        return length(self.cut(face, variant), text, EM) / EM * size * 25.4 / 72

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, *, face: Face = "serif", bold: bool = False,
        align: Align = "l", ink: Rgb = BLACK, spread: float = 0.0, role: str = "", variant: int | None = None,
    ) -> MmBox:  # fmt: skip
        """Writes one line with its middle at height ``y``; ``spread`` adds millimetres between characters.

        ``role`` ("label" or "value") tells a form's own print from what was filled in; ``variant`` picks a cut of the face.
        """
        cut, pixels = self.cut(face, variant), self.size_px(size)
        width = self.text_width(text, size, face, variant) + spread * max(0, len(text) - 1)
        left = x - (width / 2 if align == "c" else width if align == "r" else 0.0)
        half = size * 0.3528 * 0.52
        box = (left, y - half, left + width, y + half)
        if not text:
            return box
        k, shown = self.dpi / 25.4, self._ink(ink)
        thing = _Thing(
            None, None, box, "text", text,
            lambda other: (self.text(x, y, other, size, face=face, bold=bold, align=align, ink=ink, spread=spread, role=role, variant=variant), None)[1],
        )  # fmt: skip
        if self.drawn:
            # Rounding the size to whole pixels must not make the line longer than it was measured.
            room = (width * k - length(cut, text, pixels)) / max(1, len(text) - 1)
            gap = room if abs(room) > 0.02 * pixels or spread else 0.0
            thing.paint = lambda image: glyphs.run(image, cut, text, left * k, y * k, pixels, shown, bold=bold, spread=gap)
            thing.marks = lambda: [Run(face, size, left, baseline(y, size, face), text, shown, spread, bold, role)]
        self._things.append(thing)
        return box

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.2, ink: Rgb = BLACK) -> None:
        ink, ends = self._ink(ink), (self.px(x0), self.px(y0), self.px(x1), self.px(y1))
        self._put(
            (x0, y0, x1, y1),
            lambda image: ImageDraw.Draw(image).line(ends, fill=ink, width=max(1, self.px(width))),
            lambda: [Stroke(x0, y0, x1, y1, width, ink)],
        )

    def curve(self, points: Sequence[tuple[float, float]], width: float = 0.3, ink: Rgb = BLACK) -> None:
        """A chain of straight strokes through ``points``: a tick, a flourish, a line drawn by hand."""
        for (x0, y0), (x1, y1) in pairwise(points):
            self.line(x0, y0, x1, y1, width, ink)

    def frame(self, box: MmBox, width: float = 0.2, ink: Rgb = BLACK) -> None:
        x0, y0, x1, y1 = box
        ink, corners = self._ink(ink), [self.px(v) for v in box]
        self._put(
            box,
            lambda image: ImageDraw.Draw(image).rectangle(corners, outline=ink, width=max(1, self.px(width))),
            lambda: [Stroke(x0, y0, x1, y0, width, ink), Stroke(x0, y1, x1, y1, width, ink), Stroke(x0, y0, x0, y1, width, ink), Stroke(x1, y0, x1, y1, width, ink)],
        )

    def fill(self, box: MmBox, ink: Rgb = (255, 255, 255)) -> None:
        """Covers ``box`` with an even colour: shaded head rows, correction fluid, a label stuck over."""
        ink, corners = self._ink(ink), [self.px(v) for v in box]
        self._put(box, lambda image: ImageDraw.Draw(image).rectangle(corners, fill=ink), lambda: [Patch(*box, ink)])

    def picture(self, image: Image.Image, x: float, y: float, role: str = "") -> None:
        """Lays ``image`` (already at this paper's resolution) with its top left corner at ``(x, y)``."""
        if not self.drawn:
            return
        shown = (image.convert("L") if self.photocopy else image).convert("RGB")
        wide, high = shown.width * 25.4 / self.dpi, shown.height * 25.4 / self.dpi
        corner = (self.px(x), self.px(y))
        self._put((x, y, x + wide, y + high), lambda sheet: sheet.paste(shown, corner), lambda: [Picture(shown, None, x, y, wide, high, role)])

    def photo(self, make: Callable[[int, int], Image.Image], box: MmBox, role: str = "") -> None:
        """A picture in ``box`` that is made when the sheet is painted: ``make`` is given its width and height in pixels."""
        if not self.drawn:
            return
        x0, y0, x1, y1 = box
        size, corner = (max(1, self.px(x1 - x0)), max(1, self.px(y1 - y0))), (self.px(x0), self.px(y0))
        found: list[Image.Image] = []

        def seen() -> Image.Image:
            if not found:
                image = make(*size).convert("RGB")
                found.append((image.convert("L") if self.photocopy else image).convert("RGB"))
            return found[0]

        self._put(box, lambda sheet: sheet.paste(seen(), corner), lambda: [Picture(seen(), None, x0, y0, x1 - x0, y1 - y0, role)])

    def lay_ink(self, alpha: Alpha | Callable[[], Alpha], x: float, y: float, colour: Rgb, *, role: str = "seal", fresh: bool = False) -> None:
        """Multiplies ink of ``colour`` into the paper, centred at ``(x, y)``; what hangs over the edge is lost.

        ``alpha`` (0 … 1, at this paper's resolution) may be a function, called when the sheet is painted. ``fresh`` ink was struck
        on the copy itself and keeps its colour on a photocopy.
        """
        colour = colour if fresh else self._ink(colour)
        self.coloured = self.coloured or max(colour) - min(colour) > 25
        if not self.drawn:
            return
        found: list[Alpha] = []

        def seen() -> Alpha:
            if not found:
                found.append(alpha() if callable(alpha) else alpha)
            return found[0]

        def remembered() -> list[Mark]:
            weight = seen()
            h, w = weight.shape
            wide, high = w * 25.4 / self.dpi, h * 25.4 / self.dpi
            return [Picture(Image.new("RGB", (w, h), colour), weight, x - wide / 2, y - high / 2, wide, high, role)]

        self._things.append(
            _Thing(lambda image: multiplied(image, seen(), x * self.dpi / 25.4, y * self.dpi / 25.4, colour), remembered, (x, y, x, y), "ink", fresh=fresh)
        )

    def fade(self, box: MmBox, strength: float, rng: random.Random) -> None:
        """Bleaches ``box`` unevenly: a worn ribbon, a scraped figure. ``strength`` 0 leaves it, 1 takes all ink."""
        seed = rng.randrange(1 << 31)
        self._put(box, lambda image: bleached(image, [self.px(v) for v in box], strength, seed), None)


def _paint(image: Image.Image, things: Sequence[_Thing]) -> None:
    for thing in things:
        if thing.paint is not None:
            thing.paint(image)
