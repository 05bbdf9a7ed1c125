"""Every paper that proves a listing or supports an application: the contract's fields are noted, and stand on the page."""

from __future__ import annotations

from functools import cache

import pytest

from samples.documents.draft import Draft
from samples.layouts import volume_keys
from samples.paper import Noted, blueprint
from samples.registry import draw_paper
from samples.world import make_world
from samples.world.model import World

LISTING = {"title", "issuer", "issue_date", "company_name"}
NUMBERED = LISTING | {"document_number"}
RAISED = {"client_name", "report_number", "firm_name", "paid_in_capital", "report_date"}
WANTED: dict[str, tuple[str, set[str]]] = {
    "listing_document::ipo": ("M30", NUMBERED), "listing_document::announcement": ("M31a", NUMBERED), "listing_document::approval": ("M31b", NUMBERED),
    "listing_document::use:2018": ("M32", NUMBERED), "listing_document::use:2019": ("M32", NUMBERED), "capital_verification::raised": ("M33", RAISED),
    "listing_document::feasibility": ("M34", LISTING), "supporting::catalogue": ("M14", {"title"}), "supporting::patents": ("M14", {"title"}),
    "supporting::notes": ("M15", {"title"}), "front": ("front", {"title"}),
}  # fmt: skip
SEEDS = (5, 6)


@cache
def world_of(seed: int) -> World:
    return make_world(seed, ("5",), invoices=16)


@cache
def drawn(seed: int, key: str) -> Draft:
    with blueprint():
        return draw_paper(world_of(seed), key, [("申请书", 3), ("营业执照", None)])


def noted(draft: Draft) -> dict[str, Noted]:
    return {name: value for paper in draft.papers for name, value in paper.fields.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_paper_of_the_volume_is_looked_at_here(seed: int) -> None:
    ours = {key for key in volume_keys(world_of(seed)) if key.startswith(("listing_document", "supporting", "front", "capital_verification::raised"))}
    assert ours <= WANTED.keys()
    assert {key for key in WANTED if not key.startswith("supporting")} <= ours


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("key", WANTED)
def test_fields_are_noted_and_stand_on_the_page(seed: int, key: str) -> None:
    subtype, names = WANTED[key]
    draft = drawn(seed, key)
    assert (draft.key, draft.kind, draft.subtype) == (key, "supporting" if key == "front" else key.split(":")[0], subtype)
    assert noted(draft).keys() == names and all(value.value for value in noted(draft).values())
    assert len(draft.papers) == 1 or draft.seam
    for paper in draft.papers:
        for name, value in paper.fields.items():
            x0, y0, x1, y1 = value.box
            assert 0 <= x0 < x1 <= paper.width and 0 <= y0 < y1 <= paper.height, (key, name, value.box)


@pytest.mark.parametrize("seed", SEEDS)
def test_values_are_those_of_the_world(seed: int) -> None:
    world = world_of(seed)
    listing = world.listing
    assert listing is not None
    facts = {key: {name: value.value for name, value in noted(drawn(seed, key)).items()} for key in WANTED}
    assert all(found["company_name"] == world.party.name for key, found in facts.items() if key.startswith("listing_document"))
    assert facts["listing_document::announcement"]["issue_date"] == listing.announced_on.isoformat()
    assert facts["listing_document::approval"]["document_number"] == listing.approval_number
    assert facts["listing_document::ipo"]["document_number"] == listing.ipo_number
    assert facts["capital_verification::raised"]["report_number"] == listing.verification_number
    assert facts["capital_verification::raised"]["report_date"] == listing.verified_on.isoformat()
    for year in listing.report_years:
        assert facts[f"listing_document::use:{year}"]["issue_date"].startswith(str(year + 1))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("key", [key for key in WANTED if key.startswith("listing_document")])
def test_copies_are_sealed_by_the_applicant_on_their_first_page(seed: int, key: str) -> None:
    assert any(world_of(seed).party.name in seal.text for seal in drawn(seed, key).papers[0].seals)
