"""From clean papers to what lies on the glass: page numbers of the volume, seams, backs, what was torn out or laid wrongly.

Here everything is only ordered (:class:`PageOrder`), so that any process can make any page alone; ``samples.press`` makes them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from samples.choices import Look
from samples.documents.draft import Draft, applicant_die
from samples.paper import Rgb
from samples.scanning import Scanner, Turn
from samples.scanning.scanner import some_scanner
from samples.seals import Slice, fan
from samples.world.model import PaperKey, World

Change = Literal["", "unsealed", "removed", "altered"]


@dataclass(frozen=True)
class Numbering:
    """How the volume's pages were numbered: by a machine or by hand, in which corner, with which ink."""

    face: Literal["stamp", "hand", "sans"]
    variant: int
    digits: int
    size: float
    corner: Literal["bottom right", "top right", "bottom"]
    ink: Rgb

    def text(self, number: int) -> str:
        return f"{number:0{self.digits}d}"


def some_numbering(rng: random.Random) -> Numbering:
    kind = rng.random()
    corner: Literal["bottom right", "top right", "bottom"] = rng.choice(("bottom right", "bottom right", "bottom right", "bottom right", "top right", "top right", "bottom"))
    if kind < 0.4:
        return Numbering("stamp", rng.randrange(2), rng.choice((3, 4, 4, 5)), rng.uniform(12.5, 15), corner, rng.choice(((30, 30, 40), (40, 44, 120), (150, 36, 60))))
    if kind < 0.8:
        return Numbering("hand", rng.randrange(3), 1, rng.uniform(14, 18), corner, rng.choice(((90, 90, 94), (36, 40, 90), (40, 40, 46))))
    return Numbering("sans", 0, 1, rng.uniform(10.5, 14), corner, (30, 30, 34))


@dataclass(frozen=True)
class PageOrder:
    """One page of a file. ``index`` counts within the clean paper; a ``blank`` is the empty back of that page."""

    index: int
    blank: bool = False
    volume_label: int | None = None
    turn: Turn = 0
    bound_turn: Turn = 0
    """The sheet lies so in the volume: the volume's number and the seam stand on what is its right side there."""
    slices: tuple[Slice, ...] = ()
    back: int | None = None
    """The page printed on the other side."""
    holes: int = 0
    stapled: bool = False
    bed: tuple[float, float] | None = None
    """The glass on which a smaller sheet was laid, in mm."""
    change: Change = ""


@dataclass(frozen=True)
class PaperOrder:
    """The pages of one paper in one copy, as one machine takes them."""

    key: PaperKey
    copy: int
    look: Look
    dpi: int
    scanner: Scanner
    numbering: Numbering | None
    pages: tuple[PageOrder, ...] = ()


@dataclass
class _Bound:
    """A paper on its way: what happens to its pages before they are numbered."""

    draft: Draft
    order: list[int]
    duplex: bool
    slices: dict[int, tuple[Slice, ...]] = field(default_factory=dict)


def starts_of(world: World, drafts: Sequence[Draft]) -> dict[PaperKey, int]:
    """The volume page on which each paper starts; every printed side is numbered, empty backs are not."""
    starts, number = {}, 1
    for draft in drafts:
        number += dict(world.handling.volume_skip).get(draft.key, 0)
        starts[draft.key] = number
        number += len(_bound_pages(world, draft))
    return starts


def _bound_pages(world: World, draft: Draft) -> list[int]:
    """Indices of the clean paper's pages as they were bound and numbered: torn ones gone, swapped ones swapped."""
    order = list(range(len(draft.papers)))
    for key, a, b in world.handling.swapped:
        if key == draft.key and max(a, b) < len(order):
            order[a], order[b] = order[b], order[a]
    return [i for i in order if (draft.key, i) not in world.handling.torn]


def bind(world: World, drafts: Sequence[Draft], *, copy: int, volume: bool, look: Look, dpi: int, careless: bool = False) -> list[PaperOrder]:
    """What to make of ``drafts`` (blueprints will do): one order for each, in their order.

    ``volume``: glued into one book, whose pages are numbered; else every paper lies alone. ``look`` may be ``mixed``.
    ``careless``: vouchers, laid on the glass any way round.
    """
    bound = [_Bound(draft, _bound_pages(world, draft), _duplex(world, draft)) for draft in drafts]
    if volume and world.handling.volume_seam:
        _seam_volume(world, bound, copy)
    else:
        for paper in bound:
            _seam_paper(world, paper, copy)
    numbering = some_numbering(world.rng("numbering", copy)) if volume else None
    machine = some_scanner(world.rng("scanner", copy))
    starts = starts_of(world, drafts)
    # A glued volume is drilled, or it is not; loose papers each have their own story.
    holes = world.rng("holes", copy).choice((0, 0, 2, 2, 3))
    orders = []
    for paper in bound:
        own = look_of(world, paper.draft.key, copy, look, volume)
        start = starts[paper.draft.key] if volume else None
        pages = _pages(world, paper, start, copy, volume, holes, careless)
        each = some_scanner(world.rng("scanner", copy, paper.draft.key)) if look == "mixed" or not volume else machine
        resolution = world.rng("bind", paper.draft.key, copy).choice((150, 200, 200, 300)) if look == "mixed" else dpi
        orders.append(PaperOrder(paper.draft.key, copy, own, resolution, each, numbering, tuple(pages)))
    return orders


def look_of(world: World, key: PaperKey, copy: int, look: Look, volume: bool) -> Look:
    """How one paper comes in where the submission is to look ``look``: that decides ``mixed``, and what was scanned without colour."""
    if look != "digital" and key in world.handling.grey:
        return "grey"
    if look != "mixed":
        return look
    return world.rng("look", key, copy).choice(("colour", "colour", "colour", "grey", "bw", "photo", *(() if volume else ("digital",))))


def _duplex(world: World, draft: Draft) -> bool:
    """Printed on both sides; copies of a few pages and landscape ones never are."""
    return len(draft.papers) > 3 and all(p.width < p.height for p in draft.papers) and world.rng("duplex", draft.key).random() < 0.3


def _pages(world: World, paper: _Bound, start: int | None, copy: int, volume: bool, holes: int, careless: bool) -> list[PageOrder]:
    draft, handling = paper.draft, world.handling
    changes = {page: what for key, page, what in handling.copy_changes if key == draft.key} if copy == 2 else {}
    loose = world.rng("loose", draft.key, copy)
    stapled = not volume and len(draft.papers) > 1 and loose.random() < 0.3
    drilled = holes if volume else loose.choice((0, 0, 0, 0, 2))
    pages: list[PageOrder] = []
    for place, index in enumerate(paper.order):
        rng = world.rng("lay", draft.key, index, copy)
        accident, side, stray, glass = rng.random(), rng.random(), rng.random(), rng.random()
        sheet = draft.papers[index]
        turn: Turn = 0
        bound_turn: Turn = 0
        bed: tuple[float, float] | None = None
        if careless:
            sideways = sheet.width > sheet.height
            if sheet.width * sheet.height < 48_000 and glass < 0.45:
                bed = (297.0, 210.0) if sideways else (210.0, 297.0)
            odds = (0.5, 0.25, 0.2, 0.05) if sideways else (0.86, 0.05, 0.05, 0.04)
            turn = 0 if side < odds[0] else 90 if side < sum(odds[:2]) else 270 if side < sum(odds[:3]) else 180
        elif sheet.width > sheet.height and sheet.width < 300:
            # Landscape on A4: bound sideways into a portrait volume, head to the spine or to the edge.
            bound_turn = (90 if side < 0.7 else 270) if volume else (90 if side < 0.4 else 0)
            turn = bound_turn
        elif (draft.key, index) in handling.turned:
            turn = bound_turn = 180
        elif accident < 0.015:
            turn = 180
        elif accident < 0.02:
            turn = 90 if side < 0.5 else 270
        back = None
        if paper.duplex:
            other = place ^ 1
            back = paper.order[other] if other < len(paper.order) else None
        change = changes.get(index, "")
        if (draft.key, index) not in handling.removed and change != "removed":
            label = None if start is None else start + place
            pages.append(
                PageOrder(index, False, label, turn, bound_turn, paper.slices.get(index, ()), back, drilled, stapled, bed, change)  # type: ignore[arg-type]
            )
            last = place == len(paper.order) - 1
            if last and not careless and stray < (0.75 if paper.duplex and place % 2 == 0 else 0.1 if not paper.duplex else 0.0):
                pages.append(PageOrder(index, True, holes=drilled, back=index))
    return pages


def _sheets(paper: _Bound) -> list[int]:
    """The pages that are fronts of sheets, in bound order."""
    return paper.order[::2] if paper.duplex else paper.order


def _seam_paper(world: World, paper: _Bound, copy: int) -> None:
    """骑缝章 over the right edges of one paper, one seal to each fan of sheets; struck before pages were torn out, swapped or replaced."""
    draft, handling = paper.draft, world.handling
    if not draft.seam or draft.key in handling.no_seam:
        return
    clean = list(range(len(draft.papers)))
    sheets = clean[::2] if paper.duplex else clean
    rng = world.rng("seam", draft.key, copy)
    _strike_fans(world, paper, sheets, rng.choice((6, 8, 8, 12, 16)), copy, rng)


def _strike_fans(world: World, paper: _Bound, sheets: list[int], most: int, copy: int, rng: random.Random) -> None:
    draft = paper.draft
    if len(sheets) < 2:
        return
    fans = -(-len(sheets) // most)
    size = -(-len(sheets) // fans)
    for number, begin in enumerate(range(0, len(sheets), size)):
        part = sheets[begin : begin + size]
        y = min(draft.papers[i].height for i in part) * rng.uniform(0.45, 0.74)
        for index, piece in zip(part, fan(applicant_die(world), f"{world.seed}:{draft.key}:{number}:{copy}", len(part), y), strict=True):
            _strike(world, paper, index, piece)


def _strike(world: World, paper: _Bound, index: int, piece: Slice) -> None:
    """One sheet's slice; a sheet that came in later has none, and the other sheets keep theirs."""
    handling, key = world.handling, paper.draft.key
    if key not in handling.no_seam and (key, index) not in handling.seam_gap:
        paper.slices[index] = (*paper.slices.get(index, ()), piece)


def _seam_volume(world: World, bound: Sequence[_Bound], copy: int) -> None:
    """骑缝章 over the whole bound volume, in fans of 20 to 60 sheets; pages torn out before leave no gap."""
    sheets = [(paper, i) for paper in bound for i in _sheets(paper)]
    rng = world.rng("volume seam", copy)
    begin, number = 0, 0
    while begin < len(sheets):
        size = rng.randint(20, 60)
        if len(sheets) - begin - size < 12:
            size = len(sheets) - begin
        part = sheets[begin : begin + size]
        y = rng.uniform(120, 215)
        for (paper, index), piece in zip(part, fan(applicant_die(world), f"{world.seed}:volume:{number}:{copy}", len(part), y), strict=True):
            _strike(world, paper, index, piece)
        begin, number = begin + size, number + 1
