"""Extracts of other offices' systems."""

from __future__ import annotations

import pytest

from extractors.ledgers import COLUMNS, read_ledger
from pipeline.errors import FileProblem
from tests.extractors.sheets import book, long_number, sheet


def test_portal_headings_and_times() -> None:
    rows = [
        ["网上申报系统导出"],
        ["申报编号", "申报单位", "统一社会信用代码", "项目类别", "项目名称", "首次提交时间", "预审状态"],
        ["SQ2020001", "深圳市甲乙精密制造有限公司", "914403001922038216", "2", "智能化改造", "2020/6/24 17:59", "预审通过"],
    ]
    (row,) = read_ledger("portal", book(sheet(rows)))
    assert row.row == 3
    assert row.values["application_no"] == "SQ2020001" and row.values["first_submitted_at"] == "2020-06-24T17:59:00"
    assert row.values["pre_review_status"] == "预审通过" and row.values["category"] == "2"


def test_units_in_headings_are_turned_into_yuan() -> None:
    rows = [["项目名称", "建设单位", "备案编号", "总投资（万元）", "备案日期"], ["扩建", "甲公司", "BA-1", "1,200.5", 43539]]
    (row,) = read_ledger("filings", book(sheet(rows)))
    assert row.values["total_investment"] == "12005000.00" and row.values["filed_on"] == "2019-03-15"


def test_english_headings_are_accepted() -> None:
    rows = [["code", "number", "status", "checked_at"], ["4403191130", "01234567", "红冲", "2020-07-01 10:00:05"]]
    (row,) = read_ledger("verifications", book(sheet(rows)))
    assert dict(row.values) == {"code": "4403191130", "number": "01234567", "status": "红冲", "checked_at": "2020-07-01T10:00:05"}


def test_claims_keep_leading_zeros_and_never_match_on_lost_digits() -> None:
    rows = [
        ["申报单位", "统一社会信用代码", "年度", "发票代码", "发票号码", "不含税金额", "申报金额", "状态"],
        ["甲公司", "914403001922038216", "2019年", "044001900111", "00123456", 100, 100, "已认定"],
        ["甲公司", "914403001922038216", "2019年", "044001900111", long_number(), 100, 100, "已认定"],
    ]
    first, second = read_ledger("claims", book(sheet(rows)))
    assert (first.values["code"], first.values["number"], first.values["year"]) == ("044001900111", "00123456", "2019")
    assert second.values["number"] == "1.23457E+19"


@pytest.mark.parametrize("stem", sorted(COLUMNS))
def test_every_ledger_reads_its_own_english_headings(stem: str) -> None:
    names = list(COLUMNS[stem])
    rows = [names, [f"v{i}" for i in range(len(names))]]
    (row,) = read_ledger(stem, book(sheet(rows)))
    assert set(row.values) == set(names)


def test_a_file_without_headings_is_a_typed_problem() -> None:
    with pytest.raises(FileProblem) as problem:
        read_ledger("payouts", book(sheet([["甲", "乙"], ["1", "2"]])))
    assert problem.value.code == "ledger_header" and problem.value.next_step
    with pytest.raises(FileProblem):
        read_ledger("nonsense", book(sheet([["甲"]])))
