"""The typefaces of the made-up papers: roles, the hands each role has, and where the outlines come from.

Outlines are Noto Sans SC and Noto Serif SC (OFL) out of the wheel ``pylopdf-fonts-zh-cn``; no package on PyPI carries a free
楷体, 仿宋 or handwriting for simplified Chinese, so those roles are *cut* from the two outlines (:class:`Cut`): narrowed, thinned,
risen like a brush, sampled by the needles of a printer, written by a shaking hand. Every role has several cuts; a paper takes
one by number, so that nothing can be learned from a single face.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from unicodedata import east_asian_width

from PIL import ImageFont

Face = Literal["sans", "serif", "kai", "mono", "dot", "hand", "stamp"]
"""Roles of type: sans 黑体, serif 宋体, kai 楷体/仿宋, mono fixed pitch, dot the pins of a fiscal printer, hand a person's pen, stamp a
numbering machine."""
Outline = Literal["sans", "serif"]
_FILES: dict[Outline, str] = {"sans": "NotoSansSC-Regular.otf", "serif": "NotoSerifSC-Regular.otf"}


@dataclass(frozen=True)
class Cut:
    """How a role is drawn from an outline. Lengths are parts of the em.

    ``stretch`` scales widths; ``weight`` thickens (thins, where negative) every stroke; ``rise`` lifts horizontal strokes to the
    right as a brush does; ``slant`` leans; ``pitch`` sets ASCII at half an em; ``pins`` samples the glyph on so many needles;
    ``wander`` bends and shifts every sign anew (a hand, a worn numbering machine); ``track`` widens or tightens the run.
    """

    outline: Outline
    stretch: float = 1.0
    weight: float = 0.0
    rise: float = 0.0
    slant: float = 0.0
    pitch: bool = False
    pins: int = 0
    wander: float = 0.0
    pen: bool = False
    """Digits are written stroke by stroke instead of bent from print."""
    track: float = 0.0

    @property
    def plain(self) -> bool:
        """Can be set by the font engine itself, line by line."""
        return self.stretch == 1.0 and not (self.weight or self.rise or self.slant or self.pitch or self.pins or self.wander or self.track)


CUTS: Mapping[Face, tuple[Cut, ...]] = {
    "sans": (Cut("sans"), Cut("sans", weight=0.014), Cut("sans", stretch=0.94)),
    "serif": (Cut("serif"), Cut("serif", weight=0.01), Cut("serif", stretch=0.95, weight=0.006), Cut("serif", weight=-0.012)),
    "kai": (Cut("serif", rise=0.075, slant=0.03, weight=-0.006), Cut("serif", stretch=0.88, rise=0.035, weight=-0.016), Cut("serif", stretch=0.95, rise=0.1, slant=0.06)),
    "mono": (Cut("sans", pitch=True), Cut("serif", pitch=True), Cut("sans", pitch=True, weight=-0.012)),
    "dot": (Cut("sans", pins=24, pitch=True), Cut("serif", pins=24, pitch=True), Cut("sans", pins=20, pitch=True)),
    "hand": (
        Cut("sans", weight=-0.024, slant=0.16, rise=0.09, wander=0.05, pen=True, track=-0.06),
        Cut("serif", stretch=0.84, weight=-0.01, slant=0.1, rise=0.12, wander=0.06, pen=True, track=-0.04),
        Cut("sans", stretch=0.9, weight=-0.014, slant=-0.04, rise=0.05, wander=0.075, pen=True, track=-0.08),
    ),
    "stamp": (Cut("serif", weight=0.03, wander=0.008, track=0.14), Cut("sans", stretch=0.8, weight=0.012, wander=0.008, track=0.16)),
}  # fmt: skip
"""Cut 0 of every role has the widths of its outline, so that papers written as PDF or OFD look as they were measured."""


class FontsMissing(RuntimeError):
    """The wheel with the fonts is not installed; install the extra: ``pip install shencai[samples]``."""


@lru_cache
def outline_path(outline: Outline) -> Path:
    """The font file, found without importing the package."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    if spec is None or not spec.submodule_search_locations:
        raise FontsMissing("缺少样例字体，请先安装：pip install 'shencai[samples]'")
    return Path(spec.submodule_search_locations[0]) / _FILES[outline]


def font_path(face: Face) -> Path:
    """The file whose outlines the first cut of ``face`` uses."""
    return outline_path(CUTS[face][0].outline)


@lru_cache(maxsize=512)
def outline_font(outline: Outline, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(outline_path(outline)), max(6, pixels), layout_engine=ImageFont.Layout.BASIC)


def font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    """The outline of the face's first cut at a height of ``pixels`` to the em."""
    return outline_font(CUTS[face][0].outline, pixels)


@lru_cache(maxsize=60_000)
def advance(cut: Cut, char: str, pixels: int) -> float:
    """By how many pixels the pen moves on after ``char``."""
    if cut.pitch:
        return pixels * (1.0 if east_asian_width(char) in "WF" else 0.5)
    wide = outline_font(cut.outline, pixels).getlength(char)
    if cut.pen and char in "0123456789":
        wide = pixels * 0.52
    return (wide + cut.track * pixels) * cut.stretch


def length(cut: Cut, text: str, pixels: int) -> float:
    """How many pixels ``text`` runs, sign after sign (no kerning)."""
    return sum(advance(cut, char, pixels) for char in text)


Faces = Mapping[Face, int]
_FACES: ContextVar[Faces | None] = ContextVar("faces", default=None)


def chosen_faces() -> Faces:
    """The cuts that papers made now shall use; role → number in ``CUTS``; a role not named uses cut 0."""
    return _FACES.get() or {}


@contextmanager
def typefaces(rng: random.Random | None) -> Iterator[None]:
    """Papers made inside use one cut for each role, drawn from ``rng`` (None: the first of each)."""
    token = _FACES.set({face: rng.randrange(len(cuts)) for face, cuts in CUTS.items()} if rng else None)
    try:
        yield
    finally:
        _FACES.reset(token)
