"""Books that close: balance sheets that balance, profits that roll into equity, assets that roll forward.

Lines are tuples of (name, yuan) in the order of the printed statements. The cash of a year is what balances it; a short-term loan
keeps it well above zero.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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

    def line(self, name: str) -> Decimal:
        """A line of the balance sheet; zero where it does not occur."""
        lines = (*self.current_assets, *self.long_assets, *self.current_liabilities, *self.long_liabilities, *self.owners)
        return next((amount for n, amount in lines if n == name), Decimal(0))

    @property
    def transferred(self) -> Decimal:
        """在建工程转入固定资产 of the year."""
        return self.construction.less

    @property
    def bought(self) -> Decimal:
        """购置: what fixed assets grew by besides finished construction."""
        return self.original_value.more - self.construction.less

    @property
    def cash(self) -> Decimal:
        return self.current_assets[0][1]


@dataclass(frozen=True)
class Drivers:
    """What the project does to the books, by year, in yuan. ``bought`` and ``built`` are declared fixed assets (machines and software;
    works, which go through 在建工程); loans and leases are what is owed at the year's end; ``raised`` is new share capital with premium."""

    bought: Mapping[int, Decimal] = field(default_factory=dict)
    built: Mapping[int, Decimal] = field(default_factory=dict)
    loans: Mapping[int, Decimal] = field(default_factory=dict)
    leases: Mapping[int, Decimal] = field(default_factory=dict)
    raised: Mapping[int, tuple[Decimal, Decimal]] = field(default_factory=dict)
    invested: Decimal = Decimal(0)
    """长期股权投资 in a subsidiary, all years."""


FIRST_YEAR = 2016
LAST_YEAR = 2019
_MILLION = Decimal(1_000_000)


def _about(rng: random.Random, value: Decimal, spread: float = 0.04) -> Decimal:
    """``value`` give or take ``spread``, with odd cents."""
    return cents(value * Decimal(str(round(1 + rng.uniform(-spread, spread), 6))) + Decimal(rng.randint(1, 99)) / 100)


def _of(by_year: Mapping[int, Decimal], year: int) -> Decimal:
    return by_year.get(year, Decimal(0))


def make_books(rng: random.Random, capital: Decimal, size: Decimal, drivers: Drivers) -> dict[int, Books]:
    """Books of 2016 (a prior column only) to 2019. ``size`` is the revenue of 2016 in yuan, about. In each year fixed assets and
    construction together grow by clearly more than what the project declares."""
    unit = size / 163
    reserve, retained = _about(rng, unit * 3), _about(rng, unit * 20)
    gross, worn, building = _about(rng, unit * 57), _about(rng, unit * 17), _about(rng, unit)
    premium = Decimal(0)
    growth = Decimal(rng.randint(106, 117)) / 100
    cost_share = Decimal(rng.randint(735, 775)) / 1000
    revenue = size / growth
    books: dict[int, Books] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        revenue = _about(rng, revenue * growth, 0.02)
        worn_off = _about(rng, gross * Decimal("0.075"))
        sold = _about(rng, unit * Decimal("0.42"))
        done = _about(rng, building * Decimal("0.6") + _of(drivers.built, year) * Decimal("0.5"), 0.02)
        building_roll = Roll(building, _about(rng, unit * Decimal("0.8"), 0.02) + cents(_of(drivers.built, year) * Decimal("1.03")) + done / 2, done)
        building_roll = Roll(building, cents(building_roll.more), done)
        bought = cents(_of(drivers.bought, year) * Decimal("1.03")) + worn_off + sold + _about(rng, unit * Decimal("2.2"), 0.1)
        original = Roll(gross, bought + done, sold)
        depreciation = Roll(worn, worn_off, _about(rng, sold * Decimal("0.8")))
        costs = [_about(rng, revenue * share, 0.012) for share in (cost_share, Decimal("0.0055"), Decimal("0.034"), Decimal("0.046"), Decimal("0.052"), Decimal("0.0062"))]
        other, outside_in, outside_out = _about(rng, unit * Decimal("1.45")), _about(rng, unit * Decimal("0.26")), _about(rng, unit * Decimal("0.1"))
        profit = revenue - sum(costs, Decimal(0)) + other + outside_in - outside_out
        income_tax = cents(profit * Decimal("0.118"))
        net = profit - income_tax
        set_aside = cents(net * Decimal("0.1"))
        reserve, retained = reserve + set_aside, retained + net - set_aside
        shares, more_premium = drivers.raised.get(year, (Decimal(0), Decimal(0)))
        capital, premium = capital + shares, premium + more_premium
        owners: tuple[Item, ...] = (("实收资本", capital), ("资本公积", premium), ("盈余公积", reserve), ("未分配利润", retained))
        owners = tuple(o for o in owners if o[0] != "资本公积" or drivers.raised)
        vat = _about(rng, revenue * Decimal("0.026"))
        local = (
            ("城市维护建设税", cents(vat * Decimal("0.07"))), ("教育费附加", cents(vat * Decimal("0.03"))),
            ("地方教育附加", cents(vat * Decimal("0.02"))), ("印花税", _about(rng, revenue * Decimal("0.0004"))),
        )  # fmt: skip
        long_assets: tuple[Item, ...] = (
            ("长期股权投资", drivers.invested), ("固定资产", original.closing - depreciation.closing), ("在建工程", building_roll.closing),
            ("无形资产", _about(rng, unit * Decimal("4.2"))), ("长期待摊费用", _about(rng, unit * Decimal("2.3"))),
            ("递延所得税资产", _about(rng, unit * Decimal("0.6"))),
        )  # fmt: skip
        long_assets = tuple(x for x in long_assets if x[0] != "长期股权投资" or x[1])
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
        long_debt: tuple[Item, ...] = (
            ("长期借款", _of(drivers.loans, year) + (unit * (8 + year - FIRST_YEAR)).quantize(Decimal("1e5"))), ("长期应付款", _of(drivers.leases, year)),
        )  # fmt: skip
        long_debt = tuple((n, cents(a)) for n, a in long_debt if n != "长期应付款" or drivers.leases)
        owed = sum((a for _, a in (*payables, *long_debt, *owners)), Decimal(0))
        cash = owed - sum((a for _, a in (*long_assets, *noncash)), Decimal(0))
        needed = cents(revenue * Decimal("0.07"))
        short_loan = Decimal(0) if cash >= needed else -(-(needed - cash) // _MILLION) * _MILLION
        books[year] = Books(
            year, (("货币资金", cash + short_loan), *noncash), long_assets, (("短期借款", cents(short_loan)), *payables), long_debt, owners,
            revenue, costs[0], costs[1], costs[2], costs[3], costs[4], costs[5], other, outside_in, outside_out, income_tax,
            vat, local, _about(rng, income_tax * Decimal("0.97"), 0.02), original, depreciation, building_roll,
        )  # fmt: skip
        gross, worn, building = original.closing, depreciation.closing, building_roll.closing
    return books


def _joined(left: tuple[Item, ...], right: tuple[Item, ...], without: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    """Lines of two statements added by name, in the order of the left."""
    more = dict(right)
    rest = [(n, a) for n, a in right if n not in dict(left) and n not in without]
    return tuple((n, a + (more.get(n, Decimal(0)) if n not in without else Decimal(0))) for n, a in left) + tuple(rest)


def _rolled(left: Roll, right: Roll) -> Roll:
    return Roll(left.opening + right.opening, left.more + right.more, left.less + right.less)


def consolidate(parent: Books, subsidiary: Books) -> Books:
    """合并: both added up, the parent's 长期股权投资 set off against the subsidiary's capital, which has to be the same sum."""
    if parent.line("长期股权投资") != subsidiary.line("实收资本"):
        raise ValueError("长期股权投资与子公司实收资本不一致，无法合并：请先使两者相等。")
    amounts = ("revenue", "cost", "surcharges", "selling", "administration", "research", "finance", "other_income", "outside_income", "outside_cost",
               "income_tax", "vat", "income_tax_paid")  # fmt: skip
    long_assets = tuple(x for x in _joined(parent.long_assets, subsidiary.long_assets) if x[0] != "长期股权投资")
    return replace(
        parent, current_assets=_joined(parent.current_assets, subsidiary.current_assets), long_assets=long_assets,
        current_liabilities=_joined(parent.current_liabilities, subsidiary.current_liabilities),
        long_liabilities=_joined(parent.long_liabilities, subsidiary.long_liabilities),
        owners=_joined(parent.owners, subsidiary.owners, frozenset({"实收资本"})), local_taxes=_joined(parent.local_taxes, subsidiary.local_taxes),
        original_value=_rolled(parent.original_value, subsidiary.original_value), depreciation=_rolled(parent.depreciation, subsidiary.depreciation),
        construction=_rolled(parent.construction, subsidiary.construction),
        **{name: getattr(parent, name) + getattr(subsidiary, name) for name in amounts},
    )  # fmt: skip


def make_group(rng: random.Random, books: Mapping[int, Books], invested: Decimal) -> dict[int, Books]:
    """Consolidated books of the applicant and one small subsidiary whose capital is ``invested``."""
    size = books[FIRST_YEAR].revenue * Decimal(rng.randint(12, 30)) / 100
    daughter = make_books(rng, invested, size, Drivers())
    return {year: consolidate(own, daughter[year]) for year, own in books.items()}


def reclassified(books: Books, amount: Decimal) -> Books:
    """Books restated by a 重分类: supplier balances in debit shown as prepayments; assets and liabilities grow alike, profit stays."""

    def more(items: tuple[Item, ...], name: str) -> tuple[Item, ...]:
        return tuple((n, a + amount if n == name else a) for n, a in items)

    return replace(books, current_assets=more(books.current_assets, "预付款项"), current_liabilities=more(books.current_liabilities, "应付账款"))
