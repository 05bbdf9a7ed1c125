"""Books, tax certificates, audit reports and statistics of a clean world."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samples.accounts import Books
from samples.world import YEARS, World
from samples.world.frame import frame_of
from tests.samples.worlds import CASES, ids, world_of

D = Decimal


@pytest.fixture(params=CASES, ids=ids)
def world(request: pytest.FixtureRequest) -> World:
    seed, categories = request.param
    return world_of(seed, categories)


def _closes(books: Books) -> None:
    assert books.total_assets == books.total_liabilities + books.equity
    assert books.cash > 0
    assert books.line("固定资产") == books.original_value.closing - books.depreciation.closing
    assert books.line("在建工程") == books.construction.closing
    assert books.bought > 0 and books.transferred >= 0
    for part in (books.current_assets, books.long_assets, books.current_liabilities, books.long_liabilities, books.owners, books.local_taxes):
        assert all(a == a.quantize(D("0.01")) and a >= 0 for _, a in part), books.year


def test_books_close_and_roll_forward(world: World) -> None:
    for year in YEARS:
        now, before = world.books[year], world.books[year - 1]
        _closes(now)
        for roll in ("original_value", "depreciation", "construction"):
            assert getattr(now, roll).opening == getattr(before, roll).closing
        assert now.line("盈余公积") + now.line("未分配利润") - before.line("盈余公积") - before.line("未分配利润") == now.net_profit
        assert now.net_profit > 0


def test_fixed_assets_of_the_list_are_in_the_books(world: World) -> None:
    for year in YEARS:
        claimed = sum((r.declared for r in world.rows if r.fixed and r.invoice_date.year == year), D(0))
        now, before = world.books[year], world.books[year - 1]
        growth = sum((now.line(n) - before.line(n) for n in ("固定资产", "在建工程")), D(0))
        assert growth >= claimed * D("1.02")
        assert now.original_value.more + now.construction.more - now.construction.less >= claimed * D("1.02")


def test_what_is_owed_is_in_the_books(world: World) -> None:
    for year in YEARS:
        end = date(year, 12, 31)
        loans = sum((x.principal - sum((i.principal for i in x.schedule if i.due_on <= end), D(0)) for x in world.loans if x.drawn_on <= end), D(0))
        leases = sum((x.financed - sum((i.principal for i in x.schedule if i.due_on <= end), D(0)) for x in world.leases if x.start <= end), D(0))
        assert world.books[year].line("长期借款") >= loans
        assert world.books[year].line("长期应付款") == leases


def test_tax_certificates_cover_each_year_once(world: World) -> None:
    if not frame_of(world.categories).yearly_papers:
        assert not world.tax_papers and not world.audit_reports
        return
    for year in YEARS:
        papers = [p for p in world.tax_papers if p.year == year]
        assert [p.key for p in papers] == ([f"tax_certificate:{year}:state", f"tax_certificate:{year}:local"] if year == 2017 else [f"tax_certificate:{year}"])
        assert sum((p.total for p in papers), D(0)) == world.books[year].taxes_paid
        for paper in papers:
            assert (paper.period_start, paper.period_end) == (date(year, 1, 1), date(year, 12, 31))
            assert all(paper.period_start <= t.period_start <= t.period_end <= paper.period_end for t in paper.taxes)
            assert date(year + 1, 1, 20) < paper.issued_on < world.application.applied_on
            assert all(t.paid_on < paper.issued_on for t in paper.taxes)
            assert ("国家税务总局" in paper.issuer) == (year > 2017)


def test_audit_reports_tie(world: World) -> None:
    if not world.audit_reports:
        return
    assert [r.year for r in world.audit_reports] == list(YEARS)
    assert len({r.number for r in world.audit_reports}) == 3
    for report in world.audit_reports:
        assert report.client == world.party.name and report.books == world.books[report.year]
        assert date(report.year, 12, 31) < report.dated < world.application.applied_on
        assert report.opinion in ("unqualified", "unqualified_emphasis") and len(report.firm.accountants) == 2
        assert report.restated == (report.prior != world.books[report.year - 1])
        _closes_balance(report.prior)
        if report.group is not None and report.group_prior is not None:
            _closes(report.group)
            assert report.group.revenue > report.books.revenue and report.group.line("长期股权投资") == 0
            assert report.books.line("长期股权投资") > 0
            assert report.group.line("实收资本") == report.books.line("实收资本")


def _closes_balance(books: Books) -> None:
    assert books.total_assets == books.total_liabilities + books.equity


def test_group_columns_tie_from_year_to_year(world: World) -> None:
    for now, nxt in zip(world.audit_reports, world.audit_reports[1:], strict=False):
        assert now.group == nxt.group_prior


def test_statistics_equal_the_audit_in_their_units(world: World) -> None:
    def stat(form: str, name: str, year: int) -> D:
        return next(v.value for v in world.statistics if v.form == form and v.indicator == name and v.period.startswith(str(year)))

    for year in YEARS:
        books = world.books[year]
        for name, amount in (("营业收入", books.revenue), ("利润总额", books.total_profit), ("资产总计", books.total_assets), ("负债合计", books.total_liabilities)):
            for form in ("B203", "B103"):
                assert abs(stat(form, name, year) * 1000 - amount) <= 500
        assert D("0.5") < stat("B203", "应交增值税", year) * 1000 / books.vat < 2
        assert D("0.5") < stat("B204-1", "工业总产值（当年价格）", year) * 1000 / books.revenue < 2


def test_application_figures_equal_books_and_statistics(world: World) -> None:
    told = {(i.name, i.year): i.value for i in world.application.indicators}
    for year in YEARS:
        books = world.books[year]
        for name, amount in (("营业收入", books.revenue), ("利润总额", books.total_profit), ("纳税总额", books.taxes_paid), ("资产总计", books.total_assets), ("负债合计", books.total_liabilities), ("研发费用", books.research)):  # fmt: skip
            assert abs(told[name, year] * 10_000 - amount) <= 50
        output = next(v.value for v in world.statistics if v.form == "B204-1" and v.indicator.startswith("工业总产值") and v.period.startswith(str(year)))
        assert abs(told["工业总产值", year] * 10 - output) <= 1
        staff = next(v.value for v in world.statistics if v.indicator == "平均用工人数" and v.period.startswith(str(year)))
        assert told["职工人数", year] == staff > 50


def test_investment_statistics_follow_the_rows(world: World) -> None:
    values = [v for v in world.statistics if v.form == "206"]
    if world.project.total_investment < 5_000_000:
        assert not values
        return
    done = D(0)
    for year in frame_of(world.categories).years:
        figures = {v.indicator: v.value for v in values if v.period.startswith(str(year))}
        rows = sum((r.declared for r in world.rows if r.fixed and r.invoice_date.year == year), D(0))
        assert abs(figures["本年完成投资"] * 10_000 - rows) <= 20_000
        assert figures["本年完成投资"] == sum((figures[n] for n in ("建筑工程", "安装工程", "设备工器具购置", "其他费用")), D(0))
        done += figures["本年完成投资"]
        assert figures["自开始建设累计完成投资"] == done
        assert figures["计划总投资"] * 10_000 == world.project.total_investment
