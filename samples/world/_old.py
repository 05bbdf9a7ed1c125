"""One consistent made-up world: a company, its project, its books, its purchases. Everything else is drawn from it.

Money is yuan with cents. A clean world agrees with itself to the cent; defects are planted by replacing parts of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from samples import ids
from samples.accounts import Books, TaxPaper, make_books, make_tax_papers
from samples.catalogue import FIRMS, GIVEN_NAMES, GOODS, LINES_OF_BUSINESS, SELLERS, SURNAMES, TRADE_NAMES, Good, Tier, Voucher
from samples.money import cents

YEARS = (2017, 2018, 2019)
TEN_THOUSAND = Decimal(10000)


@dataclass(frozen=True)
class Party:
    """A company as it stands on invoices and contracts."""

    name: str
    uscc: str
    address: str
    phone: str
    bank: str
    account: str
    invoice_area: str = "4403"
    supervision: str = "深圳市"


@dataclass(frozen=True)
class Line:
    """One line of the declared list with its voucher; ``sequence`` is its 序号 and counts from 1."""

    sequence: int
    kind: str
    item_class: str
    name: str
    spec: str
    quantity: int
    unit: str
    unit_price: Decimal
    seller: Party
    contract_number: str
    contract_date: date
    contract_amount: Decimal
    voucher: Voucher
    code: str
    number: str
    issued_on: date
    rate: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    check_code: str
    machine_number: str
    payment_number: str
    paid_on: date
    paid: Decimal
    bookkeeping: str
    declared: Decimal
    fixed: bool
    asset_number: str
    smart: Decimal
    smart_note: str
    location: str
    remarks: str
    invoice_key: int
    """The line whose invoice this is; differs from ``sequence`` only where an invoice is listed twice."""


@dataclass(frozen=True)
class Project:
    name: str
    category_text: str
    industry_code: str
    industry_name: str
    location: str
    total_investment: Decimal
    starts: date
    ends: date
    filing_number: str
    project_code: str
    filed_on: date
    filing_valid_until: date
    product: str


@dataclass(frozen=True)
class Company:
    party: Party
    kind: str
    legal_representative: str
    registered_capital: Decimal
    established_on: date
    scope: str
    contact: str
    phone: str
    finance_head: str
    seal_number: str
    sister: Party
    """Another company of the same owner: what a wrong buyer looks like."""


@dataclass(frozen=True)
class Auditor:
    name: str
    address: str
    accountants: tuple[tuple[str, str], ...]
    """Two signing accountants with the numbers of their certificates."""
    reports: dict[int, tuple[str, date]]
    """year → report number and date"""


@dataclass(frozen=True)
class StatValue:
    """One statistics figure: ``value`` in ``unit`` as reported."""

    form: str
    period: str
    indicator: str
    code: str
    value: Decimal
    unit: str


@dataclass(frozen=True)
class World:
    seed: int
    categories: tuple[str, ...]
    company: Company
    project: Project
    auditor: Auditor
    books: dict[int, Books]
    tax_papers: tuple[TaxPaper, ...]
    lines: tuple[Line, ...]
    statistics: tuple[StatValue, ...]
    application_no: str
    applied_on: date
    headcount: dict[int, int]
    unsealed: frozenset[str] = frozenset()
    """Document kinds that went out without the company's seal."""
    torn_out: frozenset[tuple[str, int, int]] = frozenset()
    """(kind, year, printed page number) of pages taken out before the volume was numbered."""
    other_buyer: frozenset[int] = frozenset()
    """Lines whose invoice in the auditors' folder is made out to the sister company."""
    notes: tuple[str, ...] = field(default=())

    @property
    def declared_total(self) -> Decimal:
        return sum((line.declared for line in self.lines), Decimal(0))

    @property
    def smart_total(self) -> Decimal:
        return sum((line.smart for line in self.lines), Decimal(0))

    def tax_total(self, year: int) -> Decimal:
        """Taxes paid for ``year`` as the application states them, whether or not a certificate is enclosed."""
        return self.books[year].taxes_paid

    def rng(self, *key: object) -> random.Random:
        """A stream of chance of its own for each thing drawn, so that one defect does not shake everything else."""
        return random.Random(":".join(map(str, (self.seed, *key))))


def vat_rate(tier: Tier, on: date) -> Decimal:
    """The rate in force on the day (rule-book B.1.5) for 2018-05-01 and later."""
    if tier == "service":
        return Decimal("0.06")
    late = on >= date(2019, 4, 1)
    if tier == "construction":
        return Decimal("0.09") if late else Decimal("0.10")
    return Decimal("0.13") if late else Decimal("0.16")


def workday(day: date) -> date:
    """``day`` or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= 5 else 0)


def _person(rng: random.Random, taken: set[str]) -> str:
    while True:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES)
        if name not in taken:
            taken.add(name)
            return name


def make_world(seed: int, categories: tuple[str, ...] = ("1", "2")) -> World:
    """A clean world for ``seed`` (0 or more). Seeds from 900000 up are kept for acceptance: never develop or test on them."""
    if seed < 0:
        raise ValueError(f"种子 {seed} 不可用：请使用 0 或更大的整数。")
    rng = random.Random(f"world:{seed}")
    people: set[str] = set()
    company = _company(rng, people)
    project = _project(rng, company)
    lines = _lines(rng, company)
    fixed = sum((line.net for line in lines if line.fixed), Decimal(0))
    books = make_books(random.Random(f"books:{seed}"), fixed, company.registered_capital)
    return World(
        seed=seed, categories=categories, company=company, project=project,
        auditor=_auditor(rng, people), books=books,
        tax_papers=make_tax_papers(random.Random(f"tax:{seed}"), books), lines=lines,
        statistics=_statistics(books, lines, project),
        application_no=f"2020JG{rng.randint(100000, 999999)}", applied_on=date(2020, 6, rng.randint(15, 19)),
        headcount={2017: 402, 2018: 386, 2019: 355},
    )  # fmt: skip


def _company(rng: random.Random, people: set[str]) -> Company:
    trade, business = rng.choice(TRADE_NAMES), rng.choice(LINES_OF_BUSINESS)
    number = rng.randint(2, 98)
    address = f"深圳市宝安区石岩街道塘坑社区{trade[0]}新路{number}号1号厂房"
    phone = f"0755-2{rng.randint(1000000, 9999999)}"
    party = Party(f"深圳市{trade}{business}有限公司", ids.random_uscc(rng, "440300"), address, phone, "中国工商银行深圳石岩支行", "4000" + ids.digits(rng, 15))
    sister = Party(f"深圳市{trade}精密制造有限公司", ids.random_uscc(rng, "440300"), f"深圳市光明区公明街道{trade[1]}田路7号2栋", f"0755-2{rng.randint(1000000, 9999999)}", "中国工商银行深圳公明支行", "4000" + ids.digits(rng, 15))
    return Company(
        party=party, kind="有限责任公司", legal_representative=_person(rng, people), registered_capital=Decimal(50_000_000),
        established_on=date(2009, rng.randint(3, 10), rng.randint(2, 27)),
        scope="一般经营项目是：通信设备、射频器件、天线的研发与销售；国内贸易；货物及技术进出口。许可经营项目是：通信设备、射频器件、天线的生产。",
        contact=_person(rng, people), phone=f"138{rng.randint(10000000, 99999999)}", finance_head=_person(rng, people),
        seal_number="4403" + ids.digits(rng, 9), sister=sister,
    )  # fmt: skip


def _project(rng: random.Random, company: Company) -> Project:
    return Project(
        name="5G基站射频模块智能化生产线技术改造项目", category_text="技术改造投资项目、技术装备及管理智能化提升项目",
        industry_code="3921", industry_name="通信系统设备制造", location=company.party.address,
        total_investment=Decimal(rng.randint(245, 262) * 100_000), starts=date(2018, 10, 1), ends=date(2019, 12, 31),
        filing_number=f"深宝安技备〔2018〕{rng.randint(210, 890):04d}号", project_code=f"2018-440300-39-03-{rng.randint(700100, 729900)}",
        filed_on=date(2018, 9, rng.randint(10, 21)), filing_valid_until=date(2020, 9, rng.randint(5, 9)), product="5G基站射频模块",
    )  # fmt: skip


def _auditor(rng: random.Random, people: set[str]) -> Auditor:
    name = rng.choice(FIRMS)
    short = name[2]
    reports = {
        year: (f"深{short}审字[{year + 1}]第{rng.randint(102, 987):04d}号", date(year + 1, 4, rng.choice((16, 17, 18, 22, 23, 24))))
        for year in YEARS
    }
    return Auditor(name, "深圳市福田区深南中路垣汇大厦19层", tuple((_person(rng, people), "4403" + ids.digits(rng, 8)) for _ in range(2)), reports)


def _sellers(rng: random.Random) -> list[Party]:
    return [
        Party(name, ids.random_uscc(rng, area), address, f"{prefix}-{rng.randint(20000000, 89999999)}", bank, ids.digits(rng, 17), invoice_area, place)
        for (name, area, invoice_area, place, address, bank) in SELLERS
        for prefix in ({"4403": "0755", "4400": "0769" if "东莞" in name else "020", "3200": "0512", "3100": "021"}[invoice_area],)
    ]


def _lines(rng: random.Random, company: Company) -> tuple[Line, ...]:
    sellers = _sellers(rng)
    numbers: set[str] = set()
    drafts: list[Line] = []
    for sequence, good in enumerate(GOODS, start=1):
        drafts.append(_line(rng, sequence, good, sellers[good.seller], company, numbers))
    # One contract per seller and month at most; its amount covers its invoices exactly.
    totals: dict[str, Decimal] = {}
    for line in drafts:
        totals[line.contract_number] = totals.get(line.contract_number, Decimal(0)) + line.gross
    first: dict[str, date] = {}
    for line in drafts:
        first[line.contract_number] = min(first.get(line.contract_number, line.contract_date), line.contract_date)
    return tuple(
        Line(**{**line.__dict__, "contract_amount": totals[line.contract_number], "contract_date": first[line.contract_number]})
        for line in drafts
    )


def _line(rng: random.Random, sequence: int, good: Good, seller: Party, company: Company, numbers: set[str]) -> Line:
    month = rng.randint(*good.months)
    issued = workday(date(2019, month, rng.randint(3, 24)))
    price = (Decimal(good.price) * Decimal(rng.randint(9600, 10400)) / 10000 + Decimal(rng.randint(0, 99)) / 100).quantize(Decimal("0.01"))
    rate = vat_rate(good.tier, issued)
    net = cents(price * good.quantity)
    tax = cents(net * rate)
    batch = rng.choice((1, 2, 3, 4))
    code = {"special": ids.special_code, "ordinary": ids.ordinary_code, "e_ordinary": ids.e_ordinary_code}[good.voucher](seller.invoice_area, 2019 if month > 2 else 2018, batch)
    number = ""
    while not number or number in numbers:
        number = f"{rng.randint(1_200_000, 68_999_999):08d}"
    numbers.add(number)
    declared = net if good.voucher == "special" else net + tax
    contract = f"HT-2019-{good.seller + 1:02d}{1 if month <= 6 else 2}"
    return Line(
        sequence=sequence, kind=good.kind, item_class=good.item_class, name=good.name, spec=good.spec, quantity=good.quantity,
        unit=good.unit, unit_price=price, seller=seller, contract_number=contract,
        contract_date=workday(date(2018, 11, 5) + timedelta(days=rng.randint(0, 24))) if month <= 6 else workday(date(2019, 4, 8) + timedelta(days=rng.randint(0, 40))),
        contract_amount=Decimal(0), voucher=good.voucher, code=code, number=number, issued_on=issued, rate=rate, net=net, tax=tax,
        gross=net + tax, check_code="" if good.voucher == "special" else ids.digits(rng, 20), machine_number=ids.digits(rng, 12),
        payment_number=f"{issued:%Y%m}{rng.randint(100000, 999999)}", paid_on=workday(issued + timedelta(days=rng.randint(8, 75))), paid=net + tax,
        bookkeeping=f"{issued:%Y-%m}-记-{rng.randint(11, 268):04d}", declared=declared, fixed=good.fixed,
        asset_number=f"ZC-{issued:%Y}-{sequence:04d}" if good.fixed else "", smart=declared if good.smart else Decimal(0),
        smart_note=good.smart, location="宝安区石岩厂区1号厂房", remarks="", invoice_key=sequence,
    )  # fmt: skip


def _statistics(books: dict[int, Books], lines: tuple[Line, ...], project: Project) -> tuple[StatValue, ...]:
    """B203 in thousands and 206 in ten-thousands of yuan, whole numbers as the forms ask."""

    def whole(value: Decimal, unit: int) -> Decimal:
        return (value / unit).quantize(Decimal(1), ROUND_HALF_UP)

    values: list[StatValue] = []
    for year in YEARS:
        book = books[year]
        for indicator, code, amount in (
            ("资产总计", "213", book.total_assets), ("负债合计", "217", book.total_liabilities),
            ("所有者权益合计", "218", book.equity), ("营业收入", "301", book.revenue), ("营业成本", "307", book.cost),
            ("税金及附加", "309", book.surcharges), ("营业利润", "323", book.operating_profit), ("利润总额", "327", book.total_profit),
            ("所得税费用", "328", book.income_tax), ("应交增值税", "402", book.vat),
        ):  # fmt: skip
            values.append(StatValue("B203", f"{year}年1-12月", indicator, code, whole(amount, 1000), "千元"))

    def share(*kinds: str) -> Decimal:
        return whole(sum((line.net for line in lines if line.kind in kinds and line.fixed), Decimal(0)), 10_000)

    building, tools = share("工程"), share("设备", "软件")
    for indicator, code, amount in (
        ("计划总投资", "101", project.total_investment / TEN_THOUSAND), ("自开始建设累计完成投资", "102", building + tools),
        ("本年完成投资", "103", building + tools), ("其中：建筑工程", "104", building), ("安装工程", "105", Decimal(0)),
        ("设备工器具购置", "106", tools), ("其他费用", "107", Decimal(0)), ("新增固定资产", "108", building + tools),
    ):  # fmt: skip
        values.append(StatValue("206", "2019年1-12月", indicator, code, amount.quantize(Decimal(1)), "万元"))
    return tuple(values)
