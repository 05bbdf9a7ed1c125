"""Five years of books that close: balance sheets that balance, profits that roll into equity, assets that roll forward."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.money import cents

Item = tuple[str, Decimal]


@dataclass(frozen=True)
class Roll:
    """A movement: opening + more − less = closing."""

    opening: Decimal
    more: Decimal
    less: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.more - self.less


@dataclass(frozen=True)
class Books:
    """One year. ``assets`` … hold the lines of the balance sheet in order, sums included by the drawing."""

    year: int
    current_assets: tuple[Item, ...]
    long_assets: tuple[Item, ...]
    current_liabilities: tuple[Item, ...]
    long_liabilities: tuple[Item, ...]
    owners: tuple[Item, ...]
    revenue: Decimal
    cost: Decimal
    surcharges: Decimal
    selling: Decimal
    administration: Decimal
    research: Decimal
    finance: Decimal
    other_income: Decimal
    outside_income: Decimal
    outside_cost: Decimal
    income_tax: Decimal
    vat: Decimal
    local_taxes: tuple[Item, ...]
    income_tax_paid: Decimal
    original_value: Roll
    depreciation: Roll
    construction: Roll

    @staticmethod
    def _sum(items: tuple[Item, ...]) -> Decimal:
        return sum((amount for _, amount in items), Decimal(0))

    @property
    def total_assets(self) -> Decimal:
        return self._sum(self.current_assets) + self._sum(self.long_assets)

    @property
    def total_liabilities(self) -> Decimal:
        return self._sum(self.current_liabilities) + self._sum(self.long_liabilities)

    @property
    def equity(self) -> Decimal:
        return self._sum(self.owners)

    @property
    def operating_profit(self) -> Decimal:
        out = self.cost + self.surcharges + self.selling + self.administration + self.research + self.finance
        return self.revenue - out + self.other_income

    @property
    def total_profit(self) -> Decimal:
        return self.operating_profit + self.outside_income - self.outside_cost

    @property
    def net_profit(self) -> Decimal:
        return self.total_profit - self.income_tax

    @property
    def taxes_paid(self) -> Decimal:
        return self.vat + self.income_tax_paid + self._sum(self.local_taxes)

    def balance_rows(self) -> list[tuple[str, Decimal | None]]:
        """The balance sheet from top to bottom; headings have no amount."""
        rows: list[tuple[str, Decimal | None]] = [("流动资产：", None), *self.current_assets, ("流动资产合计", self._sum(self.current_assets))]
        rows += [("非流动资产：", None), *self.long_assets, ("非流动资产合计", self._sum(self.long_assets)), ("资产总计", self.total_assets)]
        rows += [("流动负债：", None), *self.current_liabilities, ("流动负债合计", self._sum(self.current_liabilities))]
        rows += [("非流动负债：", None), *self.long_liabilities, ("非流动负债合计", self._sum(self.long_liabilities)), ("负债合计", self.total_liabilities)]
        rows += [("所有者权益：", None), *self.owners, ("所有者权益合计", self.equity), ("负债和所有者权益总计", self.total_liabilities + self.equity)]
        return rows

    def income_rows(self) -> list[tuple[str, Decimal | None]]:
        return [
            ("一、营业收入", self.revenue), ("减：营业成本", self.cost), ("税金及附加", self.surcharges), ("销售费用", self.selling),
            ("管理费用", self.administration), ("研发费用", self.research), ("财务费用", self.finance), ("加：其他收益", self.other_income),
            ("二、营业利润", self.operating_profit), ("加：营业外收入", self.outside_income), ("减：营业外支出", self.outside_cost),
            ("三、利润总额", self.total_profit), ("减：所得税费用", self.income_tax), ("四、净利润", self.net_profit),
        ]  # fmt: skip

    @property
    def cash(self) -> Decimal:
        return self.current_assets[0][1]


@dataclass(frozen=True)
class TaxPaper:
    """One tax certificate of one office for one year."""

    key: str
    year: int
    issuer: str
    seal: str
    number: str
    issued_on: date
    taxes: tuple[Item, ...]

    @property
    def total(self) -> Decimal:
        return sum((amount for _, amount in self.taxes), Decimal(0))


def _about(rng: random.Random, value: Decimal, spread: float = 0.04) -> Decimal:
    """``value`` give or take ``spread``, with odd cents."""
    return cents(value * Decimal(str(round(1 + rng.uniform(-spread, spread), 6))) + Decimal(rng.randint(1, 99)) / 100)


def make_books(rng: random.Random, fixed_claim: Decimal, capital: Decimal) -> dict[int, Books]:
    """Books for 2015 and 2016 (prior columns only) to 2019. In 2019 fixed assets grow by clearly more than ``fixed_claim``."""
    reserve, retained = _about(rng, Decimal(3_100_000)), _about(rng, Decimal(20_500_000))
    gross_assets, worn, building = _about(rng, Decimal(56_800_000)), _about(rng, Decimal(17_300_000)), _about(rng, Decimal(800_000))
    revenue = _about(rng, Decimal(163_000_000))
    books: dict[int, Books] = {}
    for year in (2015, 2016, 2017, 2018, 2019):
        bought = {2015: Decimal(4_600_000), 2016: Decimal(5_000_000), 2017: Decimal(6_200_000), 2018: Decimal(7_900_000), 2019: fixed_claim + Decimal(9_400_000)}[year]
        original = Roll(gross_assets, _about(rng, bought, 0.02), _about(rng, Decimal(420_000)))
        depreciation = Roll(worn, _about(rng, original.opening * Decimal("0.075")), _about(rng, Decimal(350_000)))
        construction = Roll(building, _about(rng, Decimal(1_600_000)), _about(rng, Decimal(1_050_000)))
        revenue = cents(revenue * Decimal("1.14")) if year > 2015 else revenue
        revenue = _about(rng, revenue, 0.01)
        costs = [_about(rng, revenue * Decimal(share), 0.02) for share in ("0.762", "0.0055", "0.034", "0.046", "0.055", "0.0062")]
        other, outside_in, outside_out = _about(rng, Decimal(1_450_000)), _about(rng, Decimal(260_000)), _about(rng, Decimal(95_000))
        profit = revenue - sum(costs, Decimal(0)) + other + outside_in - outside_out
        income_tax = cents(profit * Decimal("0.118"))
        net = profit - income_tax
        set_aside = cents(net * Decimal("0.1"))
        reserve, retained = reserve + set_aside, retained + net - set_aside
        owners = (("实收资本", capital), ("盈余公积", reserve), ("未分配利润", retained))
        vat = _about(rng, revenue * Decimal("0.026"))
        local = (
            ("城市维护建设税", cents(vat * Decimal("0.07"))), ("教育费附加", cents(vat * Decimal("0.03"))),
            ("地方教育附加", cents(vat * Decimal("0.02"))), ("印花税", _about(rng, revenue * Decimal("0.0004"))),
        )  # fmt: skip
        long_assets = (
            ("固定资产", original.closing - depreciation.closing), ("在建工程", construction.closing),
            ("无形资产", _about(rng, Decimal(4_200_000))), ("长期待摊费用", _about(rng, Decimal(2_300_000))),
            ("递延所得税资产", _about(rng, Decimal(610_000))),
        )  # fmt: skip
        noncash = (
            ("应收票据", _about(rng, revenue * Decimal("0.035"))), ("应收账款", _about(rng, revenue * Decimal("0.19"))),
            ("预付款项", _about(rng, revenue * Decimal("0.011"))), ("其他应收款", _about(rng, revenue * Decimal("0.006"))),
            ("存货", _about(rng, revenue * Decimal("0.14"))),
        )  # fmt: skip
        payables = (
            ("应付票据", _about(rng, revenue * Decimal("0.05"))), ("应付账款", _about(rng, revenue * Decimal("0.21"))),
            ("预收款项", _about(rng, revenue * Decimal("0.012"))), ("应付职工薪酬", _about(rng, revenue * Decimal("0.016"))),
            ("应交税费", _about(rng, revenue * Decimal("0.008"))), ("其他应付款", _about(rng, revenue * Decimal("0.007"))),
        )  # fmt: skip
        loan = (("长期借款", Decimal({2015: 6, 2016: 6, 2017: 5, 2018: 8, 2019: 15}[year]) * 1_000_000),)
        total = sum((a for _, a in (*payables, *loan, *owners)), Decimal(0))
        cash = total - sum((a for _, a in (*long_assets, *noncash)), Decimal(0))
        books[year] = Books(
            year, (("货币资金", cash), *noncash), long_assets, (("短期借款", Decimal(0)), *payables), loan, owners,
            revenue, costs[0], costs[1], costs[2], costs[3], costs[4], costs[5], other, outside_in, outside_out, income_tax,
            vat, local, _about(rng, income_tax * Decimal("0.97"), 0.02), original, depreciation, construction,
        )  # fmt: skip
        gross_assets, worn, building = original.closing, depreciation.closing, construction.closing
    return books


def make_tax_papers(rng: random.Random, books: dict[int, Books]) -> tuple[TaxPaper, ...]:
    """2017 by the state and the local office apart (they merged in mid-2018), 2018 and 2019 by the one bureau."""
    b17, b18, b19 = books[2017], books[2018], books[2019]
    state, local, bureau = "深圳市宝安区国家税务局", "深圳市宝安区地方税务局", "国家税务总局深圳市宝安区税务局"
    number = rng.randint(12000, 60000)

    def national(b: Books) -> tuple[Item, ...]:
        return (("增值税", b.vat), ("企业所得税", b.income_tax_paid))

    return (
        TaxPaper("2017-state", 2017, state, state, f"深国税宝纳证〔2018〕{number}号", date(2018, 3, 13), national(b17)),
        TaxPaper("2017-local", 2017, local, local, f"深地税宝纳证〔2018〕{number + 417}号", date(2018, 3, 15), b17.local_taxes),
        TaxPaper("2018", 2018, bureau, bureau, f"深税宝纳证〔2019〕{number + 3021}号", date(2019, 6, 12), (*national(b18), *b18.local_taxes)),
        TaxPaper("2019", 2019, bureau, bureau, f"深税宝纳证〔2020〕{number + 5550}号", date(2020, 6, 9), (*national(b19), *b19.local_taxes)),
    )
