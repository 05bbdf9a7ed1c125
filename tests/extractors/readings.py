"""Builds synthetic pages for the extractors: lines at places, in millimetres of an A4 page."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.page import ReadPage
from pipeline.model import Code, Line, PageLabel, PageReading, SealMark

WIDTH, HEIGHT = 210.0, 297.0


@dataclass
class PageBuilder:
    """``at(x, y, text)`` writes a line with its middle at height ``y``; characters are square, ``size`` in points."""

    lines: list[Line] = field(default_factory=list)
    seals: list[SealMark] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)

    def at(self, x: float, y: float, text: str, size: float = 10.5, confidence: float = 0.98) -> PageBuilder:
        high = size * 0.3528
        wide = sum(high if ord(c) > 255 else high * 0.55 for c in text)
        box = (x / WIDTH, (y - high / 2) / HEIGHT, (x + wide) / WIDTH, (y + high / 2) / HEIGHT)
        self.lines.append(Line(text=text, box=box, confidence=confidence))
        return self

    def centre(self, y: float, text: str, size: float = 10.5) -> PageBuilder:
        high = size * 0.3528
        wide = sum(high if ord(c) > 255 else high * 0.55 for c in text)
        return self.at((WIDTH - wide) / 2, y, text, size)

    def row(self, y: float, *cells: tuple[float, str]) -> PageBuilder:
        for x, text in cells:
            self.at(x, y, text)
        return self

    def seal(self, text: str, level: str = "sure") -> PageBuilder:
        self.seals.append(SealMark.model_validate({"box": (0.6, 0.7, 0.8, 0.85), "shape": "round", "text": text, "level": level, "confidence": 0.9}))
        return self

    def page(
        self, index: int = 0, *, file: str = "f1", content: str | None = None, label: int | None = None, total: int | None = None,
        blank: bool = False, error: str | None = None,
    ) -> ReadPage:  # fmt: skip
        """The page as read; ``content`` is by default one of its own."""
        number = None
        if label is not None:
            number = PageLabel(number=label, total=total, text=f"第{label}页", box=(0.45, 0.95, 0.55, 0.97))
        reading = PageReading(
            content=content or f"h:{file}:{index}", reader="test", width=1654, height=2339, lines=tuple(self.lines), seals=tuple(self.seals),
            codes=tuple(self.codes), label=number, blank=blank, error=error, source="none" if blank else "ocr",
        )  # fmt: skip
        return ReadPage(file=file, path=f"{file}.pdf", index=index, reading=reading)


def table(builder: PageBuilder, y: float, columns: tuple[float, ...], rows: list[tuple[str, ...]], pitch: float = 9.0) -> PageBuilder:
    """Rows of texts at fixed column places, top to bottom."""
    for i, row in enumerate(rows):
        for x, text in zip(columns, row, strict=True):
            if text:
                builder.at(x, y + i * pitch, text)
    return builder
