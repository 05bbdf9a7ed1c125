"""Loans and leases of category 4: contracts, schedules, interest slips, and the rows of 表4 (rule-book F.6, F.7)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import cache

from samples import ids
from samples.catalogue import GIVEN_NAMES, GOODS, LENDERS, LESSORS, SURNAMES, Good, Industry
from samples.money import CENT, cents
from samples.world.company import district_of, seller_party, sellers_of
from samples.world.days import months_later, vat_rate, workday
from samples.world.model import ZERO, Company, Instalment, InterestReceipt, InterestRow, Lease, LeasedGood, Loan, Party
from samples.world.project import Schedule

LAST_DAY = date(2019, 12, 31)
"""Interest counts until here (rule-book I-17)."""
LEASE_RATE = Decimal("0.05")
_BASIS = 360
_LOAN_SHARE = (42, 62)
"""Per cent of the fixed investment that is borrowed: below the 70 % of the guide."""
_MOST_BORROWED = Decimal(30_000_000)
_HUNDRED_THOUSAND = Decimal(100_000)


def benchmark(months: int) -> Decimal:
    """The central bank's rate by the contract's term, in force 2017–2019 (rule-book F.1)."""
    return Decimal("0.0435") if months <= 12 else Decimal("0.0475") if months <= 60 else Decimal("0.0490")


def interest(principal: Decimal, rate: Decimal, days: int) -> Decimal:
    """On a year of 360 days; the first day counts, the last does not."""
    return cents(principal * rate * days / _BASIS)


def subsidy(principal: Decimal, rate: Decimal, ceiling: Decimal, days: int, paid: Decimal) -> Decimal:
    """What may be asked for: interest at the lower of both rates, rounded down, never more than was paid."""
    return min(paid, (principal * min(rate, ceiling) * days / _BASIS).quantize(CENT, ROUND_DOWN))


@cache
def _lender(name: str, area: str) -> Party:
    rng = random.Random(f"lender:{name}")
    address = f"深圳市{area}{rng.choice(('创业二路', '深南大道', '龙岗大道', '金田路'))}{rng.randint(10, 4000)}号一层"
    return Party(
        name, ids.random_uscc(rng, "440300"), address, f"0755-8{rng.randint(1000000, 9999999)}", name, ids.digits(rng, 18),
        legal_representative=rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES),
    )  # fmt: skip


@cache
def _lessor(index: int) -> tuple[Party, str]:
    name, area, address, licence = LESSORS[index]
    rng = random.Random(f"lessor:{name}")
    party = Party(
        name, ids.random_uscc(rng, area), address, f"0755-2{rng.randint(1000000, 9999999)}", "招商银行深圳前海支行", "7559" + ids.digits(rng, 11),
        invoice_area="4403" if area == "440300" else "1200", supervision="深圳市" if area == "440300" else "天津市",
        legal_representative=rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES),
    )  # fmt: skip
    return party, licence.format(n=rng.randint(103, 987))


def _quarter_days(start: date, end: date) -> list[date]:
    """The 21st of March, June, September and December after ``start``, then ``end``: when banks take interest."""
    days: list[date] = []
    day = date(start.year, (start.month - 1) // 3 * 3 + 3, 21)
    while day < end:
        if (day - start).days > 2:
            days.append(day)
        day = months_later(day, 3)
    return [*days, end]


def make_loans(rng: random.Random, company: Company, schedule: Schedule, project_name: str, fixed: Decimal) -> tuple[Loan, ...]:
    """One to three loans for the project, all drawn in 2017 or 2018; together below 70 % of the fixed investment."""
    total = min(_MOST_BORROWED, fixed * Decimal(rng.randint(*_LOAN_SHARE)) / 100)
    count = rng.choices((1, 2, 3), (5, 3, 2))[0]
    lenders = rng.sample(LENDERS, count)
    district = district_of(company).name.removesuffix("区")
    loans: list[Loan] = []
    left = total
    for i, (name, area) in enumerate(lenders, start=1):
        share = left if i == count else left * Decimal(rng.randint(35, 60)) / 100
        principal = max(_HUNDRED_THOUSAND, share // _HUNDRED_THOUSAND * _HUNDRED_THOUSAND)
        left -= principal
        lender = _lender(name.format(d=district), area.format(d=district))
        loans.append(_loan(rng, f"L{i}", company, schedule, project_name, lender, principal))
    return tuple(loans)


def _loan(rng: random.Random, key: str, company: Company, schedule: Schedule, project_name: str, lender: Party, principal: Decimal) -> Loan:
    signed = workday(schedule.starts + timedelta(days=rng.randint(25, 240)))
    drawn = workday(signed + timedelta(days=rng.randint(2, 12)))
    months = rng.choice((36, 36, 48, 60))
    end = months_later(drawn, months)
    base = benchmark(months)
    rate = (base * Decimal(rng.choice((100, 105, 110, 115, 95))) / 100).quantize(Decimal("0.000001")).normalize()
    number = rng.choice(("{y}年（{s}）字第{n:05d}号", "0400000{n:03d}-{y}年（{s}）字{n:05d}号", "GDZC-{s}-{y}-{n:04d}")).format(
        y=signed.year, s=lender.name[:2], n=rng.randint(101, 989)
    )  # fmt: skip
    step = rng.random() < 0.5
    days = _quarter_days(drawn, end)
    later = list(days[4:-1:2]) if step else []
    part = (principal / (len(later) + 1) // 1000) * 1000 if later else ZERO
    plan: list[Instalment] = []
    receipts: list[InterestReceipt] = []
    owed, since = principal, drawn
    for n, day in enumerate(days, start=1):
        span = (day - since).days
        cost = interest(owed, rate, span)
        back = owed if day == end else part if day in later else ZERO
        if day <= LAST_DAY:
            receipts.append(
                InterestReceipt(
                    f"{day:%Y%m%d}{rng.randint(10_000_000, 99_999_999)}", number, company.party, lender.name, since, day, span, owed, rate, cost, day,
                )
            )  # fmt: skip
        owed -= back
        plan.append(Instalment(n, day, back + cost, back, cost, owed))
        since = day
    return Loan(
        key=key, contract_number=number, borrower=company.party, lender=lender, lender_address=lender.address, principal=principal, annual_rate=rate,
        benchmark_rate=base, signed_on=signed, drawn_on=drawn, start=drawn, end=end,
        purpose=rng.choice((f"用于“{project_name}”设备购置及车间改造", f"用于{project_name}固定资产投资", f"购置{project_name}所需生产设备")),
        use_clause=rng.choice((
            "借款人应按本合同约定的用途使用借款，不得将借款投入股票、期货等有价证券或股本权益性投资。",
            "未经贷款人书面同意，借款人不得改变本合同项下借款的用途。",
            "借款资金采用贷款人受托支付方式支付给设备供应商，借款人不得挪作他用。",
        )),
        repayment="按季结息，每季末月21日付息；" + ("自提款满一年后每半年归还部分本金，余额到期还清" if later else "到期一次归还本金"),
        schedule=tuple(plan), receipts=tuple(receipts),
    )  # fmt: skip


@dataclass(frozen=True)
class Leased:
    """What is to be leased, known before anything is bought, so that nothing of it is bought as well (rule-book R-044)."""

    goods: tuple[Good, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(g.name for g in self.goods)


def choose_leased(rng: random.Random, industry: Industry) -> Leased:
    pool = [g for g in GOODS if g.group in (*industry.groups, "robot") and g.tier == "goods" and 350_000 <= g.price <= 2_800_000]
    return Leased(tuple(rng.sample(pool, min(max(1, len(pool) - 3), rng.randint(2, 4)))))


def make_leases(rng: random.Random, company: Company, schedule: Schedule, leased: Leased) -> tuple[Lease, ...]:
    """Direct leases (直租) of the chosen goods, begun within 2017–2019; one or two contracts."""
    parts = [leased.goods] if len(leased.goods) < 3 or rng.random() < 0.5 else [leased.goods[:2], leased.goods[2:]]
    return tuple(_lease(rng, f"Z{i}", company, schedule, goods) for i, goods in enumerate(parts, start=1))


def _lease(rng: random.Random, key: str, company: Company, schedule: Schedule, goods: tuple[Good, ...]) -> Lease:
    lessor, licence = _lessor(rng.randrange(len(LESSORS)))
    signed = workday(schedule.starts + timedelta(days=rng.randint(20, 500)))
    start = workday(signed + timedelta(days=rng.randint(5, 40)))
    months = rng.choice((24, 36, 36, 48))
    rate = Decimal(rng.choice((465, 520, 550, 580, 620, 665))) / 10000
    things: list[LeasedGood] = []
    for good in goods:
        quantity = max(1, round(rng.randint(2_400, 5_200) * 1000 / good.price))
        price = (Decimal(good.price) * (1 + vat_rate("goods", signed)) * Decimal(rng.randint(960, 1050)) / 1000 / 1000).quantize(Decimal(1)) * 1000
        things.append(LeasedGood(good.name, good.spec, f"SN{signed:%y%m}{rng.randint(1000, 9999)}", quantity, price, seller_party(rng.choice(sellers_of(good.group))).name))
    cost = sum((t.price * t.quantity for t in things), ZERO)
    down = cost * Decimal(rng.choice((0, 10, 20))) / 100
    financed = cost - down
    periods = months // 3
    owed, since = financed, start
    level = rng.random() < 0.5
    part = (financed / periods).quantize(CENT, ROUND_DOWN)
    quarter = rate / 4
    rent = cents(financed * quarter / (1 - (1 + quarter) ** -periods))
    number = rng.choice(("{i}ZL-{y}-{n:04d}", "融租字（{y}）第{n:04d}号")).format(i=lessor.name[:2], y=signed.year, n=rng.randint(12, 980))
    plan: list[Instalment] = []
    receipts: list[InterestReceipt] = []
    for n in range(1, periods + 1):
        day = months_later(start, 3 * n)
        span = (day - since).days
        charge = interest(owed, rate, span)
        back = owed if n == periods else part if level else min(owed, rent - charge)
        if day <= LAST_DAY:
            receipts.append(InterestReceipt(f"ZJ{day:%Y%m%d}{rng.randint(100_000, 999_999)}", number, company.party, lessor.name, since, day, span, owed, rate, charge, day))
        owed -= back
        plan.append(Instalment(n, day, back + charge, back, charge, owed))
        since = day
    return Lease(
        key=key, contract_number=number, lessee=company.party, lessor=lessor, lessor_licence=licence, financed=financed, down_payment=down,
        deposit=cents(financed * Decimal(rng.choice((0, 3, 5))) / 100), fee=cents(financed * Decimal(rng.choice((0, 50, 100, 150))) / 10000), annual_rate=rate,
        signed_on=signed, start=start, end=plan[-1].due_on, direct=True, goods=tuple(things), nominal_price=Decimal(rng.choice((1, 100, 1000))),
        schedule=tuple(plan), receipts=tuple(receipts),
    )  # fmt: skip


def interest_rows(loans: tuple[Loan, ...], leases: tuple[Lease, ...]) -> tuple[InterestRow, ...]:
    """表4: one row for each interest slip. A lease's fee stands in its first row."""
    rows: list[InterestRow] = []
    for loan in loans:
        for slip in loan.receipts:
            rows.append(
                InterestRow(
                    len(rows) + 1, "贷款", loan.lender.name, loan.contract_number, loan.principal, ZERO, loan.start, loan.end, loan.drawn_on,
                    slip.period_start, slip.period_end, slip.days, slip.principal, slip.annual_rate, loan.benchmark_rate, slip.amount, slip.number,
                    slip.paid_on, ZERO, subsidy(slip.principal, slip.annual_rate, loan.benchmark_rate, slip.days, slip.amount),
                )
            )  # fmt: skip
    for lease in leases:
        for i, slip in enumerate(lease.receipts):
            rows.append(
                InterestRow(
                    len(rows) + 1, "融资租赁", lease.lessor.name, lease.contract_number, lease.financed, lease.deposit, lease.start, lease.end, lease.start,
                    slip.period_start, slip.period_end, slip.days, slip.principal, slip.annual_rate, LEASE_RATE, slip.amount, slip.number, slip.paid_on,
                    lease.fee if i == 0 else ZERO, subsidy(slip.principal, slip.annual_rate, LEASE_RATE, slip.days, slip.amount),
                )
            )  # fmt: skip
    return tuple(rows)


def owed_at(schedule: tuple[Instalment, ...], principal: Decimal, drawn: date, day: date) -> Decimal:
    """Principal outstanding at the end of ``day``."""
    if day < drawn:
        return ZERO
    return principal - sum((i.principal for i in schedule if i.due_on <= day), ZERO)
