"""``read``: any file → what was seen on it. Starts no Prefect."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors import extract
from flows.check import made_by, open_books
from flows.desk import Desk
from flows.environment import workspace
from flows.pages import CHUNK_PAGES, plan_reading, read_pages, read_tasks, with_readings
from flows.pictures import PagePictures
from flows.progress import Watcher
from pipeline.intake import take_in
from pipeline.model import (
    Box,
    Code,
    Document,
    Line,
    MadeBy,
    Model,
    PageReading,
    Problem,
    Seal,
    SourceFile,
)
from pipeline.policy import load_policy

STATUS_COLOURS = {"proved": (60, 150, 40), "read": (200, 140, 30), "doubtful": (30, 120, 240), "missing": (40, 40, 220)}
"""BGR: green proved, blue read, orange doubtful."""
NAME_CHARACTERS = 60
LINE_COLOUR = (200, 200, 200)
SEAL_COLOUR = (180, 60, 200)
CODE_COLOUR = (160, 160, 0)


class SeenPage(Model):
    """One page of ``read --json``."""

    index: int
    width: int = 0
    height: int = 0
    rotation: int = 0
    source: str = "none"
    blank: bool = False
    label: int | None = None
    volume_label: int | None = None
    lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    seals: tuple[Seal, ...] = ()
    notes: tuple[str, ...] = ()
    error: Problem | None = None


class SeenFile(Model):
    path: str
    sha256: str
    error: Problem | None = None
    pages: tuple[SeenPage, ...] = ()
    documents: tuple[Document, ...] = ()


class ReadResult(Model):
    """``read --json`` (contract)."""

    made_by: MadeBy
    files: tuple[SeenFile, ...] = ()


@dataclass(frozen=True)
class ReadOptions:
    paths: tuple[Path, ...]
    kind: str | None = None
    visual: Path | None = None
    policy: str = "2020"


def run_read(options: ReadOptions, desk: Desk, watcher: Watcher) -> ReadResult:
    """Read every page, assemble and extract, draw the boxes if asked."""
    with workspace(desk.settings) as folder:
        watcher.stage("收件")
        intake = take_in(options.paths, folder, desk.limits)
        plan = plan_reading(intake, desk)
        readings = dict(plan.known)
        watcher.stage("识别页面", total=len(plan.todo) or None)
        for start in range(0, len(plan.todo), CHUNK_PAGES):
            chunk = plan.todo[start : start + CHUNK_PAGES]
            readings.update({r.content: r for r in read_tasks(chunk, desk)})
            watcher.advance(len(chunk))
        books, problems = open_books(intake, desk)
        files = with_readings(intake.files, readings)
        pages = read_pages(files, readings)
        ofd_paths = {f.id: intake.path_of(f.id) for f in files if f.media == "ofd" and f.error is None}
        extraction = extract(pages, books, ofd_paths=ofd_paths, kind=options.kind)
        if options.visual is not None:
            pictures = PagePictures(intake, readings, desk.limits)
            draw_pages(options.visual, files, readings, extraction.documents, pictures)
        seen = ReadResult(
            made_by=made_by(load_policy(options.policy)),
            files=tuple(_seen(f, readings, extraction.documents, problems.get(f.id)) for f in files),
        )
        return ReadResult.model_validate(_by_path(seen.model_dump(), {f.id: f.path for f in files}))


def _by_path(value: Any, paths: Mapping[str, str]) -> Any:
    """Every ``file`` inside ``value`` as people see it: whoever reads one file knows no ids (contract, ``read --json``)."""
    if isinstance(value, dict):
        return {
            key: paths.get(inner, inner) if key == "file" and isinstance(inner, str) else _by_path(inner, paths)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_by_path(inner, paths) for inner in value]
    return value


def draw_pages(
    out: Path,
    files: Sequence[SourceFile],
    readings: dict[str, PageReading],
    documents: Sequence[Document],
    pictures: PagePictures,
) -> list[Path]:
    """One picture a page: lines grey, fields by status, seals violet, codes teal."""
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for file in files:
        for page in file.pages:
            reading, image = readings.get(page.content), pictures.page(file.id, page.index)
            if reading is None or image is None:
                continue
            canvas = image.copy()
            for line in reading.lines:
                _frame(canvas, line.box, LINE_COLOUR, 1)
            for code in reading.codes:
                _frame(canvas, code.box, CODE_COLOUR, 2)
            for seal in reading.seals:
                _frame(canvas, seal.box, SEAL_COLOUR, 3 if seal.level == "sure" else 1)
            for document in documents:
                for _, field in document.walk():
                    for evidence in field.evidence:
                        if evidence.type == "page" and (evidence.file, evidence.page) == (file.id, page.index):
                            _frame(canvas, evidence.box, STATUS_COLOURS[field.status], 2)
            name = re.sub(r"[^\w.\-（）()]+", "_", file.path)[-NAME_CHARACTERS:]
            target = out / f"{name}-{file.id[1:5]}-第{page.index + 1:03d}页.jpg"
            done, data = cv2.imencode(".jpg", canvas)
            if done:
                target.write_bytes(bytes(data))
                written.append(target)
    return written


def _frame(canvas: NDArray[np.uint8], box: Box, colour: tuple[int, int, int], thickness: int) -> None:
    height, width = canvas.shape[:2]
    start = (round(box[0] * width), round(box[1] * height))
    end = (round(box[2] * width), round(box[3] * height))
    cv2.rectangle(canvas, start, end, colour, thickness)


def _seen(
    file: SourceFile, readings: dict[str, PageReading], documents: Sequence[Document], problem: Problem | None
) -> SeenFile:
    mine = []
    for document in documents:
        refs = {ref.file for ref in document.pages}
        if not refs:
            refs = {w.evidence.file for _, f in document.walk() for w in f.witnesses if w.evidence.type in ("cell", "xml")}
        if file.id in refs:
            mine.append(document)
    pages = []
    for page in file.pages:
        reading = readings.get(page.content)
        seals = tuple(s for d in mine for s in d.seals if (s.file, s.page) == (file.id, page.index))
        if reading is not None and not seals:
            seals = tuple(Seal(**mark.model_dump(), file=file.id, page=page.index) for mark in reading.seals)
        pages.append(
            SeenPage(
                index=page.index,
                width=page.width,
                height=page.height,
                rotation=page.rotation,
                source=page.source,
                blank=page.blank,
                label=page.label,
                volume_label=page.volume_label,
                lines=reading.lines if reading else (),
                codes=reading.codes if reading else (),
                seals=seals,
                notes=reading.notes if reading else (),
                error=page.error,
            )
        )
    return SeenFile(path=file.path, sha256=file.sha256, error=problem or file.error, pages=tuple(pages), documents=tuple(mine))
