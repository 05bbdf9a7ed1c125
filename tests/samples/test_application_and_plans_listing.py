"""Papers of a listed company and supporting materials."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from samples.documents.draft import Draft
from samples.documents.plan.facts import effects, patents
from samples.documents.supporting.proofs import proofs
from samples.paper import blueprint
from samples.registry import draw_paper
from samples.runs import Run
from samples.world import make_world
from samples.world.model import Category, Listing, World

KEYS = ("ipo", "announcement", "approval", "use:2018", "use:2019", "feasibility")
SUBTYPES = ("M30", "M31a", "M31b", "M32", "M32", "M34")


@cache
def world_of(categories: tuple[Category, ...] = ("5",), seed: int = 21, short: bool = False) -> World:
    return make_world(seed, categories, invoices=16, short=short)


def listing_of(world: World) -> Listing:
    assert world.listing is not None
    return world.listing


def draw(world: World, what: str) -> Draft:
    return draw_paper(world, f"listing_document::{what}")


def words(draft: Draft) -> str:
    return "".join(mark.text for paper in draft.papers for mark in paper.marks if isinstance(mark, Run))


def fields_of(draft: Draft) -> dict[str, str]:
    return {name: noted.value for paper in draft.papers for name, noted in paper.fields.items()}


@pytest.mark.parametrize(("what", "subtype"), zip(KEYS, SUBTYPES, strict=True))
def test_listing_papers_note_their_fields(what: str, subtype: str) -> None:
    world = world_of()
    with blueprint():
        draft = draw(world, what)
    found = fields_of(draft)
    wanted = {"title", "issuer", "issue_date", "company_name", "document_number"} - ({"document_number"} if what == "feasibility" else set())
    assert found.keys() == wanted and draft.subtype == subtype and draft.kind == "listing_document"
    assert found["company_name"] == world.party.name
    assert any(seal.role == "company" and world.party.name in seal.text for paper in draft.papers for seal in paper.seals)


def test_approvals_carry_their_numbers_and_the_commissions_seal() -> None:
    world = world_of()
    for what, number, day in (("ipo", listing_of(world).ipo_number, listing_of(world).ipo_date), ("approval", listing_of(world).approval_number, listing_of(world).approval_date)):
        draft = draw(world, what)
        found = fields_of(draft)
        assert (found["document_number"], found["issue_date"], found["issuer"]) == (number, day.isoformat(), "中国证券监督管理委员会")
        assert any(seal.role == "authority" for paper in draft.papers for seal in paper.seals)


def test_one_letter_for_both_or_two_letters() -> None:
    """Where the raising was the IPO itself, both copies show the same words; else the later one is of a private placement."""
    world = world_of()
    same = replace(world, listing=replace(listing_of(world), ipo_number=listing_of(world).approval_number, ipo_date=listing_of(world).approval_date))
    apart = replace(world, listing=replace(listing_of(world), ipo_number="证监许可〔2014〕77号"))
    letters = [words(draw(same, what)) for what in ("ipo", "approval")]
    assert letters[0] == letters[1] and "首次公开发行" in letters[0]
    assert "非公开发行" in words(draw(apart, "approval")) and "首次公开发行" in words(draw(apart, "ipo"))


def test_project_and_implementer_stand_where_they_should_and_nowhere_else() -> None:
    world = world_of()
    other = replace(world, listing=replace(listing_of(world), raised_project="营销服务网络建设项目", implementer=world.company.sister.name))
    for what in ("announcement", "use:2018", "use:2019", "feasibility"):
        text = words(draw(other, what))
        assert "营销服务网络建设项目" in text and world.company.sister.name in text, what
    for key in ("listing_document::ipo", "listing_document::approval", "implementation_plan", "application_form", "supporting::catalogue"):
        before, after = ([p.signature() for p in draw_paper(w, key).papers] for w in (world, other))
        assert before == after, key


def test_special_reports_add_up() -> None:
    world = world_of()
    listing = listing_of(world)
    used = dict(listing.used)
    texts = {year: words(draw(world, f"use:{year}")) for year in (2018, 2019)}
    assert f"{used[2018] / 10000:,.2f}" in texts[2018] and f"{used[2019] / 10000:,.2f}" in texts[2019]
    assert f"本年度“{listing.raised_project}”投入募集资金{(used[2019] - used[2018]) / 10000:,.2f}万元" in texts[2019]
    assert f"{listing.raised_net:,.2f}元" in texts[2018] and listing.verification_number in texts[2018]


def test_the_comparison_table_is_landscape() -> None:
    last = draw(world_of(), "use:2019").papers[-1]
    assert (last.width, last.height) == (297, 210)


def test_studies_are_long_or_short() -> None:
    with blueprint():
        lengths = [len(draw(world_of(seed=seed), "feasibility").papers) for seed in (21, 22, 23)]
        assert all(10 <= n <= 20 for n in lengths), lengths
        assert 4 <= len(draw(world_of(short=True), "feasibility").papers) <= 6


def test_an_unlisted_world_has_no_such_papers() -> None:
    with pytest.raises(ValueError, match="类别5"):
        draw(world_of(("2",)), "ipo")


# ---------------------------------------------------------------- supporting


@pytest.mark.parametrize(("what", "subtype"), [("catalogue", "M14"), ("patents", "M14"), ("notes", "M15")])
@pytest.mark.parametrize("categories", [("2",), ("3",), ("5",)], ids=str)
def test_supporting_papers(what: str, subtype: str, categories: tuple[Category, ...]) -> None:
    world = world_of(categories)
    with blueprint():
        draft = draw_paper(world, f"supporting::{what}")
    assert (draft.kind, draft.subtype) == ("supporting", subtype)
    assert set(fields_of(draft)) == {"title"}
    assert any(world.party.name in seal.text for paper in draft.papers for seal in paper.seals)


def test_the_catalogue_lists_what_is_enclosed() -> None:
    world = world_of(("2",))
    text, enclosed = words(draw_paper(world, "supporting::catalogue")), words(draw_paper(world, "supporting::patents"))
    for patent in proofs(world).patents:
        assert patent.number in text
        assert patent.number.removeprefix("ZL") in enclosed and world.party.name in enclosed


def test_notes_and_plan_tell_the_same_effects() -> None:
    world = world_of(("2",))
    plan, notes, own = words(draw_paper(world, "implementation_plan")), words(draw_paper(world, "supporting::notes")), effects(world)
    for figure in (f"{own.good_rate[0]:.2f}", f"{own.good_rate[1]:.2f}", f"{own.capacity[1]:,}", f"{own.energy[1]:.2f}"):
        assert figure in plan and figure in notes
    assert own.good_rate[1] > own.good_rate[0] and own.energy[1] < own.energy[0] and own.good_rate[1] <= Decimal(100)


def test_patents_are_in_time() -> None:
    for seed in (21, 22, 23):
        for patent in patents(world_of(("2",), seed)):
            assert patent.filed_on < patent.granted_on and patent.granted_on.year <= 2020


def test_unsealed_supporting_papers() -> None:
    world = world_of(("2",))
    bare = replace(world, handling=replace(world.handling, unsealed=frozenset({"supporting::patents"})))
    seals = [seal.text for paper in draw_paper(bare, "supporting::patents").papers for seal in paper.seals]
    assert seals and not any(world.party.name in text for text in seals)
