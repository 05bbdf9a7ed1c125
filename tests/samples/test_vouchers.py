"""The plan of the auditors' folder: nothing is lost, nothing lies twice, and a changed fact moves nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from samples.paper import blueprint
from samples.vouchers import SHEET, chosen_vouchers, draw_part, papers_of, parts_on, plan_vouchers, split
from samples.world import World, make_world
from samples.world.model import PaperKey

WORLD = make_world(7, ("1", "2"))


def unfolded(parts: tuple[PaperKey, ...]) -> list[PaperKey]:
    """The papers behind parts: shared sheets opened."""
    return [key for part in parts for key in (split(part)[1].split("+") if split(part)[0] == SHEET else [part])]


def keys(world: World, count: int | None = None) -> list[PaperKey]:
    return [key for file in plan_vouchers(world, count) for key in unfolded(file.parts)]


@pytest.mark.parametrize("seed", range(6))
def test_every_paper_of_every_voucher_lies_in_exactly_one_file(seed: int) -> None:
    world = make_world(seed, ("3",))
    planned = keys(world)
    wanted = {key for v in chosen_vouchers(world) for key in papers_of(world, v)}
    assert set(planned) == wanted
    assert len(planned) == len(set(planned))
    paths = [file.path.lower() for file in plan_vouchers(world)]
    assert len(paths) == len(set(paths))
    assert all(not path.startswith("/") and ".." not in path.split("/") for path in paths)


def test_every_part_can_be_drawn_and_is_what_its_key_says() -> None:
    with blueprint():
        for file in plan_vouchers(WORLD):
            for part in file.parts:
                draft = draw_part(WORLD, part)
                assert draft.key == part
                assert draft.papers
                if file.kind == "picture":
                    assert len(draft.papers) == 1
                if split(part)[0] != SHEET:
                    assert draft.kind == split(part)[0]


def test_count_takes_so_many_vouchers_and_those_that_must_be_there() -> None:
    assert len(chosen_vouchers(WORLD, 5)) >= 5
    last = WORLD.invoices[-1].key
    assert last in chosen_vouchers(WORLD, 3, must={last})
    assert set(chosen_vouchers(WORLD, 3)) <= set(chosen_vouchers(WORLD, 8))
    assert plan_vouchers(WORLD, 0) == ()


def test_depth_leaves_out_what_was_not_asked_for() -> None:
    kinds = {split(k)[0] for f in plan_vouchers(WORLD, depth="invoices") for k in unfolded(f.parts)}
    assert kinds <= {"vat_invoice", "invoice_list", "customs_declaration", "customs_payment"}
    kinds = {split(k)[0] for f in plan_vouchers(WORLD, depth="paid") for k in unfolded(f.parts)}
    assert "payment_slip" in kinds
    assert not kinds & {"purchase_contract", "accounting_voucher"}


def test_an_absent_slip_is_missing_and_no_other_paper_moves() -> None:
    gone = next(f"payment_slip::{p.key}" for p in WORLD.payments if not p.bill)
    world = replace(WORLD, handling=replace(WORLD.handling, absent=frozenset({gone})))
    before = {file.path: unfolded(file.parts) for file in plan_vouchers(WORLD)}
    after = {file.path: unfolded(file.parts) for file in plan_vouchers(world)}
    assert {path: [k for k in found if k != gone] for path, found in before.items() if found != [gone]} == after


def test_a_changed_seller_moves_no_paper() -> None:
    """Names of files come from keys and goods alone, but for electronic ones that carry the seller's name."""
    invoice = next(i for i in WORLD.invoices if i.kind == "special")
    changed = replace(invoice, seller=replace(invoice.seller, name="深圳市别家设备有限公司"))
    world = replace(WORLD, invoices=tuple(changed if i.key == invoice.key else i for i in WORLD.invoices))
    assert plan_vouchers(world) == plan_vouchers(WORLD)


def test_slips_share_a_sheet_and_each_has_its_own_region() -> None:
    part = next(p for f in plan_vouchers(WORLD) for p in f.parts if split(p)[0] == SHEET and "+" in p)
    placed = parts_on(WORLD, part)
    assert [p.draft.key for p in placed] == split(part)[1].split("+")
    regions = [p.region for p in placed if p.region is not None]
    assert len(regions) == len(placed)
    assert all(a[3] <= b[1] + 0.01 for a, b in pairwise(regions))
    for each, region in zip(placed, regions, strict=True):
        assert each.draft.kind == "payment_slip"
        for noted in each.draft.papers[0].fields.values():
            assert region[1] <= noted.box[1] < noted.box[3] <= region[3]
    with blueprint():
        sheet = draw_part(WORLD, part).papers[0]
    assert [s.box for s in sheet.seals] == [s.box for p in placed for s in p.draft.papers[0].seals]


def test_a_shared_sheet_shows_the_slips_own_pixels() -> None:
    part = next(p for f in plan_vouchers(WORLD) for p in f.parts if split(p)[0] == SHEET and "+" in p)
    first = split(part)[1].split("+")[0]
    sheet, slip = draw_part(WORLD, part).papers[0].image, draw_part(WORLD, first).papers[0].image
    high = slip.height - 20
    assert sheet.crop((0, 0, slip.width, high)).tobytes() == slip.crop((0, 0, slip.width, high)).tobytes()


def test_interest_receipts_of_a_loan_lie_in_order() -> None:
    world = make_world(8, ("4a",))
    found = [key for key in keys(world, 2) if key.startswith("interest_receipt")]
    for loan in world.loans:
        own = [key for key in found if key.startswith(f"interest_receipt::{loan.key}:")]
        assert own == [f"interest_receipt::{loan.key}:{n}" for n in range(1, len(loan.receipts) + 1)]


def test_electronic_invoices_are_originals_that_their_platform_can_write() -> None:
    worlds = [make_world(seed, ("1",)) for seed in range(8)]
    originals = [(w, f) for w in worlds for f in plan_vouchers(w) if f.kind == "original"]
    assert {f.path.rpartition(".")[2] for _, f in originals} == {"pdf", "ofd"}
    for world, file in originals:
        invoice = world.invoice(split(file.parts[0])[1])
        assert invoice.kind not in ("special", "ordinary", "vehicle")
