"""A defect changes only the papers, workbooks and ledgers it names, and does change them.

Papers are compared by fingerprint (``tests.samples.fingerprints``), not by pixels. Where the volume is numbered otherwise behind the
place, the front's list of materials follows; that is why both may stay as they are for a defect that names them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

import pytest

from samples.forger import DEFECTS, groups, plant
from samples.forger.plant import touched
from samples.world import World, make_world
from samples.world.model import Category
from tests.samples.fingerprints import Fingerprints, fingerprints

_ANYWHERE = frozenset({"volume", "front"})
_SETS: tuple[tuple[Category, ...], ...] = (("1", "2"), ("3",), ("5",), ("4a",), ("4b",))
_QUICK = (
    "gross_as_net", "paid_next_year", "passenger_car", "missing_tax_year", "foreign_seal", "seam_gap", "plan_chapter_missing", "second_copy_unsealed",
    "filing_too_small",
)  # fmt: skip
"""One of each way of changing things; all of them in one small world."""


@cache
def small(seed: int, categories: tuple[Category, ...], invoices: int) -> World:
    return replace(make_world(seed, categories, invoices=invoices, short=True), second_copy=True)


@cache
def clean(seed: int, categories: tuple[Category, ...], invoices: int) -> Fingerprints:
    return fingerprints(small(seed, categories, invoices))


def may_stay(touches: Collection[str]) -> frozenset[str]:
    """What a defect may name without changing it: numbers behind papers of equal length, the plan that lists only the dearest goods."""
    return _ANYWHERE | {"implementation_plan" for key in touches if key.startswith("purchase_contract::")}


def check(name: str, case: tuple[int, tuple[Category, ...], int]) -> None:
    forged = DEFECTS[name].into(small(*case))
    changed = clean(*case).differ(fingerprints(forged.world))
    assert changed, case
    if "*" not in forged.touches:
        assert changed - set(forged.touches) - (_ANYWHERE if "volume" in forged.touches else set()) == set(), case
        assert set(forged.touches) - changed - may_stay(forged.touches) == set(), case


@pytest.mark.parametrize("name", _QUICK)
def test_some_defects_keep_their_promise(name: str) -> None:
    check(name, (1, ("1", "2"), 8))


@pytest.mark.slow
@pytest.mark.parametrize("name", DEFECTS)
def test_every_defect_keeps_its_promise(name: str) -> None:
    turn = list(DEFECTS).index(name) % len(_SETS)
    sets = (*_SETS[turn:], *_SETS[:turn])
    check(name, next((seed, c, n) for n in (14, 32) for seed in (1, 2, 3) for c in sets if DEFECTS[name].fits(small(seed, c, n))))


@pytest.mark.slow
@pytest.mark.parametrize("categories", _SETS, ids=str)
def test_a_group_changes_what_its_defects_name(categories: tuple[Category, ...]) -> None:
    world = small(2, categories, 14)
    group = [name for name in groups(world)[0] if "*" not in DEFECTS[name].into(world).touches]
    forged, done = plant(world, group)
    changed = clean(2, categories, 14).differ(fingerprints(forged))
    assert changed - touched(done) - _ANYWHERE == set()
    assert touched(done) - changed - may_stay(touched(done)) == set()
