"""What a planted defect is, and the register of all of them.

A defect is one function from a clean world to a :class:`Forged` one. In that one place it says what it changes (the world, and
by ``touches`` the papers, workbooks and ledgers whose bytes may differ), and where the evidence must lie; its registration says
which rules may answer it. An *innocent* is a change that looks wrong and is right: its ``rules`` are those that must stay silent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from samples.world.model import Category, PaperKey, World

ALL: tuple[Category, ...] = ("1", "2", "3", "4a", "4b", "5")
LIST: PaperKey = "workbook:list"
PRINT: PaperKey = "investment_list"
FORM: PaperKey = "application_form"
STATISTICS: PaperKey = "workbook:statistics"
DECLARED: tuple[PaperKey, ...] = (LIST, PRINT, FORM)
"""What shows a declared row or its sum."""
VOLUME: PaperKey = "volume"
"""Touched when the numbers of the bound volume after the place change."""


class NotHere(Exception):
    """The defect has nothing to work on in this world (no import, no loan …); the text, in words for a clerk, says what."""


@dataclass(frozen=True)
class Spot:
    """A place of evidence: a paper (``copy:`` before its key means the one in the second copy); ``page`` counts within the paper as bound; ``row`` is the 序号 of a list. Without a paper
    the evidence is an absence or the submission as a whole."""

    paper: PaperKey | None = None
    page: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Forged:
    """A world with the defect in it. ``claims`` are the things that no second defect may change as well (default: all it
    touches but what many may share)."""

    world: World
    spots: tuple[Spot, ...]
    touches: tuple[PaperKey, ...]
    note: str
    claims: frozenset[str] = frozenset()


Plant = Callable[[World], Forged]
_ELASTIC: frozenset[PaperKey] = frozenset({PRINT, "investment_list::interest"})
"""Papers that may take a page more or less for a row or a long word; then the volume is numbered otherwise behind them."""
_SHARED: frozenset[PaperKey] = frozenset({LIST, PRINT, FORM, STATISTICS, VOLUME, "workbook:interest", "front"})


@dataclass(frozen=True)
class Defect:
    """A named change. ``categories``: it makes sense when one of them is applied for. ``copies``: it needs a second copy."""

    name: str
    title: str
    rules: tuple[str, ...]
    plant: Plant
    categories: tuple[Category, ...] = ALL
    innocent: bool = False
    stage: Literal["window", "audit"] = "window"
    """From which desk on the evidence is there: vouchers come with the audit."""
    copies: int = 1

    def into(self, world: World) -> Forged:
        """Plants it. Raises :class:`NotHere`, which says why it has no place in this world."""
        if not set(self.categories) & set(world.categories):
            raise NotHere(f"只适用于项目类别{'、'.join(self.categories)}")
        if self.copies == 2 and not world.second_copy:
            raise NotHere("没有第二份材料")
        forged = self.plant(world)
        if VOLUME not in forged.touches and set(forged.touches) & _ELASTIC:
            return replace(forged, touches=tuple(dict.fromkeys((*forged.touches, VOLUME, "front"))))
        return forged

    def fits(self, world: World) -> bool:
        """Can it be planted here?"""
        try:
            self.into(world)
        except NotHere:
            return False
        return True


DEFECTS: dict[str, Defect] = {}
"""All defects and innocents by name, in the order in which they are planted."""


def defect(
    name: str, title: str, *rules: str, categories: Sequence[Category] = ALL, innocent: bool = False,
    stage: Literal["window", "audit"] = "window", copies: int = 1,
) -> Callable[[Plant], Plant]:  # fmt: skip
    """Registers a planting function under ``name``; ``rules`` may answer it (or, for an innocent, must not)."""

    def register(plant: Plant) -> Plant:
        if name in DEFECTS:
            raise ValueError(f"two defects are called {name}")
        if not rules:
            raise ValueError(f"{name} names no rule")
        DEFECTS[name] = Defect(name, title, rules, plant, tuple(categories), innocent, stage, copies)
        return plant

    return register


def innocent(name: str, title: str, *rules: str, categories: Sequence[Category] = ALL, stage: Literal["window", "audit"] = "window", copies: int = 1) -> Callable[[Plant], Plant]:
    """Registers a look-alike: a change after which ``rules`` must make no demand."""
    return defect(name, title, *rules, categories=categories, innocent=True, stage=stage, copies=copies)


def claims_of(forged: Forged) -> frozenset[str]:
    """What the defect needs for itself."""
    rows = frozenset(f"row:{spot.row}" for spot in forged.spots if spot.row is not None)
    return forged.claims | rows | (frozenset(forged.touches) - _SHARED)
