"""A sheet of paper on which documents are drawn: bare sheet (:mod:`samples.sheet`), values noted, paragraphs and cells set."""

from __future__ import annotations

from collections.abc import Sequence

from samples.fonts import Face, length
from samples.ink import Alpha, Rgb
from samples.sheet import BLACK, EM, RED, Align, MmBox, Noted, Sheet, StampedSeal, blueprint, photocopied, resolution

__all__ = ["BLACK", "RED", "Align", "Alpha", "MmBox", "Noted", "Paper", "Rgb", "StampedSeal", "blueprint", "photocopied", "resolution"]

_CLOSERS = "，。；：、）》」』”’！？%"


class Paper(Sheet):
    """One side of one sheet, on which values are written and noted, lines are broken and tables are set."""

    def put(
        self, name: str, value: str, x: float, y: float, text: str, size: float = 10.5, *, face: Face = "serif",
        bold: bool = False, align: Align = "l", ink: Rgb = BLACK, spread: float = 0.0, role: str = "value", variant: int | None = None,
    ) -> MmBox:  # fmt: skip
        """Writes a line and notes it as the field ``name``."""
        box = self.text(x, y, text, size, face=face, bold=bold, align=align, ink=ink, spread=spread, role=role, variant=variant)
        self.fields[name] = Noted(value, box)
        return box

    def note(self, name: str, value: str, box: MmBox) -> None:
        self.fields[name] = Noted(value, box)

    def note_row(self, table: str, row: int, column: str, value: str, box: MmBox) -> None:
        self.rows.setdefault(table, []).append((row, column, Noted(value, box)))

    def wrap(self, text: str, width: float, size: float, face: Face = "serif") -> list[str]:
        """``text`` cut into lines no wider than ``width``; no line starts with a closing mark."""
        lines, line, run = [], "", 0.0
        cut, mm = self.cut(face), size * 25.4 / 72 / EM
        for char in text:
            step = length(cut, char, EM) * mm
            if line and run + step > width and char not in _CLOSERS:
                lines.append(line)
                line, run = "", 0.0
            line, run = line + char, run + step
        return [*lines, line] if line else lines

    def paragraph(
        self, x: float, y: float, width: float, text: str, size: float = 10.5, *, leading: float = 7.0,
        indent: bool = True, face: Face = "serif", bold: bool = False,
    ) -> float:  # fmt: skip
        """Sets running text from the line at ``y`` on and returns the height of the next line."""
        for line in self.wrap(("　　" if indent else "") + text, width, size, face):
            self.text(x, y, line, size, face=face, bold=bold)
            y += leading
        return y

    def fitted(self, text: str, box: MmBox, size: float, face: Face) -> tuple[list[str], float]:
        """Lines and size with which ``text`` fits into ``box``: first wrapped, then made smaller."""
        room, tall = box[2] - box[0] - 1.2, box[3] - box[1]
        while True:
            lines = self.wrap(text, room, size, face)
            if size <= 4.5 or (len(lines) * size * 0.3528 * 1.18 <= tall and self._whole(lines, text)):
                return lines, size
            size -= 0.25

    @staticmethod
    def _whole(lines: Sequence[str], text: str) -> bool:
        """Numbers and codes must not be broken across lines."""
        return len(lines) <= 1 or any("\u4e00" <= c <= "\u9fff" for c in text)

    def cell(
        self, box: MmBox, text: str, size: float = 9.0, *, face: Face = "serif", bold: bool = False, align: Align = "c",
        ink: Rgb = BLACK, border: float = 0.2, border_ink: Rgb = BLACK,
    ) -> MmBox:  # fmt: skip
        """Draws a table cell and returns the box of its text (the cell itself when there is none)."""
        if border:
            self.frame(box, border, border_ink)
        if not text:
            return box
        lines, size = self.fitted(text, box, size, face)
        step = size * 0.3528 * 1.22
        y = (box[1] + box[3]) / 2 - step * (len(lines) - 1) / 2
        x = {"l": box[0] + 0.8, "c": (box[0] + box[2]) / 2, "r": box[2] - 0.8}[align]
        seen: list[MmBox] = []
        for line in lines:
            seen.append(self.text(x, y, line, size, face=face, bold=bold, align=align, ink=ink))
            y += step
        return (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3])

    def field_cell(self, name: str, value: str, box: MmBox, text: str, size: float = 9.0, *, align: Align = "c", face: Face = "serif") -> MmBox:
        """A cell whose text is the field ``name``."""
        seen = self.cell(box, text, size, align=align, face=face)
        self.note(name, value, seen)
        return seen
