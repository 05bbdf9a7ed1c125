"""The register of defects: each fits somewhere, says what it does, and gets along with its group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from samples.forger import DEFECTS, NotHere, groups, plant, tell
from samples.forger.model import Spot, claims_of, defect
from samples.forger.plant import touched
from samples.truth import TruthDocument
from samples.world import CATEGORY_SETS, World
from samples.world.model import Category
from tests.samples.worlds import world_of

SEEDS = (1, 2, 3)
_RULE = re.compile(r"R-(00[1-9]|0[1-9]\d|10[0-4]|11[0-8]|2\d\d|3[0-4]\d|35[0-2]|40[0-7])|E-(0[1-9]|[1-3]\d|40)")
"""The rule-book's numbers (parts A–E)."""
_PAPER = re.compile(r"(copy:)?[a-z_]+(:[0-9]{0,4}(:[^:].*)?)?|(workbook|ledger):\w+|\*|volume|front")


@cache
def doubled(seed: int, categories: tuple[Category, ...]) -> World:
    return replace(world_of(seed, categories), second_copy=True)


def worlds() -> Iterator[World]:
    for categories in CATEGORY_SETS:
        for seed in SEEDS:
            yield doubled(seed, categories)


def where(name: str) -> World:
    return next(world for world in worlds() if DEFECTS[name].fits(world))


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_fits_somewhere_and_changes_the_world_there(name: str) -> None:
    world = where(name)
    forged = DEFECTS[name].into(world)
    assert forged.world != world
    assert forged.touches
    assert len(set(forged.touches)) == len(forged.touches)
    assert all(_PAPER.fullmatch(key) for key in forged.touches)
    assert forged.spots
    assert forged.note


@pytest.mark.parametrize("name", DEFECTS)
def test_planting_twice_gives_the_same(name: str) -> None:
    world = where(name)
    assert DEFECTS[name].into(world) == DEFECTS[name].into(world)


def test_there_are_at_least_sixty_defects_and_innocents_beside() -> None:
    guilty = [d for d in DEFECTS.values() if not d.innocent]
    assert len(guilty) >= 60
    assert len(DEFECTS) - len(guilty) >= 20


def test_names_and_titles_are_told_apart() -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", name) for name in DEFECTS)
    titles = [d.title for d in DEFECTS.values()]
    assert len(set(titles)) == len(titles)
    assert all(re.search("[\u4e00-\u9fff]", title) for title in titles)


@pytest.mark.parametrize("name", DEFECTS)
def test_rules_are_the_rule_books(name: str) -> None:
    rules = DEFECTS[name].rules
    assert rules
    assert len(set(rules)) == len(rules)
    assert [rule for rule in rules if not _RULE.fullmatch(rule)] == []


def test_every_category_set_has_defects_of_its_own_kind() -> None:
    for categories in CATEGORY_SETS:
        fitting = [name for name, item in DEFECTS.items() if item.fits(doubled(1, categories))]
        assert len(fitting) >= 60, categories


@pytest.mark.parametrize("name", DEFECTS)
def test_rows_of_evidence_are_in_the_list(name: str) -> None:
    forged = DEFECTS[name].into(where(name))
    rows = {r.sequence for r in forged.world.rows} | {r.sequence for r in forged.world.interest_rows}
    assert {spot.row for spot in forged.spots if spot.row is not None} <= rows


# ---------------------------------------------------------------- groups


@pytest.mark.parametrize("categories", CATEGORY_SETS, ids=str)
@pytest.mark.parametrize("innocent", [False, True, None])
def test_groups_hold_all_that_fit_and_get_along(categories: tuple[Category, ...], innocent: bool | None) -> None:
    world = doubled(2, categories)
    found = groups(world, innocent=innocent, most=25)
    fitting = [n for n, item in DEFECTS.items() if item.fits(world) and innocent in (None, item.innocent)]
    assert sorted(name for group in found for name in group) == sorted(fitting)
    assert all(len(group) <= 25 for group in found)
    for group in found:
        forged, done = plant(world, group)
        assert tuple(done) == group
        assert forged != world
        claimed = [claim for each in done.values() for claim in claims_of(each)]
        assert len(set(claimed)) == len(claimed)


def test_what_is_planted_together_is_all_there() -> None:
    world = doubled(1, ("1", "2"))
    group = groups(world, innocent=False)[0]
    changed, done = plant(world, group)
    assert len(group) > 20
    assert touched(done) == {key for forged in done.values() for key in forged.touches}
    assert list(done.values())[-1].world == changed


# ---------------------------------------------------------------- refusals


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="没有名为“no_such_thing”的样例缺陷"):
        plant(doubled(1, ("1",)), ["gross_as_net", "no_such_thing"])


def test_a_defect_without_its_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="“sale_and_leaseback”在这份材料中无处可埋（只适用于项目类别4b）"):
        plant(doubled(1, ("1",)), ["sale_and_leaseback"])
    with pytest.raises(ValueError, match="第二份"):
        plant(world_of(1, ("1",)), ["second_copy_differs"])
    with pytest.raises(ValueError, match=r"“import_with_vat”.*没有进口设备"):
        plant(replace(doubled(1, ("1",)), rows=doubled(1, ("1",)).rows[:1]), ["import_with_vat"])


def test_two_that_change_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match=r"“industry_unknown”与“industry_outside”改动同一处"):
        plant(doubled(1, ("1",)), ["industry_unknown", "industry_outside"])


def test_a_second_registration_is_refused() -> None:
    with pytest.raises(ValueError, match="two defects"):
        defect("gross_as_net", "又一个", "R-050")(lambda world: (_ for _ in ()).throw(NotHere()))
    with pytest.raises(ValueError, match="no rule"):
        defect("brand_new", "又一个")(lambda world: (_ for _ in ()).throw(NotHere()))
    assert "brand_new" not in DEFECTS


# ---------------------------------------------------------------- truth


def _document(key: str, pages: int, first: int = 0) -> TruthDocument:
    refs = [{"file": "申报材料/册.pdf", "page": first + i} for i in range(pages)]
    return TruthDocument.model_validate({"kind": key.partition(":")[0], "key": key, "pages": refs})


def test_truth_points_at_the_paper_its_page_and_the_row() -> None:
    world = doubled(1, ("1", "2"))
    _, done = plant(world, ["gross_as_net", "seam_gap", "submitted_late"])
    documents = [_document("application_form", 5, first=2), _document("workbook:list", 1), _document("application_form", 5, first=2)]
    told = {t.name: t for t in tell(done, documents)}
    row = next(spot.row for spot in done["gross_as_net"].spots)
    assert (told["gross_as_net"].document, told["gross_as_net"].page, told["gross_as_net"].row) == (1, None, row)
    assert told["gross_as_net"].rules == DEFECTS["gross_as_net"].rules
    assert (told["seam_gap"].document, told["seam_gap"].page) == (0, 4)
    assert told["submitted_late"].document is None
    assert told["submitted_late"].places[-1].document is None
    assert not told["submitted_late"].innocent


def test_truth_says_nothing_of_papers_that_are_not_there_and_stays_inside() -> None:
    world = doubled(1, ("1", "2"))
    _, done = plant(world, ["altered_amount", "seam_gap", "submitted_at_the_bell"])
    told = {t.name: t for t in tell(done, [_document("application_form", 2)])}
    assert told["altered_amount"].document is None
    assert told["altered_amount"].also[0].row is not None
    assert told["seam_gap"].page == 1
    assert told["submitted_at_the_bell"].innocent


def test_what_differs_in_the_second_copy_is_pointed_at_there() -> None:
    world = doubled(1, ("1", "2"))
    _, done = plant(world, ["second_copy_unsealed"])
    sheets = [_document("workbook:statistics", 1), _document("workbook:statistics", 1)]
    (told,) = tell(done, [*sheets, _document("filing_certificate", 1), _document("application_form", 4), _document("filing_certificate", 1)])
    assert [place.document for place in told.places] == [4, 2]


def test_spots_are_places() -> None:
    assert Spot() == Spot(None, None, None)
    for name, item in DEFECTS.items():
        for spot in item.into(where(name)).spots:
            assert spot.paper is None or _PAPER.fullmatch(spot.paper), name
            assert spot.row is None or spot.paper is not None, name
