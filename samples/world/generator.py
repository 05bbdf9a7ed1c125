"""The maker of clean worlds: one seed, one company, one project, everything consistent to the cent."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from samples.accounts import Drivers, make_books, make_group
from samples.world.company import industry_of, make_company
from samples.world.frame import frame_of
from samples.world.ledgers import make_ledgers
from samples.world.model import YEARS, ZERO, Application, Category, Row, Sheets, World
from samples.world.plan import make_plan
from samples.world.project import make_project, make_schedule
from samples.world.purchases import make_purchases
from samples.world.statistics import finance_values, indicators, investment_values, make_operations
from samples.world.yearly import make_audit_reports, make_tax_papers

LEAST_INVOICES = 5
MOST_INVOICES = 20_000


def make_world(seed: int, categories: tuple[Category, ...] = ("1", "2"), *, invoices: int = 32, short: bool = False) -> World:
    """A clean world for ``seed`` (0 or more) with ``invoices`` vouchers, imports included.

    ``short`` makes short audit reports and tax certificates of few lines. Raises ``ValueError`` for a set of categories that no single
    list answers, a negative seed, or an impossible number of vouchers. Seeds from 900000 up are kept for acceptance: never develop
    or test on them.
    """
    if seed < 0:
        raise ValueError(f"种子 {seed} 不可用：请使用 0 或更大的整数。")
    if not LEAST_INVOICES <= invoices <= MOST_INVOICES:
        raise ValueError(f"票据张数 {invoices} 不可用：请使用 {LEAST_INVOICES} 至 {MOST_INVOICES} 之间的整数。")
    frame = frame_of(categories)

    def chance(what: str) -> random.Random:
        return random.Random(f"world:{seed}:{what}")

    listed = frame.main == "5"
    industry = industry_of(chance("industry"))
    company = make_company(chance("company"), industry, listed=listed)
    schedule = make_schedule(chance("schedule"), frame, company, industry)
    bought = make_purchases(seed, company, industry, frame, schedule, invoices, schedule.name)
    rows = tuple(bought.rows)
    declared, fixed = _sum(rows), _sum(r for r in rows if r.fixed)
    project = make_project(chance("project"), frame, company, industry, schedule, declared, fixed)

    books_rng = chance("books")
    grouped = books_rng.random() < 0.2
    size = max(Decimal(books_rng.randint(90, 320)) * 1_000_000, fixed * 4)
    invested = (size * Decimal("0.03")).quantize(Decimal("1e6")) if grouped else ZERO
    books = make_books(
        books_rng, company.registered_capital, size,
        Drivers(bought=by_year(r for r in rows if r.fixed and r.item_class != "工程"), built=by_year(r for r in rows if r.fixed and r.item_class == "工程"), invested=invested),
    )  # fmt: skip
    group = make_group(chance("group"), books, invested) if grouped else None
    operations = make_operations(chance("operations"), books)
    people = {company.legal_representative, company.finance_head, company.contact}
    stat_years = frame.years
    application_rng = chance("application")
    applied = date(2020, 6, application_rng.randint(13, 23))
    application = Application(
        number=f"2020JG{application_rng.randint(100000, 999999)}", form_version=f"V{application_rng.choice(('1.0', '1.1', '2.0'))}", applied_on=applied,
        printed_on=applied + timedelta(days=application_rng.randint(0, 1)), first_or_renewal="first", declared_investment=declared, requested=None,
        indicators=indicators(books, operations),
    )  # fmt: skip
    world = World(
        seed=seed, categories=categories, company=company, project=project, books=books, application=application, invoices=tuple(bought.invoices),
        imports=tuple(bought.imports), contracts=tuple(bought.contracts), payments=tuple(bought.payments), bookings=tuple(bought.bookings), rows=rows,
        loans=(), leases=(), interest_rows=(),
        tax_papers=make_tax_papers(chance("tax"), company, books, short=short),
        audit_reports=make_audit_reports(chance("audit"), company, books, group, people, listed=listed, short=short),
        substitutes=(), statistics=(*finance_values(chance("statistics"), books, operations), *investment_values(project, rows, stat_years)),
        plan=make_plan(chance("plan"), frame, project, operations.staff, by_year(r for r in rows if r.fixed)), listing=None, ledgers=(),
        sheets=_sheets(chance("sheets"), invoices), short=short,
    )  # fmt: skip
    return make_ledgers(world)


def _sum(rows: object) -> Decimal:
    return sum((r.declared for r in rows), ZERO)  # type: ignore[attr-defined]


def by_year(rows: object) -> dict[int, Decimal]:
    """Declared sums by year of voucher."""
    out: dict[int, Decimal] = dict.fromkeys((*YEARS, 2020), ZERO)
    for row in rows:  # type: ignore[attr-defined]
        assert isinstance(row, Row)
        out[row.invoice_date.year] += row.declared
    return out


def _sheets(rng: random.Random, invoices: int) -> Sheets:
    """The layout that this applicant's accountant chose; faults of spreadsheets are planted by defects only."""
    style = rng.choices(("two_level", "plain", "merged", "loose"), (4, 3, 3, 2))[0]
    return Sheets(style=style, unit="万元" if rng.random() < 0.15 else "元", merged_vouchers=rng.random() < 0.6)  # type: ignore[arg-type]
