"""Running pages: headings, prose and tables one after the other, a new page where the old one is full.

Values inside running text keep their place: :meth:`Flow.prose` finds each marked part in the lines that hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from samples.fonts import Cut, Face, length
from samples.paper import BLACK, Align, MmBox, Paper, Rgb

Border = Literal["grid", "open", "rules", "bold"]
"""Tables as word processors draw them: every cell framed; no outer sides; only the rules above, below and under the heading (三线表);
framed with a bold outer edge."""
Marks = Mapping[str, tuple[str, str]]
"""Field name → (its text inside the paragraph, canonical value)."""
_CLOSERS = frozenset("，。；：、）》」』”’！？%〕】")
_OPENERS = frozenset("（《「『“‘〔【")
_WORD = frozenset("0123456789.,%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


_EM = 1000


@lru_cache(maxsize=65536)
def _advance(cut: Cut, char: str) -> float:
    """How far ``char`` runs, in ems."""
    return length(cut, char, _EM) / _EM


def set_lines(paper: Paper, text: str, width: float, size: float, face: Face = "serif") -> list[str]:
    """``text`` cut into lines of at most ``width`` mm: closing marks never begin a line, opening ones never end it, numbers stay whole
    where they fit. Joined, the lines are the text again."""
    cut_of, room = paper.cut(face), width * 72 / 25.4 / size
    lines: list[str] = []
    start, used, at = 0, 0.0, 0
    while at < len(text):
        step = _advance(cut_of, text[at])
        if used + step > room and at > start and text[at] not in _CLOSERS:
            cut = at
            while cut > start + 1 and (text[cut - 1] in _OPENERS or (text[cut] in _WORD and text[cut - 1] in _WORD)):
                cut -= 1
            if cut <= start + 1 or at - cut > 28:
                cut = at
            lines.append(text[start:cut])
            start, at, used = cut, cut, 0.0
            continue
        used += step
        at += 1
    return [*lines, text[start:]] if start < len(text) else lines


def measure(paper: Paper, text: str, size: float, face: Face) -> float:
    """Width of ``text`` in mm out of the widths of its characters."""
    cut_of = paper.cut(face)
    return sum(_advance(cut_of, char) for char in text) * size * 25.4 / 72


def write_marked(
    paper: Paper, x: float, y: float, width: float, text: str, marks: Marks, size: float = 10.5, *, leading: float = 7.0, face: Face = "serif",
    indent: bool = True, bold: bool = False,
) -> float:  # fmt: skip
    """Running text on one page with ``marks`` noted as fields; returns the height of the next line."""
    whole = ("　　" if indent else "") + text
    lines = set_lines(paper, whole, width, size, face)
    places = note_marks(paper, lines, [(x, y + leading * i) for i in range(len(lines))], whole, marks, size, face)
    for i, line in enumerate(lines):
        paper.text(x, y + leading * i, line, size, face=face, bold=bold)
    for name, (value, box) in places.items():
        paper.note(name, value, box)
    return y + leading * len(lines)


def note_marks(
    paper: Paper, lines: Sequence[str], places: Sequence[tuple[float, float]], whole: str, marks: Marks, size: float, face: Face,
) -> dict[str, tuple[str, MmBox]]:  # fmt: skip
    """Where each marked part stands, given the lines and their left ends; the union over its lines."""
    half = size * 0.3528 * 0.52
    out: dict[str, tuple[str, MmBox]] = {}
    for name, (part, value) in marks.items():
        first = whole.find(part)
        if first < 0 or not part:
            continue
        last, offset = first + len(part), 0
        boxes: list[MmBox] = []
        for line, (x, y) in zip(lines, places, strict=True):
            a, b = max(first, offset), min(last, offset + len(line))
            if a < b:
                left = x + measure(paper, line[: a - offset], size, face)
                boxes.append((left, y - half, left + measure(paper, line[a - offset : b - offset], size, face), y + half))
            offset += len(line)
        if boxes:
            out[name] = (value, (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]))
    return out


def grid_row(
    paper: Paper, xs: Sequence[float], y: float, height: float, texts: Sequence[str], size: float = 9.0, *, aligns: Sequence[Align] | Align = "c",
    face: Face = "serif", figures: Face | None = None, bold: bool = False, border: Border = "grid", ink: Rgb = BLACK, indents: Sequence[float] = (),
) -> list[MmBox]:  # fmt: skip
    """One row of a table with its column edges at ``xs``; returns the boxes of the texts. ``figures`` is the face of numbers."""
    sides: Sequence[Align] = [aligns] * len(texts) if isinstance(aligns, str) else aligns
    seen: list[MmBox] = []
    for i, text in enumerate(texts):
        left = xs[i] + (indents[i] if i < len(indents) else 0.0)
        numeric = figures is not None and text != "" and text[0] in "-0123456789(,.￥"
        seen.append(paper.cell((left, y, xs[i + 1], y + height), text, size, face=figures if numeric and figures else face, bold=bold, align=sides[i], border=0, ink=ink))
    if border == "rules":
        return seen
    for y_edge in (y, y + height):
        paper.line(xs[0], y_edge, xs[-1], y_edge, 0.15)
    for i, x in enumerate(xs):
        outer = i in (0, len(xs) - 1)
        if border == "open" and outer:
            continue
        paper.line(x, y, x, y + height, 0.45 if border == "bold" and outer else 0.15)
    return seen


@dataclass(frozen=True)
class Grid:
    """A table inside running pages. ``shares`` are relative column widths; the first column is text, the others figures unless
    ``words`` names them. ``noted`` maps (row, column) to the name under which :attr:`Flow.on_cell` hears of the cell."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    words: frozenset[int] = frozenset({0})
    noted: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Flow:
    """Pages being filled. ``start`` makes the next sheet and says where its text begins."""

    start: Callable[[], tuple[Paper, float]]
    left: float = 24.0
    width: float = 162.0
    bottom: float = 272.0
    size: float = 10.5
    leading: float = 7.0
    face: Face = "serif"
    head_face: Face = "serif"
    figures: Face = "serif"
    border: Border = "grid"
    row_height: float = 6.6
    on_cell: Callable[[Paper, str, str, MmBox, MmBox], None] | None = None
    """Hears ``(paper, name, text, box of the cell's text, box of the row's first cell)`` of cells that a grid notes."""
    papers: list[Paper] = field(default_factory=list)
    y: float = 1e9

    @property
    def paper(self) -> Paper:
        self.need(0)
        return self.papers[-1]

    def need(self, height: float) -> None:
        """Turns the page when less than ``height`` mm are left."""
        if not self.papers or self.y + height > self.bottom:
            paper, self.y = self.start()
            self.papers.append(paper)

    def turn(self) -> None:
        """Starts a new page."""
        self.y = 1e9
        self.need(0)

    def skip(self, height: float) -> None:
        self.y += height

    def heading(self, text: str, level: int = 1, *, with_table: bool = False) -> None:
        """A heading; never the last line of a page, nor parted from the table that follows it."""
        self.need(self.leading * 2.6 if not with_table else self.leading + self.row_height * 5)
        self.paper.text(self.left + (0 if level < 3 else 7.4), self.y, text, self.size + (0.5 if level == 1 else 0), face=self.head_face, bold=level < 3)
        self.y += self.leading

    def prose(self, text: str, marks: Marks | None = None, *, indent: bool = True, bold: bool = False) -> None:
        """A paragraph; parts of it that ``marks`` names are noted on the page where they begin."""
        self.need(self.leading)
        whole = ("　　" if indent else "") + text
        lines = set_lines(self.paper, whole, self.width, self.size, self.face)
        offset = 0
        while lines:
            self.need(self.leading)
            fit = max(1, int((self.bottom - self.y) / self.leading) + 1)
            here, lines = lines[:fit], lines[fit:]
            here_text = "".join(here)
            if marks:
                places = [(self.left, self.y + self.leading * i) for i in range(len(here))]
                inside: dict[str, tuple[str, str]] = {}
                for name, (part, value) in marks.items():
                    at = whole.find(part)
                    if offset <= at < offset + len(here_text):
                        inside[name] = (part[: offset + len(here_text) - at], value)
                for name, (value, box) in note_marks(self.paper, here, places, here_text, inside, self.size, self.face).items():
                    self.paper.note(name, value, box)
            for line in here:
                self.paper.text(self.left, self.y, line, self.size, face=self.face, bold=bold)
                self.y += self.leading
            offset += len(here_text)

    def line_of(self, text: str, *, align: Align = "l", bold: bool = False) -> MmBox:
        """A single line at the left, middle or right."""
        self.need(self.leading)
        x = {"l": self.left, "c": self.left + self.width / 2, "r": self.left + self.width}[align]
        box = self.paper.text(x, self.y, text, self.size, face=self.face, bold=bold, align=align)
        self.y += self.leading
        return box

    def edges(self, shares: Sequence[float]) -> list[float]:
        total, xs = sum(shares), [self.left]
        for share in shares:
            xs.append(xs[-1] + self.width * share / total)
        return xs

    def grid(self, grid: Grid) -> None:
        """A table; it runs over to the next page under its heading again."""
        xs, size = self.edges(grid.shares), self.size - 1.5
        aligns: list[Align] = ["l" if i in grid.words else "r" for i in range(len(grid.shares))]
        self.need(self.row_height * min(4, len(grid.rows) + 1) + 1)
        self._grid_head(grid, xs, size)
        for r, row in enumerate(grid.rows):
            if self.y + self.row_height > self.bottom + 2:
                self._grid_foot(xs)
                self.turn()
                self._grid_head(grid, xs, size)
            total = row[0].replace("　", "").replace(" ", "") in ("合计", "小计", "净额") or row[0][:2] in ("一、", "二、", "三、", "四、")
            boxes = grid_row(
                self.paper, xs, self.y, self.row_height, row, size, aligns=aligns, face=self.face, figures=self.figures, bold=total, border=self.border,
            )  # fmt: skip
            if self.on_cell is not None:
                for c, text in enumerate(row):
                    if (name := grid.noted.get((r, c))) is not None:
                        self.on_cell(self.paper, name, text, boxes[c], boxes[0])
            self.y += self.row_height
        self._grid_foot(xs)
        self.y += self.leading * 0.5

    def _grid_head(self, grid: Grid, xs: Sequence[float], size: float) -> None:
        self.y -= self.leading * 0.4
        if self.border in ("rules", "bold", "open"):
            self.paper.line(xs[0], self.y, xs[-1], self.y, 0.45)
        grid_row(self.paper, xs, self.y, self.row_height + 0.6, grid.heads, size, face=self.head_face, bold=True, border=self.border)
        self.y += self.row_height + 0.6
        if self.border == "rules":
            self.paper.line(xs[0], self.y, xs[-1], self.y, 0.2)

    def _grid_foot(self, xs: Sequence[float]) -> None:
        if self.border in ("rules", "bold", "open"):
            self.paper.line(xs[0], self.y, xs[-1], self.y, 0.45)
        self.y += self.leading * 0.5
