"""A clean world agrees with itself: whatever the rule-book compares must tie, for any seed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from samples import ids
from samples.world import YEARS, World, make_world, vat_rate

SEEDS = (1, 7, 2020, 31337, 899_999)
D = Decimal


@pytest.fixture(scope="module", params=SEEDS)
def world(request: pytest.FixtureRequest) -> World:
    return make_world(request.param)


def test_lines_are_exact_and_inside_the_year(world: World) -> None:
    for line in world.lines:
        assert line.unit_price * line.quantity == line.net
        assert line.net + line.tax == line.gross
        assert abs(line.net * line.rate - line.tax) <= D("0.005")
        assert date(2019, 1, 1) <= line.issued_on <= date(2019, 12, 31)
        assert line.declared == (line.net if line.voucher == "special" else line.gross)
        assert D(0) <= line.smart <= line.declared
        assert line.paid == line.gross and line.paid_on < date(2020, 6, 24)
        assert line.contract_date <= line.issued_on


def test_rates_follow_the_date(world: World) -> None:
    for line in world.lines:
        tier = {"工程": "construction", "配套": "service"}.get(line.kind, "goods")
        assert line.rate == vat_rate(tier, line.issued_on)  # type: ignore[arg-type]
    assert vat_rate("goods", date(2019, 3, 31)) == D("0.16")
    assert vat_rate("goods", date(2019, 4, 1)) == D("0.13")


def test_invoice_codes_have_their_form_and_numbers_are_unique(world: World) -> None:
    forms = {"special": r"\d{4}1[89]\d1[2-9]0", "ordinary": r"0\d{4}1[89]\d{3}04", "e_ordinary": r"0\d{4}1[89]\d{3}11"}
    for line in world.lines:
        assert re.fullmatch(forms[line.voucher], line.code), line
        assert re.fullmatch(r"\d{8}", line.number)
        assert len(line.check_code) == (0 if line.voucher == "special" else 20)
    assert len({(line.code, line.number) for line in world.lines}) == len(world.lines)


def test_contracts_cover_their_invoices(world: World) -> None:
    for number in {line.contract_number for line in world.lines}:
        lines = [line for line in world.lines if line.contract_number == number]
        assert len({line.seller.uscc for line in lines}) == 1
        assert {line.contract_amount for line in lines} == {sum((line.gross for line in lines), D(0))}


def test_parties_have_valid_codes(world: World) -> None:
    parties = [world.company.party, world.company.sister, *(line.seller for line in world.lines)]
    assert all(ids.is_uscc(party.uscc) for party in parties)
    assert world.company.party.uscc.startswith("91440300")


def test_thresholds_of_the_guide_are_met(world: World) -> None:
    assert world.smart_total > D(5_200_000), "not even near the 5 million of category 2"
    fixed = sum((line.declared for line in world.lines if line.fixed), D(0))
    assert fixed / world.declared_total >= D("0.8")
    assert world.project.total_investment >= world.declared_total
    assert world.project.starts <= min(line.issued_on for line in world.lines)
    assert max(line.issued_on for line in world.lines) <= world.project.ends


def test_books_close_and_roll_forward(world: World) -> None:
    for year in YEARS:
        now, before = world.books[year], world.books[year - 1]
        assert now.total_assets == now.total_liabilities + now.equity
        assert now.cash > 0
        assert now.original_value.opening == before.original_value.closing
        retained = dict(now.owners)["盈余公积"] + dict(now.owners)["未分配利润"]
        retained_before = dict(before.owners)["盈余公积"] + dict(before.owners)["未分配利润"]
        assert retained - retained_before == now.net_profit
        assert dict(now.long_assets)["固定资产"] == now.original_value.closing - now.depreciation.closing


def test_fixed_assets_of_the_list_are_in_the_books(world: World) -> None:
    claimed = sum((line.declared for line in world.lines if line.fixed), D(0))
    now, before = dict(world.books[2019].long_assets), dict(world.books[2018].long_assets)
    growth = sum((now[item] - before[item] for item in ("固定资产", "在建工程")), D(0))
    assert world.books[2019].original_value.more >= claimed * D("1.02")
    assert growth >= claimed * D("1.02")


def test_statistics_equal_the_audit_in_their_units(world: World) -> None:
    for value in world.statistics:
        if value.form == "B203" and value.indicator == "营业收入":
            year = int(value.period[:4])
            assert value.unit == "千元"
            assert abs(value.value * 1000 - world.books[year].revenue) <= 500
    done = next(v for v in world.statistics if v.indicator == "本年完成投资")
    fixed = sum((line.net for line in world.lines if line.fixed), D(0))
    assert done.unit == "万元" and abs(done.value * 10000 - fixed) <= 20_000
    planned = next(v for v in world.statistics if v.indicator == "计划总投资")
    assert planned.value * 10000 == world.project.total_investment


def test_tax_certificates_cover_each_year_once(world: World) -> None:
    for year in YEARS:
        papers = [paper for paper in world.tax_papers if paper.year == year]
        assert len(papers) == (2 if year == 2017 else 1)
        assert sum((paper.total for paper in papers), D(0)) == world.tax_total(year)
        kinds = [name for paper in papers for name, _ in paper.taxes]
        assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize("seed", [-1, -900_000])
def test_negative_seeds_are_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="0 或更大"):
        make_world(seed)
