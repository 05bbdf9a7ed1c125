"""What the extractors read: a page's reading, or a workbook, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Line, PageEvidence, PageReading, PageRef, Seal, Workbook


@dataclass(frozen=True)
class ReadPage:
    """A page of one file. ``file`` is the file's id, ``path`` what people see, ``index`` counts from 0."""

    file: str
    path: str
    index: int
    reading: PageReading

    def evidence(self, line: Line, start: int = 0, end: int | None = None) -> PageEvidence:
        """Where ``line.text[start:end]`` stands on this page; the quad is given for whole lines only."""
        stop = len(line.text) if end is None else end
        whole = start == 0 and stop == len(line.text)
        return PageEvidence(
            file=self.file,
            page=self.index,
            box=line.box if whole else line.part(start, stop),
            text=line.text[start:stop],
            quad=line.quad if whole else None,
        )

    @property
    def ref(self) -> PageRef:
        label = self.reading.label
        return PageRef(file=self.file, page=self.index, label=label.number if label else None)

    @property
    def seals(self) -> tuple[Seal, ...]:
        """The page's seals, placed in its file; whose they are is decided among the parties of the submission."""
        return tuple(Seal(file=self.file, page=self.index, **mark.model_dump()) for mark in self.reading.seals)


@dataclass(frozen=True)
class ReadBook:
    """A workbook of the submission."""

    file: str
    path: str
    book: Workbook
