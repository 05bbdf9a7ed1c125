"""Geometry over the lines of a page: labels, what stands beside and below them, rows, columns.

Coordinates are fractions of the upright page. Heights and gaps are compared in fractions of the page *height*, so
distances in x are scaled by the page's width over its height. A tilt of a few degrees is measured from the lines' quads
and taken out before rows are formed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

from rapidfuzz import fuzz

from extractors.page import ReadPage
from extractors.values import narrow
from pipeline.model import Box, Line, PageEvidence, WitnessSource, union_box


@dataclass(frozen=True)
class Piece:
    """A part of a line: ``line.text[start:end]`` on ``page``."""

    page: ReadPage
    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]

    @cached_property
    def box(self) -> Box:
        if self.start == 0 and self.end >= len(self.line.text):
            return self.line.box
        return self.line.part(self.start, self.end)

    @property
    def confidence(self) -> float:
        return self.line.confidence

    @property
    def source(self) -> WitnessSource:
        return self.line.source

    def evidence(self) -> PageEvidence:
        return self.page.evidence(self.line, self.start, self.end)

    def cut(self, start: int, end: int) -> Piece:
        """A part of this piece; indices count from the piece's own start."""
        return Piece(self.page, self.line, self.start + start, self.start + end)

    def trimmed(self, signs: str = " \u3000:：;；") -> Piece:
        """Without ``signs`` at both ends."""
        text = self.text
        left = len(text) - len(text.lstrip(signs))
        right = len(text.rstrip(signs))
        return self.cut(left, max(left, right))

    @property
    def cx(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def cy(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True)
class Run:
    """Pieces that stand side by side and read as one text, e.g. a label split by the scan into ``名`` and ``称：``.

    ``text`` puts one space between pieces, so that figures of neighbouring cells never grow together.
    """

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @cached_property
    def box(self) -> Box:
        return union_box([piece.box for piece in self.pieces])

    @property
    def confidence(self) -> float:
        return min((piece.confidence for piece in self.pieces), default=0.0)

    @property
    def source(self) -> WitnessSource:
        return self.pieces[0].source

    def evidence(self) -> PageEvidence:
        first = self.pieces[0]
        if len(self.pieces) == 1:
            return first.evidence()
        return PageEvidence(file=first.page.file, page=first.page.index, box=self.box, text=self.text)

    def cut(self, start: int, end: int) -> Run:
        """``text[start:end]`` as a run of its own (at least one piece)."""
        out, at = [], 0
        for piece in self.pieces:
            size = piece.end - piece.start
            lo, hi = max(start, at), min(end, at + size)
            if lo < hi:
                out.append(piece.cut(lo - at, hi - at))
            at += size + 1
        return Run(tuple(out) or (self.pieces[0].cut(0, 0),))

    def trimmed(self, signs: str = " \u3000:：;；") -> Run:
        text = self.text
        left = len(text) - len(text.lstrip(signs))
        return self.cut(left, max(left, len(text.rstrip(signs))))


@dataclass(frozen=True)
class Label:
    """A label found on a page: which one, where, how well (1.0 = letter by letter), and the row it stands in."""

    name: str
    run: Run
    row: Run
    start: int
    end: int
    score: float

    @property
    def box(self) -> Box:
        return self.run.box


def as_piece(page: ReadPage, line: Line) -> Piece:
    return Piece(page, line, 0, len(line.text))


def aspect(page: ReadPage) -> float:
    """Width over height of the upright page."""
    reading = page.reading
    return reading.width / reading.height if reading.width and reading.height else 0.707


def slope(page: ReadPage) -> float:
    """Tilt of the text, dy/dx in page fractions (positive: falls to the right).

    The median over the longer lines; a line without a quad stands level. Tilts beyond 6° are taken for nonsense.
    """
    angles = []
    for line in page.reading.lines:
        if len(line.text) < 6 or line.box[2] - line.box[0] < 0.08:
            continue
        if line.quad is None:
            angles.append(0.0)
            continue
        (ax, ay), (bx, by) = line.quad[0], line.quad[1]
        if bx - ax > 0.08:
            angles.append((by - ay) / (bx - ax))
    tilt = median(angles) if len(angles) >= 3 else 0.0
    return tilt if abs(tilt) < 0.105 * aspect(page) else 0.0


def level(piece: Piece | Run, tilt: float) -> float:
    """The height at which a piece stands, with the tilt taken out (as if it stood in the middle of its row)."""
    box = piece.box
    return (box[1] + box[3]) / 2 - tilt * ((box[0] + box[2]) / 2 - 0.5)


def page_rows(
    page: ReadPage, lines: Iterable[Line] | None = None, *, reach: float = 0.55, tilt: float | None = None
) -> list[Run]:
    """Lines side by side as rows, top to bottom, each left to right.

    Two lines share a row when their middles differ by less than ``reach`` of the smaller height. Upright strips of
    characters (``购买方`` written downwards) are left out. ``tilt`` replaces the measured one where it is known better.
    """
    tilt = slope(page) if tilt is None else tilt
    pieces = [as_piece(page, line) for line in (page.reading.lines if lines is None else lines) if line.text.strip()]
    pieces = [p for p in pieces if not _upright(p, page)]
    pieces.sort(key=lambda p: level(p, tilt))
    rows: list[list[Piece]] = []
    for piece in pieces:
        y = level(piece, tilt)
        best: list[Piece] | None = None
        for row in reversed(rows[-6:]):
            near = min(row, key=lambda p: abs(p.cx - piece.cx))
            overlap = min(near.box[2], piece.box[2]) - max(near.box[0], piece.box[0])
            if (
                overlap > 0.6 * min(near.box[2] - near.box[0], piece.box[2] - piece.box[0])
                and abs(level(near, tilt) - y) > 0.2 * piece.height
            ):
                continue
            if abs(level(near, tilt) - y) < reach * min(near.height, piece.height):
                best = row
                break
        if best is None:
            rows.append([piece])
        else:
            best.append(piece)
    rows.sort(key=lambda row: sum(level(p, tilt) for p in row) / len(row))
    return [Run(tuple(sorted(row, key=lambda p: p.box[0]))) for row in rows]


def body_rows(page: ReadPage) -> list[Run]:
    """The rows of a page without what a seam seal leaves at its outer edge."""
    return page_rows(page, [line for line in page.reading.lines if not _at_the_seam(line, page)])


def _at_the_seam(line: Line, page: ReadPage) -> bool:
    if len(line.text.strip()) > 8:
        return False
    x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    seams = (seal.box for seal in page.reading.seals if seal.role == "seam")
    return line.box[0] >= 0.95 or any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in seams)


def _upright(piece: Piece, page: ReadPage) -> bool:
    width = (piece.box[2] - piece.box[0]) * aspect(page)
    return len(piece.text.strip()) >= 2 and piece.height > 2.2 * width


@lru_cache(maxsize=16_384)
def _squash(text: str) -> tuple[str, tuple[int, ...]]:
    kept = [(char, i) for i, char in enumerate(narrow(text)) if not char.isspace()]
    return "".join(char for char, _ in kept), tuple(i for _, i in kept)


def find_in_row(row: Run, name: str, *, least: float = 0.8) -> list[tuple[int, int, float]]:
    """Where a label stands in a row: spans of ``row.text`` with scores. Spaces do not matter; labels of four characters
    and more may have one wrong character in four (``least``)."""
    text, places = _squash(row.text)
    want = _squash(name)[0]
    if not want or not text:
        return []
    hits = [(places[m.start()], places[m.end() - 1] + 1, 1.0) for m in re.finditer(re.escape(want), text)]
    if hits or len(want) < 4 or len(text) < len(want) - 1:
        return hits
    match = fuzz.partial_ratio_alignment(want, text, score_cutoff=100 * least)
    if match is None or match.dest_end - match.dest_start < len(want) - 1:
        return []
    return [(places[match.dest_start], places[match.dest_end - 1] + 1, match.score / 100)]


def find_labels(page: ReadPage, names: Sequence[str], *, rows: Sequence[Run] | None = None, least: float = 0.8) -> list[Label]:
    """All places where one of ``names`` stands, best score first, then top to bottom. Longer names win over shorter ones
    at the same place (``购买方名称`` over ``名称``)."""
    found: list[Label] = []
    for row in page_rows(page) if rows is None else rows:
        taken: list[tuple[int, int]] = []
        for name in sorted(names, key=len, reverse=True):
            for start, end, score in find_in_row(row, name, least=least):
                if any(start < e and s < end for s, e in taken):
                    continue
                taken.append((start, end))
                found.append(Label(name, row.cut(start, end), row, start, end, score))
    return sorted(found, key=lambda label: (-round(label.score, 2), label.box[1], label.box[0]))


def right_of(label: Label, *, stops: Sequence[str] = (), gap: float = 0.25) -> Run | None:
    """The text after the label in its row, up to the next of ``stops`` or a gap wider than ``gap`` of the page width.

    None when nothing stands there.
    """
    rest = label.row.cut(label.end, len(label.row.text))
    end = len(rest.text)
    for stop in stops:
        for start, _, _ in find_in_row(rest, stop, least=0.9):
            end = min(end, start)
    rest = rest.cut(0, end)
    kept: list[Piece] = []
    edge = label.box[2]
    for piece in rest.pieces:
        if kept and piece.box[0] - edge > gap:
            break
        kept.append(piece)
        edge = max(edge, piece.box[2])
    value = Run(tuple(kept)).trimmed() if kept else None
    return value if value and value.text.strip() else None


def below(
    page: ReadPage, label: Label, *, rows: Sequence[Run] | None = None, depth: float = 3.0, widen: float = 0.6
) -> list[Piece]:
    """Pieces under the label within ``depth`` label heights whose middle lies in its column, widened by ``widen`` of the
    label's width on both sides; nearest first."""
    x0, y0, x1, y1 = label.box
    tilt, high = slope(page), max(y1 - y0, 0.006)
    reach = widen * (x1 - x0)
    out = []
    for row in page_rows(page) if rows is None else rows:
        for piece in row.pieces:
            drop = level(piece, tilt) - level(label.run, tilt)
            inside = x0 - reach <= piece.cx <= x1 + reach or (piece.box[0] <= (x0 + x1) / 2 <= piece.box[2])
            if 0.6 * high < drop <= (depth + 0.5) * high and inside:
                out.append((drop, piece))
    return [piece for _, piece in sorted(out, key=lambda item: item[0])]


def values_for(
    page: ReadPage,
    names: Sequence[str],
    *,
    accept: Callable[[str], bool] = lambda text: bool(text.strip()),
    stops: Sequence[str] = (),
    rows: Sequence[Run] | None = None,
    under: bool = True,
) -> list[Run]:
    """Texts that stand to the right of a label or, failing that, below it, and that ``accept`` takes; best label first.

    ``stops`` are other labels that end the value. With a strict ``accept`` (does it parse?) this is the usual way to
    find one field of a form.
    """
    rows = page_rows(page) if rows is None else rows
    out: list[Run] = []
    for label in find_labels(page, names, rows=rows):
        beside = right_of(label, stops=stops)
        if beside is not None and accept(beside.text):
            out.append(beside)
            continue
        if under:
            for piece in below(page, label, rows=rows):
                if accept(piece.text):
                    out.append(Run((piece.trimmed(),)))
                    break
    return out


def columns_of(header: Sequence[tuple[str, Box]], *, right_edge: float = 1.0) -> list[tuple[str, float, float]]:
    """Column spans ``(name, x0, x1)`` from header cells: borders halfway between neighbouring header texts."""
    cells = sorted(header, key=lambda cell: cell[1][0])
    spans = []
    for i, (name, box) in enumerate(cells):
        left = (cells[i - 1][1][2] + box[0]) / 2 if i else 0.0
        right = (box[2] + cells[i + 1][1][0]) / 2 if i + 1 < len(cells) else right_edge
        spans.append((name, left, right))
    return spans


def cells_of(row: Run, spans: Sequence[tuple[str, float, float]]) -> dict[str, Run]:
    """A row's pieces by column: each piece goes to the column it overlaps most."""
    sorted_out: dict[str, list[Piece]] = {}
    for piece in row.pieces:
        x0, _, x1, _ = piece.box
        best = max(spans, key=lambda span: min(x1, span[2]) - max(x0, span[1]), default=None)
        if best is not None:
            sorted_out.setdefault(best[0], []).append(piece)
    return {name: Run(tuple(pieces)) for name, pieces in sorted_out.items()}


def page_text(page: ReadPage) -> str:
    """The page's text by rows, narrow and without spaces, one row a line: for keyword tests."""
    return "\n".join(_squash(row.text)[0] for row in page_rows(page))
