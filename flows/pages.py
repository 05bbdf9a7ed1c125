"""Which pages must be read, reading them chunk by chunk, and putting the readings back on their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.page import ReadPage
from flows.desk import READING_DPI, Desk
from pipeline.intake import Intake
from pipeline.model import Page, PageReading, Problem, SourceFile
from pipeline.reading.models import reader_version
from pipeline.reading.running import with_running_numbers
from pipeline.reading.task import PageTask

CHUNK_PAGES = 16
"""Pages per Prefect task: a task costs about 12 ms, a page about a second; small enough to show progress."""


@dataclass(frozen=True)
class ReadingPlan:
    """``known`` readings come from the cache; ``todo`` are pages to read, each content once."""

    known: Mapping[str, PageReading]
    todo: tuple[PageTask, ...]
    pages: int

    @property
    def chunks(self) -> tuple[tuple[PageTask, ...], ...]:
        return tuple(self.todo[i : i + CHUNK_PAGES] for i in range(0, len(self.todo), CHUNK_PAGES))


def plan_reading(intake: Intake, desk: Desk) -> ReadingPlan:
    """Look every page up in the cache; what is not there is to be read, equal pages once."""
    wanted = [(file, page) for file in intake.files for page in file.pages if page.error is None]
    known = desk.store.readings([page.content for _, page in wanted], desk.recipe)
    todo: dict[str, PageTask] = {}
    for file, page in wanted:
        if page.content not in known and page.content not in todo:
            todo[page.content] = PageTask(
                key=f"{file.id}#{page.index}",
                path=str(intake.path_of(file.id)),
                media=file.media,
                index=page.index,
                content=page.content,
                dpi=READING_DPI,
            )
    return ReadingPlan(known, tuple(todo.values()), sum(len(f.pages) for f in intake.files))


def read_tasks(tasks: Sequence[PageTask], desk: Desk) -> list[PageReading]:
    """Read ``tasks`` with the pool and keep what succeeded."""
    readings = [reading for _, reading in desk.pool.read(tasks)]
    desk.store.keep_readings(readings, desk.recipe)
    return readings


def failed_reading(task: PageTask, why: str) -> PageReading:
    """A page that could not be read at all; a person must look."""
    return PageReading(content=task.content, reader=reader_version(), width=0, height=0, error=why)


def with_readings(files: Sequence[SourceFile], readings: Mapping[str, PageReading]) -> tuple[SourceFile, ...]:
    """The files with what was seen on each page written into its entry."""
    return tuple(
        file.model_copy(update={"pages": tuple(_with_reading(page, seen.get(page.index)) for page in file.pages)})
        for file, seen in ((file, _readings_of(file, readings)) for file in files)
    )


def _readings_of(file: SourceFile, readings: Mapping[str, PageReading]) -> dict[int, PageReading]:
    """Page index → reading, with the volume's running number told from the papers' own: that takes the file as a whole."""
    known = {page.index: readings[page.content] for page in file.pages if page.error is None and page.content in readings}
    return dict(zip(known, with_running_numbers(tuple(known.values())), strict=True))


def _with_reading(page: Page, reading: PageReading | None) -> Page:
    if page.error is not None or reading is None:
        return page
    if reading.error is not None:
        return page.model_copy(update={"error": Problem(code="unreadable_page", message=reading.error)})
    return page.model_copy(
        update={
            "label": reading.label.number if reading.label else None,
            "label_text": reading.label.text if reading.label else None,
            "volume_label": reading.volume_label.number if reading.volume_label else None,
            "rotation": reading.rotation,
            "width": reading.width,
            "height": reading.height,
            "mm": reading.mm,
            "blank": reading.blank,
            "colour": reading.colour,
            "source": reading.source,
        }
    )


def read_pages(files: Sequence[SourceFile], readings: Mapping[str, PageReading]) -> tuple[ReadPage, ...]:
    """Pages with a good reading, in file order, for the extractors."""
    return tuple(
        ReadPage(file=file.id, path=file.path, index=index, reading=reading)
        for file in files
        for index, reading in _readings_of(file, readings).items()
        if reading.error is None
    )
