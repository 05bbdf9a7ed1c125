"""The binder numbers the volume, fans the seams, and does what the handling says: torn, removed, swapped, turned, skipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samples.binding import PaperOrder, bind, starts_of
from samples.documents.draft import Draft
from samples.paper import Paper, blueprint
from samples.press import prepared
from samples.world import make_world
from samples.world.model import Handling, World

LONG, SHORT, WIDE = "application_form", "business_licence", "filing_certificate"


@pytest.fixture(scope="module")
def clean() -> World:
    return make_world(11, ("1",), invoices=6, short=True)


def _drafts(pages: int = 9) -> list[Draft]:
    with blueprint():
        long = [Paper(label=i + 1) for i in range(pages)]
        return [
            Draft(LONG, long, "申请书", seam=True, key=LONG),
            Draft(SHORT, [Paper()], "营业执照", key=SHORT),
            Draft(WIDE, [Paper(297, 210)], "备案表", key=WIDE),
        ]


def _bind(world: World, *, copy: int = 1, volume: bool = True, pages: int = 9) -> dict[str, PaperOrder]:
    return {o.key: o for o in bind(world, _drafts(pages), copy=copy, volume=volume, look="colour", dpi=100)}


def _with(world: World, **handling: object) -> World:
    return replace(world, handling=Handling(**handling))  # type: ignore[arg-type]


def _labels(order: PaperOrder) -> list[int | None]:
    return [p.volume_label for p in order.pages if not p.blank]


def test_every_printed_side_has_the_next_number(clean: World) -> None:
    orders = _bind(clean)
    assert [n for order in orders.values() for n in _labels(order)] == list(range(1, 12))
    assert all(p.volume_label is None for order in orders.values() for p in order.pages if p.blank)
    assert starts_of(clean, _drafts()) == {LONG: 1, SHORT: 10, WIDE: 11}
    assert all(n is None for order in _bind(clean, volume=False).values() for n in _labels(order))


def test_torn_pages_leave_no_gap_in_the_volume_removed_ones_do(clean: World) -> None:
    torn = _bind(_with(clean, torn=frozenset({(LONG, 4)})))
    assert [p.index for p in torn[LONG].pages if not p.blank] == [0, 1, 2, 3, 5, 6, 7, 8]
    assert _labels(torn[LONG]) == [1, 2, 3, 4, 5, 6, 7, 8] and _labels(torn[SHORT]) == [9]
    removed = _bind(_with(clean, removed=frozenset({(LONG, 4)})))
    assert _labels(removed[LONG]) == [1, 2, 3, 4, 6, 7, 8, 9] and _labels(removed[SHORT]) == [10]


def test_swapped_pages_are_numbered_where_they_lie(clean: World) -> None:
    order = _bind(_with(clean, swapped=((LONG, 2, 4),)))[LONG]
    assert [p.index for p in order.pages if not p.blank] == [0, 1, 4, 3, 2, 5, 6, 7, 8]
    assert _labels(order) == list(range(1, 10))


def test_numbers_skip_at_the_paper_named(clean: World) -> None:
    orders = _bind(_with(clean, volume_skip=((SHORT, 2),)))
    assert _labels(orders[LONG])[-1] == 9 and _labels(orders[SHORT]) == [12] and _labels(orders[WIDE]) == [13]


def test_a_turned_page_is_bound_so(clean: World) -> None:
    page = _bind(_with(clean, turned=frozenset({(LONG, 1)})))[LONG].pages[1]
    assert (page.turn, page.bound_turn) == (180, 180)
    sideways = _bind(clean)[WIDE].pages[0]
    assert sideways.turn in (90, 270) and sideways.bound_turn == sideways.turn


def _fans(orders: dict[str, PaperOrder]) -> dict[str, list[tuple[str, int, int]]]:
    """Strike → (paper, slice, of how many)."""
    fans: dict[str, list[tuple[str, int, int]]] = {}
    for order in orders.values():
        for page in order.pages:
            for piece in page.slices:
                fans.setdefault(piece.key, []).append((f"{order.key}/{page.index}", piece.index, piece.count))
    return fans


def test_a_seam_covers_every_sheet_of_its_paper_once(clean: World) -> None:
    fans = _fans(_bind(clean))
    pages = [where for fan in fans.values() for where, _, _ in fan]
    assert len(pages) == len(set(pages)) and all(where.startswith(LONG) for where in pages)
    for fan in fans.values():
        assert [i for _, i, _ in fan] == list(range(fan[0][2]))


def test_both_copies_are_struck_apart(clean: World) -> None:
    assert not set(_fans(_bind(clean, copy=1))) & set(_fans(_bind(clean, copy=2)))


def test_seams_that_are_missing(clean: World) -> None:
    assert _fans(_bind(_with(clean, no_seam=frozenset({LONG})))) == {}
    whole = {where for fan in _fans(_bind(clean)).values() for where, _, _ in fan}
    gap = _fans(_bind(_with(clean, seam_gap=frozenset({(LONG, 2)}))))
    found = {where for fan in gap.values() for where, _, _ in fan}
    assert whole - found == {f"{LONG}/2"}
    kept = {where: piece for fan in _fans(_bind(clean)).values() for where, *piece in fan if where in found}
    assert {where: piece for fan in gap.values() for where, *piece in fan} == kept, "the other sheets keep their slices"
    torn = _fans(_bind(_with(clean, torn=frozenset({(LONG, 2)}))))
    assert any([i for _, i, _ in fan] != list(range(fan[0][2])) for fan in torn.values()), "a page torn out takes its slice with it"


def test_a_seam_over_the_whole_volume_takes_its_place(clean: World) -> None:
    orders = {o.key: o for o in bind(_with(clean, volume_seam=True), _drafts(70), copy=1, volume=True, look="colour", dpi=100)}
    fans = _fans(orders)
    assert len(fans) >= 1
    sheets = [where for fan in fans.values() for where, _, _ in fan]
    assert {where.split("/")[0] for where in sheets} == {LONG, SHORT, WIDE}
    assert all(12 <= fan[0][2] <= 75 and [i for _, i, _ in fan] == list(range(fan[0][2])) for fan in fans.values())


def test_only_fronts_of_duplex_papers_carry_slices(clean: World) -> None:
    for seed in range(30):
        world = replace(clean, seed=seed)
        order = _bind(world)[LONG]
        if any(p.back is not None for p in order.pages if not p.blank):
            sliced = {p.index for p in order.pages if p.slices}
            assert sliced == {0, 2, 4, 6, 8}
            assert [p.back for p in order.pages if not p.blank] == [1, 0, 3, 2, 5, 4, 7, 6, None]
            return
    raise AssertionError("among thirty seeds one paper is printed on both sides")


def test_grey_and_changes_of_the_second_copy(clean: World) -> None:
    world = _with(clean, grey=frozenset({SHORT}), copy_changes=((LONG, 1, "altered"), (LONG, 3, "removed")))
    first, second = _bind(world, copy=1), _bind(world, copy=2)
    assert first[SHORT].look == "grey" and first[LONG].look == "colour"
    assert {p.change for p in first[LONG].pages} == {""}
    assert {p.index: p.change for p in second[LONG].pages if p.change} == {1: "altered"}
    assert 3 not in {p.index for p in second[LONG].pages if not p.blank}


def test_one_facts_change_leaves_other_papers_orders_alone(clean: World) -> None:
    before, after = _bind(clean, volume=False), _bind(_with(clean, torn=frozenset({(LONG, 4)}), no_seam=frozenset({LONG})), volume=False)
    assert before[SHORT] == after[SHORT] and before[WIDE] == after[WIDE]
    assert [p.turn for p in before[LONG].pages if p.index != 4 and not p.blank] == [p.turn for p in after[LONG].pages if not p.blank]


def test_altering_a_page_changes_the_figure_and_what_is_noted(clean: World) -> None:
    def draft() -> Draft:
        papers = [Paper(), Paper()]
        papers[1].put("declared_investment", "12345678.90", 60, 60, "1,234.57万元 ", 10)
        papers[1].put("total", "98765.40", 60, 80, "98,765.40", 10)
        return Draft(LONG, papers, "申请书", key=LONG)

    world = _with(clean, copy_changes=((LONG, 1, "altered"),))
    notes = []
    for measured in (True, False):
        if measured:
            with blueprint():
                one = draft()
                order = bind(world, [one], copy=2, volume=False, look="grey", dpi=60)[0]
                papers = prepared(world, one, order)
        else:
            one = draft()
            papers = prepared(world, one, order)
            assert [m.text for m in papers[1].marks if hasattr(m, "text")] != ["1,234.57万元 ", "98,765.40"]
        notes.append({name: n.value for name, n in papers[1].fields.items()})
    assert notes[0] == notes[1] != {"declared_investment": "12345678.90", "total": "98765.40"}
