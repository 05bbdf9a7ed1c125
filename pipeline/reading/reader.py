"""One page, from file to reading. Order of work as measured in OCR.md, 7:

text layer (1 ms) → render → upright → codes → seals → a good layer: its lines, checked against the pixels; else red ink taken away
under the seals, then OCR → page labels → blank or not. A part that fails leaves a note, a page that fails leaves an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np

from pipeline.errors import FileProblem
from pipeline.intake.limits import Limits
from pipeline.model.base import Box, Quad, clamp_box
from pipeline.model.reading import Code, Line, PageLabel, PageReading, ScanColour, SealMark
from pipeline.reading.agreement import compare_layer
from pipeline.reading.blank import ink_boxes, looks_blank
from pipeline.reading.codes import find_codes
from pipeline.reading.engine import Image
from pipeline.reading.labels import page_labels
from pipeline.reading.models import reader_version
from pipeline.reading.ocr import Recogniser, as_bgr, reading_order
from pipeline.reading.orientation import Orientation, Turn, turn_image
from pipeline.reading.render import render
from pipeline.reading.seals import find_seals
from pipeline.reading.seals.ink import scan_colour
from pipeline.reading.suppress import suppress_seals
from pipeline.reading.task import PageTask, fault_reading
from pipeline.reading.text_layer import TextLayer, text_layer

__all__ = ["Eyes", "PageTask", "load_eyes", "read_page"]

_T = TypeVar("_T")
_AS_IT_IS: Turn = 0
_NO_LINES: tuple[Line, ...] = ()
_POOR = 0.8
"""Mean confidence below which a page may stand on its head ; chosen, not fitted. It costs a
second look, never a line."""
_FEW_LINES = 6
_SPARSE = 2
_FAINT = 0.6
"""Lines of lower confidence on a page without visible ink are print shining through from the back."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """The loaded models of one process."""

    recogniser: Recogniser
    orientation: Orientation


def load_eyes(threads: int = 1) -> Eyes:
    """Loads all models.

    Raises:
        ModelError: one is missing or broken.
    """
    return Eyes(Recogniser(threads), Orientation(threads))


@dataclass(slots=True)
class _Sight:
    """What is known of a page while it is being read."""

    image: Image
    dpi: float | None
    mm: tuple[float, float] | None
    turn: Turn = 0
    blank: bool = False
    colour: ScanColour = "colour"


class _Notes:
    """Runs the parts; a part that fails leaves a sentence instead of ending the page."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def attempt(self, part: str, work: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return work()
        except FileProblem as problem:
            self.said.append(f"{part}未完成：{problem}")
        except MemoryError:
            raise
        except Exception as problem:
            self.said.append(f"{part}未完成（{type(problem).__name__}），请人工查看本页相应内容。")
        return otherwise


def read_page(task: PageTask, eyes: Eyes, limits: Limits) -> PageReading:
    """Reads one page; never raises for what the file holds.

    Boxes are fractions of the upright page. A page that cannot be read at all comes back with ``error`` and ``error_code``.
    """
    try:
        return _read(task, eyes, limits)
    except FileProblem as problem:
        reading = fault_reading(task, "page_unreadable")
        return reading.model_copy(update={"error": str(problem), "error_code": problem.code})
    except MemoryError:
        return fault_reading(task, "page_memory")
    except Exception as problem:
        return fault_reading(task, "page_unreadable", type(problem).__name__)


def _read(task: PageTask, eyes: Eyes, limits: Limits) -> PageReading:
    path = Path(task.path)
    notes = _Notes()
    layer: TextLayer | None = None
    if task.media in ("pdf", "ofd"):
        layer = notes.attempt("读取文字层", lambda: text_layer(path, task.media, task.index, limits), None)
    trusted = layer is not None and layer.trusted
    try:
        raster = render(path, task.media, task.index, limits, dpi=task.dpi)
    except FileProblem as problem:
        if layer is None or not trusted:
            raise
        return _text_only(task, layer, [*notes.said, str(problem)])
    notes.said.extend(raster.notes)
    if layer is not None and layer.lines and not trusted:
        notes.said.append(layer.why)
    sight = _Sight(as_bgr(raster.image), raster.dpi, raster.mm)
    sight.blank = notes.attempt("空白页判断", lambda: looks_blank(sight.image), False)
    sight.colour = "digital" if trusted else notes.attempt("色彩判断", lambda: scan_colour(sight.image), "colour")
    if not sight.blank:
        _turn(sight, notes.attempt("方向判断", lambda: eyes.orientation.turn(sight.image, eyes.recogniser), _AS_IT_IS))
    lines = turned_lines(layer.lines, sight) if layer is not None and trusted else ()
    if trusted:
        agreement = notes.attempt("文字层核对", lambda: compare_layer(sight.image, lines, eyes.recogniser), None)
        if agreement is not None and agreement.broken:
            trusted, lines, sight.colour = False, (), scan_colour(sight.image)
            notes.said.append("本页的文字层与页面上显示的文字不一致，已按页面图像识别，请人工核对原件。")
    codes, seals = _marks(sight, eyes, notes)
    if not trusted:
        lines = notes.attempt("文字识别", lambda: _ocr(sight, seals, eyes), _NO_LINES)
        if sight.turn == 0 and _poor(lines):
            turn = notes.attempt("方向判断", lambda: eyes.orientation.turn(sight.image, eyes.recogniser, doubt=True), _AS_IT_IS)
            if turn:
                _turn(sight, turn)
                codes, seals = _marks(sight, eyes, notes)
                lines = notes.attempt("文字识别", lambda: _ocr(sight, seals, eyes), _NO_LINES)
        if sight.blank and all(line.confidence < _FAINT for line in lines):
            lines = ()
    nothing: tuple[PageLabel | None, PageLabel | None] = (None, None)
    label, volume = notes.attempt("页码识别", lambda: page_labels(lines), nothing)
    height, width = sight.image.shape[:2]
    return PageReading(
        content=task.content,
        reader=reader_version(),
        width=width,
        height=height,
        mm=sight.mm,
        dpi=sight.dpi,
        rotation=sight.turn,
        blank=sight.blank and not lines and not seals and not codes,
        colour=sight.colour,
        source="none" if not lines else "text" if trusted else "ocr",
        lines=lines,
        codes=codes,
        seals=seals,
        label=label,
        volume_label=volume,
        notes=tuple(dict.fromkeys(notes.said)),
    )


def _text_only(task: PageTask, layer: TextLayer, notes: list[str]) -> PageReading:
    """A page that cannot be shown (OFD has no raster here) but says what it holds. Sizes are points."""
    nothing: tuple[PageLabel | None, PageLabel | None] = (None, None)
    parts = _Notes()
    label, volume = parts.attempt("页码识别", lambda: page_labels(layer.lines), nothing)
    return PageReading(
        content=task.content,
        reader=reader_version(),
        width=round(layer.width),
        height=round(layer.height),
        mm=layer.mm,
        colour="digital",
        source="text" if layer.lines else "none",
        lines=layer.lines,
        label=label,
        volume_label=volume,
        notes=tuple(dict.fromkeys([*notes, *parts.said])),
    )


def _turn(sight: _Sight, turn: Turn) -> None:
    """Turns the picture, and what depends on which side is up, clockwise."""
    if turn == 0:
        return
    sight.image = turn_image(sight.image, turn)
    sight.turn = turn
    if turn in (90, 270) and sight.mm is not None:
        sight.mm = (sight.mm[1], sight.mm[0])


def _marks(sight: _Sight, eyes: Eyes, notes: _Notes) -> tuple[tuple[Code, ...], tuple[SealMark, ...]]:
    if sight.blank:
        return (), ()
    no_codes: tuple[Code, ...] = ()
    no_seals: tuple[SealMark, ...] = ()
    codes = notes.attempt("二维码识别", lambda: tuple(find_codes(sight.image)), no_codes)
    seals = notes.attempt(
        "印章识别", lambda: tuple(find_seals(sight.image, sight.dpi, eyes.recogniser, colour=sight.colour)), no_seals
    )
    return codes, seals


def _ocr(sight: _Sight, seals: tuple[SealMark, ...], eyes: Eyes) -> tuple[Line, ...]:
    image = suppress_seals(sight.image, seals)
    lines = eyes.recogniser.read(image, sight.dpi)
    if len(lines) <= _SPARSE:
        # On a nearly empty sheet detection misses the one line there is; look closely at where the ink stands.
        close = [line for box in ink_boxes(image) for line in _close_look(image, box, eyes)]
        if sum(len(line.text) for line in close) > sum(len(line.text) for line in lines):
            lines = close
    return tuple(lines)


def _close_look(image: Image, box: Box, eyes: Eyes) -> list[Line]:
    """The lines of one part of the page, told in fractions of the page."""
    height, width = image.shape[:2]
    pad = 0.03 * width
    left, right = max(0, int(box[0] * width - pad)), min(width, int(box[2] * width + pad) + 1)
    top, bottom = max(0, int(box[1] * height - pad)), min(height, int(box[3] * height + pad) + 1)
    part = np.ascontiguousarray(image[top:bottom, left:right])

    def on_page(x: float, y: float) -> tuple[float, float]:
        return round((left + x * (right - left)) / width, 5), round((top + y * (bottom - top)) / height, 5)

    found: list[Line] = []
    for line in eyes.recogniser.read(part):
        (x0, y0), (x1, y1) = on_page(*line.box[:2]), on_page(*line.box[2:])
        quad: Quad | None = None
        if line.quad is not None:
            a, b, c, d = (on_page(x, y) for x, y in line.quad)
            quad = (a, b, c, d)
        found.append(line.model_copy(update={"box": clamp_box(x0, y0, x1, y1), "quad": quad}))
    return found


def _poor(lines: tuple[Line, ...]) -> bool:
    letters = sum(len(line.text) for line in lines)
    return len(lines) >= _FEW_LINES and sum(line.confidence * len(line.text) for line in lines) < _POOR * letters


def turned_lines(lines: tuple[Line, ...], sight: _Sight) -> tuple[Line, ...]:
    """The layer's lines on the upright page; they came in the order of the unturned one."""
    if sight.turn == 0:
        return lines
    height, width = sight.image.shape[:2]
    turned = [turned_line(line, sight.turn) for line in lines]
    quads = [
        np.array([[x0 * width, y0 * height], [x1 * width, y0 * height], [x1 * width, y1 * height], [x0 * width, y1 * height]], np.float32)
        for x0, y0, x1, y1 in (line.box for line in turned)
    ]
    return tuple(turned[i] for i in reading_order(quads))


def turned_line(line: Line, turn: Turn) -> Line:
    """A line of the unturned page on the page turned clockwise. Marks follow only where the line's direction does."""
    if turn == 0:
        return line
    x0, y0, x1, y1 = line.box
    (ax, ay), (bx, by) = turned_point(x0, y0, turn), turned_point(x1, y1, turn)
    box: Box = clamp_box(ax, ay, bx, by)
    quad: Quad | None = None
    if line.quad is not None:
        a, b, c, d = (turned_point(x, y, turn) for x, y in line.quad)
        quad = (a, b, c, d)
    return line.model_copy(update={"box": box, "quad": quad, "marks": _turned_marks(line.marks, turn)})


def _turned_marks(marks: tuple[float, ...], turn: Turn) -> tuple[float, ...]:
    """Marks run from left to right. A line that stood on its side has none that could be trusted unless they already do."""
    if not marks:
        return ()
    if turn == 180 and marks[0] > marks[-1]:
        return tuple(round(1.0 - mark, 4) for mark in marks)
    rising = all(a < b for a, b in pairwise(marks)) and (len(marks) == 1 or marks[-1] - marks[0] > 0.4)
    return marks if rising else ()


def turned_point(x: float, y: float, turn: Turn) -> tuple[float, float]:
    """A point given in fractions, after the page was turned clockwise."""
    if turn == 90:
        return 1.0 - y, x
    if turn == 180:
        return 1.0 - x, 1.0 - y
    if turn == 270:
        return y, 1.0 - x
    return x, y
