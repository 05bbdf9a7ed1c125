"""Audit reports, statements in their place, capital verification: the figures tie, the pages are numbered, the truth is printed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from samples.documents.audit import draw_audit_report
from samples.documents.audit.figures import UNITS, balance_lines, cash_lines, equity_changes, in_unit
from samples.documents.capital_verification import draw_capital_verification, draw_raised_funds_verification
from samples.documents.draft import Draft
from samples.documents.financial_statement import draw_financial_statement
from samples.paper import blueprint, resolution
from samples.runs import Run
from samples.world import make_world
from samples.world.model import AuditReport, Substitute, World

Cells = dict[str, str]
_SEEDS = (11, 13, 14)
"""11: group and company beside each other; 13: a listed company's group; 14: a single company."""


@cache
def world_of(seed: int) -> World:
    return make_world(seed, ("5",) if seed == 13 else ("2",))


@cache
def report_of(seed: int, year: int) -> Draft:
    world = world_of(seed)
    with blueprint():
        return draw_audit_report(world, next(r for r in world.audit_reports if r.year == year))


def rows_of(draft: Draft) -> list[Cells]:
    rows: dict[int, Cells] = defaultdict(dict)
    for paper in draft.papers:
        for row, column, noted in paper.rows.get("statements", []):
            rows[row][column] = noted.value
    assert list(rows) == list(range(len(rows)))  # in page order, without a gap
    return [rows[i] for i in range(len(rows))]


def figures(draft: Draft, column: str) -> dict[tuple[str, str, str], Decimal]:
    return {(r["statement"], r["scope"], r["item"]): Decimal(r[column]) for r in rows_of(draft) if column in r}


def fields(draft: Draft) -> dict[str, str]:
    return {name: noted.value for paper in draft.papers for name, noted in paper.fields.items()}


@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("column", ["current", "prior"])
def test_printed_statements_tie(seed: int, column: str) -> None:
    seen = figures(report_of(seed, 2019), column)
    scopes = {scope for statement, scope, _ in seen if statement == "balance_sheet"}
    assert "parent" in scopes and (len(scopes) == 2) == (world_of(seed).audit_reports[2].group is not None)
    for scope in scopes:
        def at(statement: str, item: str, scope: str = scope) -> Decimal:
            return seen.get((statement, scope, item), Decimal(0))

        balance = "balance_sheet"
        assert at(balance, "资产总计") == at(balance, "负债合计") + at(balance, "所有者权益合计") == at(balance, "负债和所有者权益总计") > 0
        assert at(balance, "资产总计") == at(balance, "流动资产合计") + at(balance, "非流动资产合计")
        income = "income_statement"
        assert at(income, "利润总额") == at(income, "营业利润") + at(income, "营业外收入") - at(income, "营业外支出")
        assert at(income, "净利润") == at(income, "利润总额") - at(income, "所得税费用")
        cash = "cash_flow"
        nets = ("经营活动产生的现金流量净额", "投资活动产生的现金流量净额", "筹资活动产生的现金流量净额")
        assert sum(at(cash, n) for n in nets) == at(cash, "现金及现金等价物净增加额")
        assert at(cash, "期初现金及现金等价物余额") + at(cash, "现金及现金等价物净增加额") == at(cash, "期末现金及现金等价物余额") == at(balance, "货币资金")
        assert at("equity_changes", "本年年末余额") in (at(balance, "所有者权益合计"), 0)  # 0: last year's stands on a page of its own


@pytest.mark.parametrize("seed", _SEEDS)
def test_the_prior_column_is_last_years_current_column(seed: int) -> None:
    if any(r.restated for r in world_of(seed).audit_reports):
        pytest.fail("choose a seed whose reports are not restated")
    for year in (2018, 2019):
        now, before = figures(report_of(seed, year), "prior"), figures(report_of(seed, year - 1), "current")
        shared = [key for key in now if key in before and key[0] != "notes"]
        assert len(shared) > 50
        assert {key: now[key] for key in shared} == {key: before[key] for key in shared}


@pytest.mark.parametrize("seed", _SEEDS)
def test_notes_show_what_fixed_assets_grew_by(seed: int) -> None:
    books = in_unit(world_of(seed).audit_reports[2].books, fields(report_of(seed, 2019))["unit"])
    notes = {r["item"]: Decimal(r["current"]) for r in rows_of(report_of(seed, 2019)) if r["statement"] == "notes"}
    assert notes == {
        "固定资产原值本期增加": books.original_value.more, "累计折旧本期增加": books.depreciation.more, "在建工程本期增加": books.construction.more,
    }  # fmt: skip


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_report_has_about_the_pages_asked_for_and_numbers_them(seed: int) -> None:
    for report in world_of(seed).audit_reports:
        draft = report_of(seed, report.year)
        assert abs(len(draft.papers) - report.pages) <= 4
        labels = [p.label for p in draft.papers if p.label is not None]
        assert labels == list(range(1, len(labels) + 1)) and draft.papers[0].label is None
        assert draft.seam and draft.key == f"audit_report:{report.year}"


def test_every_field_of_the_contract_is_printed() -> None:
    world, draft = world_of(14), report_of(14, 2018)
    report = world.audit_reports[1]
    assert fields(draft) == {
        "report_number": report.number, "firm_name": report.firm.name, "client_name": report.client, "fiscal_year": "2018", "opinion": report.opinion,
        "report_date": report.dated.isoformat(), "accountants": "、".join(n for n, _ in report.firm.accountants), "unit": "元", "scope": "parent",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("opinion", "phrase"),
    [("unqualified", "公允反映了"), ("unqualified_emphasis", "我们提醒财务报表使用者关注"), ("qualified", "可能产生的影响外"), ("adverse", "未能公允反映"), ("disclaimer", "我们不对后附的")],
)  # fmt: skip
def test_opinions_use_the_phrases_of_the_standards(opinion: str, phrase: str) -> None:
    report = replace(world_of(14).audit_reports[2], opinion=opinion)  # type: ignore[arg-type]
    draft = draw_audit_report(world_of(14), report)
    sheet = next(p for p in draft.papers if "opinion" in p.fields)
    noted = sheet.fields["opinion"]
    inside = "".join(m.text for m in sheet.marks if isinstance(m, Run) and noted.box[1] - 1 <= m.y <= noted.box[3] + 2)
    assert noted.value == opinion and phrase in inside


def test_handling_keeps_seals_and_signatures_off() -> None:
    world, key = world_of(14), "audit_report:2019"
    bare = replace(world, handling=replace(world.handling, unsealed=frozenset({key}), no_firm_seal=frozenset({key}), unsigned=frozenset({key})))
    with blueprint():
        roles = [{s.role for p in draw_audit_report(w, w.audit_reports[2]).papers[:-4] for s in p.seals} for w in (world, bare)]
    assert {"company", "firm", "legal_person"} <= roles[0] and not {"company", "firm"} & roles[1]


def test_a_misprinted_item_changes_one_line_and_nothing_else() -> None:
    world = world_of(14)
    clean = world.audit_reports[2]
    with blueprint():
        before, after = draw_audit_report(world, clean), draw_audit_report(world, replace(clean, printed=(("资产总计", Decimal("9876543.21")),)))
    differing = [(a, b) for a, b in zip(rows_of(before), rows_of(after), strict=True) if a != b]
    assert [(b["item"], b["current"]) for _, b in differing] == [("资产总计", "9876543.21")]
    assert sum(a.rows != b.rows or a.fields != b.fields for a, b in zip(before.papers, after.papers, strict=True)) == 1


def test_a_page_put_in_carries_the_other_years_figures() -> None:
    world = world_of(14)
    with blueprint():
        mixed = draw_audit_report(world, replace(world.audit_reports[2], body_year=2018))
    seen, other, own = (figures(d, "current") for d in (mixed, report_of(14, 2018), report_of(14, 2019)))
    assert seen["balance_sheet", "parent", "资产总计"] == other["balance_sheet", "parent", "资产总计"]
    assert seen["income_statement", "parent", "净利润"] == own["income_statement", "parent", "净利润"]
    assert fields(mixed)["fiscal_year"] == "2019"


def test_restated_reports_say_so_in_the_notes() -> None:
    draft = draw_audit_report(world_of(14), replace(world_of(14).audit_reports[2], restated=True))
    text = "".join(m.text for p in draft.papers for m in p.marks if isinstance(m, Run))
    assert "追溯调整" in text


def test_short_worlds_have_short_reports() -> None:
    world = make_world(14, ("2",), short=True)
    with blueprint():
        draft = draw_audit_report(world, world.audit_reports[2])
    assert 6 <= len(draft.papers) <= 8
    kinds = {r["statement"] for r in rows_of(draft)}
    assert kinds == {"balance_sheet", "income_statement", "cash_flow", "notes"}


@pytest.mark.parametrize("unit", list(UNITS))
def test_rounded_statements_still_balance(unit: str) -> None:
    report = world_of(13).audit_reports[1]
    scale, places = UNITS[unit]
    for books, before in ((report.books, report.prior), (report.group or report.books, report.group_prior or report.prior)):
        now, last = in_unit(books, unit), in_unit(before, unit)
        values = {line.item: line.current for line in balance_lines(now, last)}
        assert values["资产总计"] == values["负债和所有者权益总计"]
        assert all(v is None or (v / scale) == round(v / scale, places) for v in values.values())
        flows = {line.item: line.current for line in cash_lines(now, last, None)}
        assert flows["期末现金及现金等价物余额"] == values["货币资金"]
        changes = equity_changes(now, last, None)
        for column in changes.columns:
            opening, moved, closing = column.this_year[3], column.this_year[4], column.this_year[-1]
            assert (opening or 0) + (moved or 0) == closing


def test_pixels_stand_where_the_truth_says_and_layouts_agree_with_blueprints() -> None:
    world = world_of(11)
    report: AuditReport = replace(world.audit_reports[2], pages=20)
    with blueprint():
        measured = draw_audit_report(world, report)
    with resolution(100):
        drawn = draw_audit_report(world, report)
        assert [(p.label, p.fields, p.rows, p.seals) for p in measured.papers] == [(p.label, p.fields, p.rows, p.seals) for p in drawn.papers]
        sheets = [p for p in drawn.papers if p.rows][:2]
        for paper in (drawn.papers[0], *sheets):
            grey = np.asarray(paper.image.convert("L"))
            boxes = [n.box for n in paper.fields.values()] + [n.box for rows in paper.rows.values() for _, _, n in rows]
            for box in boxes:
                x0, y0, x1, y1 = (paper.px(v) for v in box)
                assert 0 <= x0 < x1 <= grey.shape[1] and 0 <= y0 < y1 <= grey.shape[0] and grey[y0:y1, x0:x1].min() < 150


def test_statements_in_place_of_an_audit_are_signed_and_sealed() -> None:
    world, key = world_of(14), "financial_statement:2019"
    with blueprint():
        draft = draw_financial_statement(world, Substitute(2019, "financial_statement"))
        bare = draw_financial_statement(replace(world, handling=replace(world.handling, unsealed=frozenset({key}))), Substitute(2019, "financial_statement"))
    seen = fields(draft)
    assert (seen["client_name"], seen["fiscal_year"], draft.key) == (world.party.name, "2019", key)
    assert all(any(s.role == "company" for s in p.seals) for p in draft.papers) and not any(p.seals for p in bare.papers)
    tied = figures(draft, "current")
    assert tied["balance_sheet", "parent", "资产总计"] == world.books[2019].total_assets


@pytest.mark.parametrize(("legal", "finance"), [(True, True), (False, True), (True, False)])
def test_missing_signatures_are_missing(legal: bool, finance: bool) -> None:
    world = world_of(14)
    draft = draw_financial_statement(world, Substitute(2019, "financial_statement", legal, finance))
    hands = {m.text for p in draft.papers for m in p.marks if isinstance(m, Run) and m.face == "hand"}
    assert (world.company.legal_representative in hands) == legal and (world.company.finance_head in hands) == finance


def test_capital_is_verified_for_a_year_and_for_raised_funds() -> None:
    plain_world, listed = world_of(14), world_of(13)
    with blueprint():
        yearly = draw_capital_verification(plain_world, Substitute(2018, "capital_verification"))
        raised = draw_raised_funds_verification(listed)
    assert listed.listing is not None
    assert (yearly.key, raised.key, raised.subtype) == ("capital_verification:2018", "capital_verification::raised", "M33")
    assert all(6 <= len(d.papers) <= 10 for d in (yearly, raised))
    for draft in (yearly, raised):
        assert set(fields(draft)) == {"report_number", "firm_name", "client_name", "report_date", "paid_in_capital"}
        assert {"company", "firm", "legal_person"} <= {s.role for p in draft.papers for s in p.seals}
    assert fields(raised)["report_number"] == listed.listing.verification_number and fields(raised)["report_date"] == listed.listing.verified_on.isoformat()
    with pytest.raises(ValueError, match="类别5"):
        draw_raised_funds_verification(plain_world)
