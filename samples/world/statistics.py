"""What the applicant reported to the statisticians: B203 and B103 (千元), B204-1 (千元), 206 (万元), and the figures of its application."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from samples.accounts import Books
from samples.money import cents
from samples.world.model import YEARS, ZERO, Indicator, Project, Row, StatValue

TEN_THOUSAND = Decimal(10_000)
SURVEY_MINIMUM = Decimal(5_000_000)
"""Projects planned below this are not in the investment survey (R-428)."""


@dataclass(frozen=True)
class Operations:
    """Facts outside the books, by year."""

    staff: Mapping[int, int]
    output: Mapping[int, Decimal]
    """工业总产值, yuan."""


def make_operations(rng: random.Random, books: Mapping[int, Books]) -> Operations:
    head = Decimal(rng.randint(480, 820)) * 1000
    base = int(books[2017].revenue / head)
    falls = sorted((rng.uniform(0.86, 1.0) for _ in range(2)), reverse=True)
    staff = {2017: base, 2018: int(base * falls[0]), 2019: int(base * falls[1])}
    return Operations(staff, {year: cents(books[year].revenue * Decimal(rng.randint(955, 1025)) / 1000) for year in YEARS})


def whole(value: Decimal, unit: int | Decimal) -> Decimal:
    """Yuan in ``unit``, as whole numbers as the forms ask."""
    return (value / unit).quantize(Decimal(1), ROUND_HALF_UP)


def finance_values(rng: random.Random, books: Mapping[int, Books], operations: Operations) -> list[StatValue]:
    values: list[StatValue] = []
    for year in YEARS:
        own = books[year]
        period = f"{year}年1-12月"
        due = cents(own.vat * Decimal(rng.randint(94, 106)) / 100)
        for indicator, code, amount in (
            ("资产总计", "213", own.total_assets), ("负债合计", "217", own.total_liabilities), ("营业收入", "301", own.revenue),
            ("营业成本", "307", own.cost), ("税金及附加", "309", own.surcharges), ("销售费用", "312", own.selling), ("管理费用", "313", own.administration),
            ("研发费用", "331", own.research), ("财务费用", "317", own.finance), ("营业利润", "323", own.operating_profit),
            ("营业外收入", "325", own.outside_income), ("营业外支出", "326", own.outside_cost), ("利润总额", "327", own.total_profit),
            ("所得税费用", "328", own.income_tax), ("应交增值税", "402", due),
        ):  # fmt: skip
            values.append(StatValue("B203", period, indicator, code, whole(amount, 1000), "千元"))
        values.append(StatValue("B203", period, "平均用工人数", "403", Decimal(operations.staff[year]), "人"))
        for indicator, code, amount in (
            ("固定资产原价", "209", own.original_value.closing), ("累计折旧", "210", own.depreciation.closing), ("本年折旧", "211", own.depreciation.more),
            ("资产总计", "213", own.total_assets), ("负债合计", "217", own.total_liabilities), ("所有者权益合计", "218", own.equity),
            ("实收资本", "219", own.line("实收资本")), ("营业收入", "301", own.revenue), ("利润总额", "327", own.total_profit),
        ):  # fmt: skip
            values.append(StatValue("B103", f"{year}年", indicator, code, whole(amount, 1000), "千元"))
        output = operations.output[year]
        for indicator, code, amount in (("工业总产值（当年价格）", "01", output), ("工业销售产值", "06", output * Decimal("0.985")), ("出口交货值", "07", output * Decimal("0.21"))):
            values.append(StatValue("B204-1", period, indicator, code, whole(amount, 1000), "千元"))
    return values


def kind_of_investment(row: Row) -> str:
    """投资构成 of a row, in the four classes of the statistics."""
    if row.composition:
        return row.composition
    if row.item_class == "工程":
        return "安装工程" if "安装" in row.name else "建筑工程"
    return "其他费用" if row.item_class == "配套" else "设备工器具购置"


def investment_values(project: Project, rows: Iterable[Row], years: Iterable[int]) -> list[StatValue]:
    """206: the project's fixed assets by year of voucher, net of deductible tax; nothing below the survey's minimum.

    2020 runs to the end of May. Each year's sum is the sum of its four rounded parts; the cumulated one is the sum of the years."""
    if project.total_investment < SURVEY_MINIMUM:
        return []
    fixed = [r for r in rows if r.fixed]
    values: list[StatValue] = []
    done = ZERO
    for year in years:
        parts = dict.fromkeys(("建筑工程", "安装工程", "设备工器具购置", "其他费用"), ZERO)
        for row in fixed:
            if row.invoice_date.year == year and row.invoice_date <= date(2020, 5, 31):
                parts[kind_of_investment(row)] += row.declared
        rounded = {k: whole(v, TEN_THOUSAND) for k, v in parts.items()}
        this = sum(rounded.values(), ZERO)
        done += this
        for indicator, code, value in (
            ("计划总投资", "101", whole(project.total_investment, TEN_THOUSAND)), ("自开始建设累计完成投资", "102", done), ("本年完成投资", "103", this),
            ("建筑工程", "104", rounded["建筑工程"]), ("安装工程", "105", rounded["安装工程"]), ("设备工器具购置", "106", rounded["设备工器具购置"]),
            ("其中：购置旧设备", "107", ZERO), ("其他费用", "108", rounded["其他费用"]), ("本年新增固定资产", "109", this),
        ):  # fmt: skip
            values.append(StatValue("206", "2020年1-5月" if year == 2020 else f"{year}年1-12月", indicator, code, value, "万元"))
    return values


def indicators(books: Mapping[int, Books], operations: Operations) -> tuple[Indicator, ...]:
    """The table of the application form: 万元 with two decimals, and people."""
    out: list[Indicator] = []
    for year in YEARS:
        own = books[year]
        for name, amount in (
            ("营业收入", own.revenue), ("利润总额", own.total_profit), ("纳税总额", own.taxes_paid), ("资产总计", own.total_assets),
            ("负债合计", own.total_liabilities), ("所有者权益合计", own.equity), ("研发费用", own.research), ("工业总产值", operations.output[year]),
        ):  # fmt: skip
            out.append(Indicator(name, year, (amount / TEN_THOUSAND).quantize(Decimal("0.01"), ROUND_HALF_UP), "万元"))
        out.append(Indicator("职工人数", year, Decimal(operations.staff[year]), "人"))
    return tuple(out)
