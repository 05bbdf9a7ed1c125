"""Placed characters → lines of text, for text layers of PDF and OFD alike. A wide gap ends a line, so that the cells of a
table stay apart; the order in which a program wrote the characters is a hint, their places decide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model import Line, clamp_box

Direction = Literal[0, 90, 180, 270]
"""Where reading goes on the shown page, clockwise: 0 to the right, 90 downwards, 180 to the left, 270 upwards."""

_GAP = 1.5
"""A gap of more ems than this ends a line (ofdkit and our invoices agree on 1.5) …"""
_GAP_BETWEEN = 0.8
"""… and a smaller one between two text objects: 金额 and 税率 of an invoice stand 1 em apart."""
_SPACED_GAP = 6.0
"""The same where the program itself wrote spaces between two Chinese characters, as in 名    称."""
_WORD_GAP = 0.25
_OVERLAP = 0.5
_SIZES = 1.6
"""Type of sizes further apart than this factor is never one line."""


@dataclass(frozen=True)
class Glyph:
    """One character at ``(x0, y0, x1, y1)`` on the shown page, in points (or any unit equal both ways), origin top left.
    ``em`` is the type size there; ``group`` the text object it was written in."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    direction: Direction = 0
    group: int = 0

    def along(self) -> tuple[float, float]:
        """Start and end in reading direction."""
        return {0: (self.x0, self.x1), 180: (-self.x1, -self.x0), 90: (self.y0, self.y1), 270: (-self.y1, -self.y0)}[self.direction]

    def across(self) -> tuple[float, float]:
        """Top and bottom, seen by a reader."""
        return {0: (self.y0, self.y1), 180: (-self.y1, -self.y0), 90: (-self.x1, -self.x0), 270: (self.x0, self.x1)}[self.direction]


@dataclass
class _Run:
    """Characters that belong together so far. ``spaced_from`` is the character before, when the program wrote spaces between
    it and this run, and nothing else."""

    glyphs: list[Glyph] = field(default_factory=list)
    spaced_from: Glyph | None = None

    @property
    def start(self) -> float:
        return self.glyphs[0].along()[0]

    @property
    def end(self) -> float:
        return self.glyphs[-1].along()[1]


def lines_of(glyphs: Sequence[Glyph], width: float, height: float) -> tuple[Line, ...]:
    """Lines in reading order (top to bottom, then left to right), boxes as fractions of a page of ``width`` × ``height``.
    Characters drawn twice at one place (fake bold) count once; spaces at the ends of a line are dropped."""
    runs: list[_Run] = []
    spaces = False
    for glyph in _once(glyphs):
        last = runs[-1].glyphs[-1] if runs else None
        if not glyph.text.strip():
            spaces = spaces or (last is not None and last.group == glyph.group)
            continue
        if last is not None and _follows(last, glyph, _WORD_GAP):
            runs[-1].glyphs.append(glyph)
        else:
            # Broken at every gap, joined by place below: 2022 08 30 may have 年 月 日 of another object in its gaps.
            spaced = spaces and last is not None and last.group == glyph.group
            runs.append(_Run([glyph], last if spaced else None))
        spaces = False
    lines = [_line(run, width, height) for run in _joined(runs)]
    return tuple(sorted(lines, key=lambda line: (round((line.box[1] + line.box[3]) / 2 * height / 6), line.box[0])))


def _once(glyphs: Iterable[Glyph]) -> Iterable[Glyph]:
    """Leaves out what another text object has drawn before at the same place. Within one object nothing is left out: two
    zeros of an amount whose places are given badly are still two zeros."""
    seen: dict[tuple[str, int, int], int] = {}
    for glyph in glyphs:
        if glyph.text.strip():
            step = max(glyph.em, 1.0) * 0.15
            x, y = int((glyph.x0 + glyph.x1) / 2 / step), int((glyph.y0 + glyph.y1) / 2 / step)
            if seen.get((glyph.text, x, y), glyph.group) != glyph.group:
                continue
            for i in (-1, 0, 1):
                for j in (-1, 0, 1):
                    seen.setdefault((glyph.text, x + i, y + j), glyph.group)
        yield glyph


def _aligned(a: Glyph, b: Glyph) -> bool:
    """Do both stand on one line: same direction, similar size, half of the smaller one's height shared?"""
    if a.direction != b.direction or max(a.em, b.em) > _SIZES * min(a.em, b.em):
        return False
    (top_a, bottom_a), (top_b, bottom_b) = a.across(), b.across()
    shared = min(bottom_a, bottom_b) - max(top_a, top_b)
    return shared > _OVERLAP * min(bottom_a - top_a, bottom_b - top_b)


def _follows(a: Glyph, b: Glyph, gap: float) -> bool:
    """Does ``b`` stand after ``a`` on its line, at most ``gap`` ems away?"""
    if not _aligned(a, b):
        return False
    em = max(a.em, b.em)
    return -0.6 * em <= b.along()[0] - a.along()[1] <= gap * em and b.along()[1] > a.along()[0]


def _continues(a: Glyph, run: _Run) -> bool:
    b = run.glyphs[0]
    if run.spaced_from is a and _chinese(a.text) and _chinese(b.text):
        return _follows(a, b, _SPACED_GAP)
    return _follows(a, b, _GAP if a.group == b.group else _GAP_BETWEEN)


def _chinese(text: str) -> bool:
    return unicodedata.east_asian_width(text[-1]) in ("W", "F")


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs joined where one continues another on the page; the nearest one to the right goes first."""
    by_start = sorted(runs, key=lambda r: (r.glyphs[0].direction, r.start))
    starts = [r.start for r in by_start]
    used: set[int] = set()
    out: list[_Run] = []
    for i, run in enumerate(by_start):
        if i in used:
            continue
        glyphs = list(run.glyphs)
        for at in range(i + 1, len(by_start)):
            other, last = by_start[at], glyphs[-1]
            reach = last.along()[1]
            if other.glyphs[0].direction != last.direction or starts[at] > reach + _SPACED_GAP * _SIZES * last.em:
                break
            if at in used or starts[at] < reach - 0.3 * last.em or not _aligned(last, other.glyphs[0]):
                continue
            if not _continues(last, other):
                break  # the next thing on this line is too far away, so everything after it is too
            used.add(at)
            glyphs.extend(other.glyphs)
        out.append(_Run(glyphs))
    return out


def _line(run: _Run, width: float, height: float) -> Line:
    """One line with the centre of each character, measured in reading direction."""
    glyphs = run.glyphs
    start = min(g.along()[0] for g in glyphs)
    end = max(g.along()[1] for g in glyphs)
    length = max(end - start, 1e-6)
    text: list[str] = []
    marks: list[float] = []
    before: Glyph | None = None
    for glyph in glyphs:
        low, high = glyph.along()
        if before is not None:
            gap = low - before.along()[1]
            narrow = not (_chinese(before.text) and _chinese(glyph.text))
            if gap > (_WORD_GAP if narrow else 0.8) * max(before.em, glyph.em):
                text.append(" ")
                marks.append(((before.along()[1] + low) / 2 - start) / length)
        for part, character in enumerate(glyph.text):  # a ligature stands for several characters
            text.append(character)
            marks.append((low + (high - low) * (part + 0.5) / len(glyph.text) - start) / length)
        before = glyph
    box = clamp_box(min(g.x0 for g in glyphs) / width, min(g.y0 for g in glyphs) / height,
                    max(g.x1 for g in glyphs) / width, max(g.y1 for g in glyphs) / height)  # fmt: skip
    return Line(text="".join(text), box=box, confidence=1.0, source="text_layer", marks=tuple(min(1.0, max(0.0, m)) for m in marks))
