"""The sealed print: every cell of every row noted where it stands, over as many sheets as it takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from samples.documents.draft import Draft
from samples.documents.paper_list import draw_paper_interest, draw_paper_list
from samples.listing import list_layout
from samples.paper import blueprint
from samples.world import World
from samples.world.model import Category
from tests.samples.worlds import world_of


def drawn(world: World) -> Draft:
    with blueprint():
        return draw_paper_list(world)


def cells(draft: Draft, table: str = "lines") -> dict[tuple[int, str], str]:
    return {(row, column): noted.value for paper in draft.papers for row, column, noted in paper.rows.get(table, ())}


def by_sequence(draft: Draft, sequence: int) -> dict[str, str]:
    told = cells(draft)
    at = next(row for (row, column), value in told.items() if column == "sequence" and value == str(sequence))
    return {column: value for (row, column), value in told.items() if row == at}


def sheets(world: World, **changes: Any) -> World:
    return replace(world, sheets=replace(world.sheets, **changes))


@pytest.mark.parametrize("categories", [("1", "2"), ("3",), ("4a",), ("5",)])
def test_all_rows_are_noted_on_the_page(categories: tuple[Category, ...]) -> None:
    for seed in (1, 3):
        world = world_of(seed, categories)
        draft = drawn(world)
        told = cells(draft)
        assert draft.key == "investment_list" and draft.seam
        assert [value for (_, column), value in told.items() if column == "sequence"] == [str(r.sequence) for r in world.rows]
        assert Decimal(draft.papers[-1].fields["declared_total"].value) == world.declared_total
        assert draft.papers[0].fields["applicant_name"].value == world.party.name
        missing = {p.key for p in list_layout(world).columns} - {column for _, column in told} - {"special_account", "remarks", "smart_amount", "smart_note", "awarded_before"}
        assert not missing
        assert [paper.label for paper in draft.papers] == list(range(1, len(draft.papers) + 1))
        for paper in draft.papers:
            assert (paper.width, paper.height) == (420, 297)
            for _, _, noted in paper.rows.get("lines", ()):
                x0, y0, x1, y1 = noted.box
                assert 3 <= x0 < x1 <= 417 and 10 <= y0 < y1 <= 283


def test_many_rows_run_over_many_sheets_without_touching() -> None:
    draft = drawn(world_of(5, ("1",), 160))
    assert len(draft.papers) >= 5
    for paper in draft.papers:
        seen = sorted({(noted.box, column) for _, column, noted in paper.rows.get("lines", ()) if column == "name"}, key=lambda item: item[0][1])
        for (above, _), (below, _) in pairwise(seen):
            assert above[3] <= below[1] + 0.35


def test_the_interest_list_is_printed_on_a4() -> None:
    world = world_of(3, ("4b",))
    with blueprint():
        draft = draw_paper_interest(world)
    told = cells(draft, "interest")
    assert draft.key == "investment_list::interest" and (draft.papers[0].width, draft.papers[0].height) == (297, 210)
    assert sum(column == "requested" for _, column in told) == len(world.interest_rows)
    assert Decimal(draft.papers[-1].fields["declared_total"].value) == sum(r.requested for r in world.interest_rows)


def test_what_only_the_excel_has_is_not_on_the_print() -> None:
    world = world_of(7, ("1", "2"))
    plain = drawn(world)
    long = next(r.sequence for r in world.rows if len(r.invoice_number) == 18)
    changes: list[dict[str, Any]] = [
        {"style": "loose"}, {"lost_digits": frozenset({long})}, {"hidden_rows": frozenset({2})}, {"hidden_columns": frozenset({"tax"})}, {"uncached": True},
        {"hidden_sheet": True}, {"rows_only_on_paper": frozenset({4})},
    ]  # fmt: skip
    for change in changes:
        other = drawn(sheets(world, **change))
        assert [p.rows for p in other.papers] == [p.rows for p in plain.papers], change
        assert [p.fields for p in other.papers] == [p.fields for p in plain.papers], change


def test_a_print_that_differs_says_so_in_its_own_row_alone() -> None:
    world = world_of(7, ("1", "2"))
    other = drawn(sheets(world, paper_differs=((3, "declared_amount", "1,234,567.00"),)))
    assert Decimal(by_sequence(other, 3)["declared_amount"]) == Decimal("1234567")
    before, after = cells(drawn(world)), cells(other)
    assert [key for key in before if before[key] != after[key]] == [next(key for key in before if before[key] != after[key])]


def test_unit_total_and_table_faults_are_printed_too() -> None:
    world = world_of(7, ("1", "2"))
    stated = drawn(sheets(world, unit="元", stated_unit="万元", stated_total=world.declared_total + 36000))
    assert stated.papers[0].fields["unit"].value == "万元"
    assert Decimal(stated.papers[-1].fields["declared_total"].value) == (world.declared_total + 36000) * 10_000
    assert drawn(sheets(world, table=2)).papers[0].fields["table"].value == "2"
    assert not any(column == "smart_amount" for _, column in cells(drawn(sheets(world, without_smart=True))))


def test_the_seal_is_on_the_last_sheet_unless_it_was_forgotten() -> None:
    world = world_of(2, ("1",))
    draft = drawn(world)
    assert [len(p.seals) for p in draft.papers] == [0] * (len(draft.papers) - 1) + [1]
    assert world.party.name in draft.papers[-1].seals[0].text
    unsealed = drawn(replace(world, handling=replace(world.handling, unsealed=frozenset({"investment_list"}))))
    assert not any(p.seals for p in unsealed.papers)


def test_prints_differ_between_applicants() -> None:
    heads = Counter(drawn(world_of(seed, ("1",))).title for seed in range(1, 7))
    assert len(heads) >= 3


def test_the_pixels_are_ink_on_a3() -> None:
    draft = draw_paper_list(world_of(2, ("1",)))
    image = draft.papers[0].image
    assert image.size == (3307, 2339)
    dark = sum(image.convert("L").histogram()[:100]) / (image.width * image.height)
    assert 0.01 < dark < 0.2
