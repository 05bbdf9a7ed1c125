"""The press: papers are laid out once as blueprints, then drawn, bound and scanned in any number of processes.

Every page is a pure function of the world, its order and its place, so one process or eight give the same bytes.
"""

from __future__ import annotations

import math
import os
import random
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samples import glyphs
from samples.binding import Numbering, PageOrder, PaperOrder
from samples.documents.draft import Draft, applicant_die
from samples.fonts import CUTS, length
from samples.paper import Paper, blueprint, resolution
from samples.registry import Contents, draw_paper
from samples.scanning import Scan, scan
from samples.seals import strike_slice
from samples.tamper import alter, unseal
from samples.world.model import PaperKey, World

_CHUNK = 12
"""So many pages of one paper go to a process at a time."""


@dataclass(frozen=True)
class Job:
    """Some pages of one paper."""

    number: int
    order: PaperOrder
    contents: tuple[tuple[str, int | None], ...]


def blueprints(world: World, keys: Sequence[PaperKey], contents: Contents = (), digital: Collection[PaperKey] = ()) -> list[Draft]:
    """All papers measured, not drawn; those in ``digital`` as they will stand in a PDF with a text layer."""
    with blueprint():
        return [draw_paper(world, key, contents, digital=key in digital) for key in keys]


def prepared(world: World, draft: Draft, order: PaperOrder) -> list[Paper]:
    """The papers of ``draft`` in the order's pages, with slices, numbers and changes on them; blank backs included.

    To be called where the draft was drawn: inside :func:`samples.paper.blueprint` for a blueprint.
    """
    out = []
    for page in order.pages:
        if page.blank:
            clean = draft.papers[page.index]
            out.append(Paper(clean.width, clean.height, dpi=clean.dpi, blank=True))
            continue
        paper = draft.papers[page.index]
        rng = world.rng("page", order.key, page.index, order.copy)
        if page.change == "unsealed":
            unseal(paper, applicant_die(world).text)
        elif page.change == "altered":
            alter(paper, rng)
        for piece in page.slices:
            strike_slice(paper, piece, turn=page.bound_turn)
        if page.volume_label is not None and order.numbering is not None:
            paper.volume_label = page.volume_label
            if order.look == "digital":
                paper.text(paper.width - 14, paper.height - 9, str(page.volume_label), 11, face="sans", align="r")
            else:
                _number(paper, order.numbering, page, rng)
        out.append(paper)
    return out


def _number(paper: Paper, style: Numbering, page: PageOrder, rng: random.Random) -> None:
    """Puts the volume's number on the corner that lies there in the bound book."""
    text = style.text(page.volume_label or 0)
    across = page.bound_turn in (90, 270)
    wide, high = (paper.height, paper.width) if across else (paper.width, paper.height)
    x, y = {"bottom right": (wide - 14, high - 9), "top right": (wide - 14, 10.0), "bottom": (wide / 2, high - 8)}[style.corner]
    x, y = x + rng.gauss(0, 1.2), y + rng.gauss(0, 0.9)
    tilt = rng.gauss(0, 2.0) if style.face != "sans" else 0.0
    # The book's own axes, turned back to the paper's: a sheet that must be turned by t to stand upright is printed at −t.
    middle_x, middle_y = x - wide / 2, y - high / 2
    c, s = round(math.cos(math.radians(page.bound_turn))), round(math.sin(math.radians(page.bound_turn)))
    px, py = paper.width / 2 + middle_x * c - middle_y * s, paper.height / 2 + middle_x * s + middle_y * c
    dpi, seed = paper.dpi, rng.getrandbits(32)
    paper.lay_ink(lambda: _label(text, style, dpi, page.bound_turn + tilt, seed), px, py, style.ink, role="number", fresh=True)


def _label(text: str, style: Numbering, dpi: int, degrees: float, seed: int) -> NDArray[np.float32]:
    """The ink of a page number, turned clockwise by ``degrees``; a machine's digits stand unevenly deep in the ink."""
    pixels = round(style.size * dpi / 72)
    cut = CUTS[style.face][style.variant]
    wide = round(length(cut, text, pixels) + pixels)
    side = wide + pixels
    sheet = Image.new("RGB", (side, side), (0, 0, 0))
    glyphs.run(sheet, cut, text, pixels / 2 + pixels / 2, side / 2, pixels, (255, 255, 255))
    alpha = np.asarray(sheet.convert("L"), np.float32) / 255
    noise = np.random.default_rng(seed)
    if style.face == "stamp":
        cloud = cv2.resize(noise.random((5, 9)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
        alpha = alpha * np.clip(0.55 + 0.6 * cloud, 0.2, 1.0)
    else:
        alpha = alpha * np.float32(0.78 + 0.2 * noise.random())
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(alpha, turn, (side, side)), np.float32)


def _run(world: World, job: Job) -> list[Scan]:
    """Draws the paper and scans the job's pages."""
    order = job.order
    with resolution(order.dpi):
        draft = draw_paper(world, order.key, job.contents)
        papers = prepared(world, draft, order)
        scans = []
        for page, paper in zip(order.pages, papers, strict=True):
            rng = world.rng("scan", order.key, page.index, order.copy, "back" if page.blank else "")
            back = draft.papers[page.back] if page.back is not None else None
            scans.append(
                scan(paper, rng, order.look, rotation=page.turn, scanner=order.scanner, back=back, holes=page.holes, stapled=page.stapled, bound=page.bound_turn, bed=page.bed)
            )
            paper.forget_pixels()
        return scans


_WORLD: World | None = None


def _begin(world: World) -> None:
    global _WORLD
    _WORLD = world
    cv2.setNumThreads(1)


def _work(job: Job) -> list[Scan]:
    if _WORLD is None:
        raise RuntimeError("the worker was not given its world")
    return _run(_WORLD, job)


def jobs_of(orders: Sequence[PaperOrder], contents: Contents) -> list[Job]:
    """The orders cut into pieces of like size."""
    jobs: list[Job] = []
    for order in orders:
        pieces = max(1, -(-len(order.pages) // _CHUNK))
        size = -(-len(order.pages) // pieces)
        for begin in range(0, len(order.pages), max(1, size)):
            part = replace(order, pages=order.pages[begin : begin + size])
            jobs.append(Job(len(jobs), part, tuple(contents) if order.key == "front" else ()))
    return jobs


class Press:
    """Makes pages of one world, in this process or in several; to be used in a ``with`` block.

    ``processes``: None takes the machine's cores, at most four; 1 stays in this one; 0 makes no pages at all.
    """

    def __init__(self, world: World, processes: int | None = None) -> None:
        self.world = world
        self._many = min(4, os.cpu_count() or 1) if processes is None else processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Press:
        self._threads = cv2.getNumThreads()
        cv2.setNumThreads(1)
        return self

    def __exit__(self, *error: object) -> None:
        cv2.setNumThreads(self._threads)
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def print(self, orders: Sequence[PaperOrder], contents: Contents = ()) -> Iterator[tuple[PaperOrder, list[Scan | None]]]:
        """Every order with its scans, in order; None for each page of a paper that is not scanned."""
        jobs = jobs_of([order for order in orders if self.scans(order)], contents)
        results = iter(self._run(jobs))
        for order in orders:
            scans: list[Scan | None] = []
            while self.scans(order) and len(scans) < len(order.pages):
                scans += next(results)
            yield order, scans or [None] * len(order.pages)

    def scans(self, order: PaperOrder) -> bool:
        return self._many > 0 and order.look != "digital"

    def _run(self, jobs: Sequence[Job]) -> Iterator[list[Scan]]:
        if self._many < 2 or sum(len(job.order.pages) for job in jobs) < _CHUNK:
            return (_run(self.world, job) for job in jobs)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._many, mp_context=get_context("spawn"), initializer=_begin, initargs=(self.world,))
        return self._spread(self._pool, jobs)

    def _spread(self, pool: ProcessPoolExecutor, jobs: Sequence[Job]) -> Iterator[list[Scan]]:
        """A page is the same whoever makes it: what a process that died leaves undone is made here."""
        waiting = deque((job, pool.submit(_work, job)) for job in jobs)
        while waiting:
            job, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                self._many = 1
                yield _run(self.world, job)
