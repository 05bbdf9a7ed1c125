"""A clean world agrees with itself: whatever the rule-book compares must tie, for any seed and category."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from decimal import Decimal

import pytest

from samples import ids as codes
from samples.world import CATEGORY_SETS, World, make_world
from samples.world.model import Category
from tests.samples.worlds import CASES, ids, world_of

D = Decimal


@pytest.fixture(params=CASES, ids=ids)
def world(request: pytest.FixtureRequest) -> World:
    seed, categories = request.param
    return world_of(seed, categories)


def test_parties_have_valid_codes(world: World) -> None:
    parties = [world.party, world.company.sister, *(i.seller for i in world.invoices), *(x.lender for x in world.loans), *(x.lessor for x in world.leases)]
    assert all(codes.is_uscc(party.uscc) for party in parties)
    assert world.party.uscc.startswith("91440300")
    assert world.party.old_tax_id[6:] == world.party.uscc[8:17]
    assert all(codes.is_uscc(i.agent.uscc) for i in world.invoices if i.agent)


def test_everything_printable_is_in_the_common_characters(world: World) -> None:
    """Hand and needle faces carry little more than GB 2312."""
    words = [world.party.name, world.party.address, world.project.name, world.company.scope, *(r.name + r.supplier_name for r in world.rows)]
    words += [x.use_clause + x.purpose for x in world.loans] + [x.lessor.name for x in world.leases]
    for word in words:
        word.replace("㎡", "").encode("gb2312")


def test_thresholds_of_the_guide_are_met(world: World) -> None:
    fixed = sum((r.declared for r in world.rows if r.fixed), D(0))
    assert world.declared_total == world.application.declared_investment
    if "2" in world.categories:
        assert world.smart_total > D(5_400_000), "not even near the 5 million of category 2"
    else:
        assert world.smart_total == 0 and not any(r.smart_note for r in world.rows)
    assert fixed / world.declared_total >= D("0.85")
    if world.categories[-1] not in ("1", "2"):
        assert fixed == world.declared_total
    if world.categories == ("3",):
        assert fixed / world.project.fixed_investment >= D("0.22")
        assert world.plan is not None and world.plan.outline == "1-2"
    assert fixed <= world.project.fixed_investment <= world.project.total_investment
    assert world.declared_total <= world.project.total_investment


def test_the_project_covers_its_purchases(world: World) -> None:
    days = [r.invoice_date for r in world.rows]
    assert world.project.starts <= min(days) and max(days) <= world.project.ends
    assert all(world.project.filed_on <= c.signed_on for c in world.contracts)
    assert world.project.location.startswith("深圳市") and all(r.location.startswith("深圳市") for r in world.rows)
    assert world.project.filing_valid_until >= world.application.applied_on


def test_plans_add_up(world: World) -> None:
    wanted = {"2": "1-1", "3": "1-2", "5": "1-3"}.get(world.categories[-1])
    if wanted is None:
        assert world.plan is None
        return
    plan = world.plan
    assert plan is not None and plan.outline == wanted
    assert plan.planned_total == world.project.total_investment
    assert sum((a for _, a in plan.yearly_plan), D(0)) == plan.planned_total == sum((a for _, a in plan.sources), D(0))
    assert all(a > 0 for _, a in plan.sources)
    staff = {i.year: i.value for i in world.application.indicators if i.name == "职工人数"}
    assert (plan.staff_before, plan.staff_after) == (staff[2018], staff[2019])


def test_the_listed_company_used_what_it_raised(world: World) -> None:
    if world.categories != ("5",):
        assert world.listing is None
        return
    listing = world.listing
    assert listing is not None
    used = sum((r.raised_funds or D(0) for r in world.rows), D(0))
    assert D(0) < used <= listing.planned < listing.raised_net < listing.raised_gross
    assert listing.planned <= world.project.total_investment
    assert dict(listing.used)[2018] <= dict(listing.used)[2019] <= used
    for row in world.rows:
        assert (row.raised_funds or 0) + (row.own_funds or 0) == row.declared
        assert bool(row.raised_project) == bool(row.special_account) == bool(row.raised_funds)
    assert listing.implementer == world.party.name and listing.raised_project == world.project.name
    assert listing.ipo_date <= listing.approval_date <= listing.announced_on <= listing.verified_on and listing.arrived_on <= listing.verified_on
    assert world.company.registered_capital == dict(world.books[2019].owners)["实收资本"]


def test_ledgers_fit_the_submission(world: World) -> None:
    tables = {t.stem: t for t in world.ledgers}
    assert set(tables) == {"portal", "filings", "major_projects", "weak_link_awards", "dishonest", "acceptance", "payouts", "e_licences", "claims", "verifications"}
    for table in world.ledgers:
        assert all(set(row) == set(table.columns) and all(isinstance(v, str) for v in row.values()) for row in table.rows), table.stem
    own = {stem: [r for r in t.rows if r.get("uscc") == world.party.uscc] for stem, t in tables.items()}
    (portal,) = own["portal"]
    assert portal["application_no"] == world.application.number and portal["first_submitted_at"] < "2020-06-24 18:00:00"
    (filing,) = own["filings"]
    assert D(filing["total_investment"]) == world.project.total_investment and filing["filing_number"] == world.project.filing_number
    assert not own["weak_link_awards"] and not own["dishonest"]
    assert [r["project_name"] for r in own["major_projects"]] == ([world.project.name] if world.categories == ("3",) else [])
    mine = {(i.code, i.number) for i in world.invoices}
    assert not mine & {(r["code"], r["number"]) for r in tables["claims"].rows}
    checked = {(r["code"], r["number"]): r["status"] for r in tables["verifications"].rows}
    assert set(checked) == mine and set(checked.values()) == {"正常"}


@pytest.mark.parametrize("categories", CATEGORY_SETS, ids=ids)
def test_the_same_seed_gives_the_same_world(categories: tuple[Category, ...]) -> None:
    assert make_world(12, categories) == make_world(12, categories)
    assert make_world(12, categories) != make_world(13, categories)


def test_worlds_are_the_same_in_another_process() -> None:
    """Nothing hangs on hashes of texts or the order of sets."""
    script = "import hashlib\nfrom samples.world import make_world\nprint(hashlib.sha256(repr([make_world(5, c) for c in (('1','2'),('4b',),('5',))]).encode()).hexdigest())"
    answers = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}).stdout.strip()
        for seed in ("1", "77")
    }  # fmt: skip
    here = hashlib.sha256(repr([make_world(5, c) for c in (("1", "2"), ("4b",), ("5",))]).encode()).hexdigest()  # type: ignore[arg-type]
    assert answers == {here}


def test_one_seed_is_one_company_in_categories_1_and_2() -> None:
    one, both = make_world(4, ("1",)), make_world(4, ("1", "2"))
    assert one.company == both.company


def test_impossible_orders_are_refused_in_words_that_help() -> None:
    with pytest.raises(ValueError, match="0 或更大"):
        make_world(-1)
    with pytest.raises(ValueError, match="票据张数"):
        make_world(1, invoices=4)
    with pytest.raises(ValueError, match="类别组合"):
        make_world(1, ("3", "5"))
