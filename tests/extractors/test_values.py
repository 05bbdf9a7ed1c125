"""Money by structure, dates in every shape, rates, names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import (
    clean_name,
    find_dates,
    find_money,
    find_unit,
    money_text,
    narrow,
    paired_year,
    parse_date,
    parse_money,
    parse_month,
    parse_number,
    parse_rate,
    parse_year,
    same_name,
)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("¥17,985.47", "17985.47"), ("￥17.985,47", "17985.47"), ("17 985.47", "17985.47"), ("1,234,567.89", "1234567.89"),
        ("1.234.567.89", "1234567.89"), ("１２，３４５．６７", "12345.67"), ("12,345", "12345"), ("12.345", "12345"), ("¥ 1 234.56", "1234.56"),
        ("1234,567.00", "1234567.00"), ("(小写)¥100.00", "100.00"), ("¥526.00（小写）", "526.00"), ("2,279.43元整", "2279.43"),
        ("-300.00", "-300.00"), ("¥-300.00", "-300.00"), ("(300.00)", "-300.00"), ("1.5万元", "15000"), ("12.345万元", "123450"),
        ("12,345万元", "123450000"), ("0.5亿元", "50000000"), ("3千元", "3000"), ("0.00", "0"), ("17985.4O", "17985.40"),
    ],
)  # fmt: skip
def test_money(text: str, yuan: str) -> None:
    assert parse_money(text) == Decimal(yuan)


@pytest.mark.parametrize("text", ["1,2345", "100.00 200.00", "", "abc", "¥", "13%", "合同12", "12.34.5", "993,8", "1,234,5", "1234567890123456789", "2019年3月"])
def test_unclear_money_is_none(text: str) -> None:
    assert parse_money(text) is None


def test_the_table_s_unit_counts_only_where_none_is_written() -> None:
    assert parse_money("12.50", unit="万元") == Decimal("125000")
    assert parse_money("12.50元", unit="万元") == Decimal("12.50")


def test_decimals_of_a_large_unit() -> None:
    assert parse_money("2,015.041913", unit="万元") == Decimal("20150419.13")
    assert parse_money("12,345.678900") == Decimal("12345.6789")
    assert parse_money("2,015.04", unit="万元") == Decimal("20150400")
    # a comma and a point are confused in scans: three digits behind the last may be either, six behind a comma cannot stand
    assert parse_money("2,015.041", unit="万元") is None
    assert parse_money("2,015,041913", unit="万元") is None
    assert parse_money("2,015,041", unit="千元") == Decimal("2015041000")


def test_find_money_keeps_places() -> None:
    text = "合计￥1,000.00，税额￥160.00"
    assert [(text[f.start : f.end], f.value) for f in find_money(text)] == [("￥1,000.00", Decimal("1000.00")), ("￥160.00", Decimal("160.00"))]


@pytest.mark.parametrize(
    ("text", "unit"), [("单位：人民币万元", "万元"), ("（单位:元）", "元"), ("金额单位：千元", "千元"), ("投资额（万元）", "万元"), ("名称", None), ("单位：台", None)]
)
def test_units_are_read(text: str, unit: str | None) -> None:
    assert find_unit(text) == unit


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999999.99"), places=2))
def test_money_survives_its_own_print_with_wrong_separators(value: Decimal) -> None:
    printed = f"{value:,.2f}"
    for shape in (printed, printed.replace(",", "."), printed.replace(".", ","), "￥" + printed, printed.replace(",", "")):
        assert parse_money(shape) == value


def test_canonical_money() -> None:
    assert [money_text(Decimal(x)) for x in ("1E+3", "12.5", "0", "-0.10")] == ["1000.00", "12.50", "0.00", "-0.10"]


@pytest.mark.parametrize(
    "text",
    ["2019年03月05日", "2019 年 3 月 5 日", "20190305", "2019.3.5", "2019/3/5", "2019-03-05", "二〇一九年三月五日", "二○一九年三月五日",
     "２０１９年３月５日", "2019 03 05 年 月 日", "开票日期：2019年03月05日", "2019年03月05曰"],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert parse_date(text) == date(2019, 3, 5)


def test_more_dates() -> None:
    assert parse_date("二〇一九年十二月三十一日") == date(2019, 12, 31)
    assert parse_date("二〇二〇年十月二十日") == date(2020, 10, 20)
    assert [f.value for f in find_dates("自2019年1月1日至2019年12月31日")] == [date(2019, 1, 1), date(2019, 12, 31)]


@pytest.mark.parametrize("text", ["2019-02-30", "2019年2月", "2019年13月1日", "12345678", "2019年1月1日至2019年2月1日", "No 20194532"])
def test_impossible_or_several_dates_are_none(text: str) -> None:
    assert parse_date(text) is None


def test_years_and_months() -> None:
    assert parse_year("2019年度审计报告") == 2019
    assert parse_year("二〇一八年度") == 2018
    assert parse_year("2018年和2019年") is None
    assert parse_month("2019年3月") == (2019, 3)
    assert parse_month("2019-13") is None


@pytest.mark.parametrize(
    ("text", "rate"), [("13%", "0.13"), ("１３％", "0.13"), ("4.35‰", "0.00435"), ("0.13", "0.13"), ("免税", "0"), ("13", None), ("178", None), ("300%", None)]
)
def test_rates(text: str, rate: str | None) -> None:
    assert parse_rate(text) == (None if rate is None else Decimal(rate))


def test_numbers_keep_their_decimals() -> None:
    assert parse_number("11247.863248") == Decimal("11247.863248")
    assert parse_number("1,234.5") == Decimal("1234.5")
    assert parse_number("1.234.5") is None


def test_names() -> None:
    assert clean_name(" 佳作天成 (北京)科技有限公司：") == "佳作天成（北京）科技有限公司"
    assert same_name("深圳市Ａ公司(集团)", "深圳市A公司（集团）")
    assert len(narrow("㎡１２")) == 3


@pytest.mark.parametrize(
    ("text", "paired"),
    [
        ("深宝安技备〔2018]0395号", "深宝安技备〔2018〕0395号"), ("深税证[2020〕123号", "深税证〔2020〕123号"), ("深正审字[2019)第0102号", "深正审字[2019]第0102号"),
        ("深正审字[2019]第0102号", "深正审字[2019]第0102号"), ("深发改〔2018〕12号", "深发改〔2018〕12号"), ("A[12)B", "A[12)B"),
    ],
)  # fmt: skip
def test_brackets_around_a_year_make_a_pair(text: str, paired: str) -> None:
    assert paired_year(text) == paired
