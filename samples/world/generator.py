"""The maker of clean worlds: one seed, one company, one project, everything consistent to the cent.

Order of making: company and schedule → purchases → loans, leases, raised money → project → books → yearly papers, statistics, plan →
application → ledgers. Each has a stream of chance of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from samples.accounts import Drivers, make_books, make_group
from samples.money import CENT, cents
from samples.world.company import industry_of, make_company
from samples.world.finance import choose_leased, interest_rows, make_leases, make_loans, owed_at
from samples.world.frame import Frame, frame_of
from samples.world.ledgers import make_ledgers
from samples.world.listing import fund_rows, make_listing, new_capital
from samples.world.model import (
    YEARS,
    ZERO,
    Application,
    Category,
    Handling,
    Indicator,
    InterestRow,
    Lease,
    Listing,
    Loan,
    Project,
    Row,
    Sheets,
    World,
)
from samples.world.plan import make_plan
from samples.world.project import make_project, make_schedule
from samples.world.purchases import make_purchases
from samples.world.statistics import finance_values, indicators, investment_values, kind_of_investment, make_operations
from samples.world.yearly import make_audit_reports, make_tax_papers

LEAST_INVOICES = 5
MOST_INVOICES = 20_000
_MAJOR_CAP = Decimal(50_000_000)


def make_world(seed: int, categories: tuple[Category, ...] = ("1", "2"), *, invoices: int = 32, short: bool = False) -> World:
    """A clean world for ``seed`` (0 or more) with ``invoices`` vouchers, imports included.

    ``categories`` is one of :data:`samples.world.frame.CATEGORY_SETS`. ``short`` makes short audit reports and tax certificates of few
    lines. Tax certificates and audit reports exist for categories 2, 3 and 5, which ask for them. Raises ``ValueError`` for a set of
    categories that no single list answers, a negative seed, or an impossible number of vouchers. Seeds from 900000 up are kept for
    acceptance: never develop or test on them.
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
    leased = choose_leased(chance("leased"), industry) if frame.main == "4b" else None
    leases = make_leases(chance("leases"), company, schedule, leased) if leased else ()
    bought = make_purchases(seed, company, industry, frame, schedule, invoices, schedule.name, leased.names if leased else frozenset())
    rows = tuple(bought.rows)
    declared, fixed = total(rows), total(r for r in rows if r.fixed)
    loans = make_loans(chance("loans"), company, schedule, schedule.name, fixed) if frame.main == "4a" else ()
    let = sum((g.price * g.quantity for lease in leases for g in lease.goods), ZERO)
    project = make_project(chance("project"), frame, company, industry, schedule, declared + let, fixed + let)
    listing: Listing | None = None
    if listed:
        planned = (min(fixed * Decimal("0.9"), project.total_investment * Decimal("0.8")) // 100_000) * 100_000
        rows = fund_rows(chance("funds"), rows, project.name, planned)
        listing = make_listing(chance("listing"), company, project, schedule, rows, planned)
    rows = _filled(chance("columns"), frame, project, rows, loans)

    drivers = _drivers(rows, loans, leases, listing)
    books_rng = chance("books")
    size = max(Decimal(books_rng.randint(90, 320)) * 1_000_000 * (3 if listed else 1), (fixed + let) * 4)
    grouped = books_rng.random() < (0.6 if listed else 0.18)
    invested = (size * Decimal("0.03")).quantize(Decimal("1e6")).quantize(CENT) if grouped else ZERO
    capital = company.registered_capital
    if listed:
        # What the licence says is the capital after the raising.
        company = replace(company, registered_capital=capital + sum((shares for shares, _ in drivers.raised.values()), ZERO))
    books = make_books(books_rng, capital, size, replace(drivers, invested=invested))
    group = make_group(chance("group"), books, invested) if grouped else None
    operations = make_operations(chance("operations"), books)
    people = {company.legal_representative, company.finance_head, company.contact}
    interest = interest_rows(loans, leases)
    world = World(
        seed=seed, categories=categories, company=company, project=project, books=books,
        application=_application(chance("application"), frame, project, rows, interest, indicators(books, operations)),
        invoices=tuple(bought.invoices), imports=tuple(bought.imports), contracts=tuple(bought.contracts), payments=tuple(bought.payments),
        bookings=tuple(bought.bookings), rows=rows, loans=loans, leases=leases, interest_rows=interest,
        tax_papers=make_tax_papers(chance("tax"), company, books, short=short) if frame.yearly_papers else (),
        audit_reports=make_audit_reports(chance("audit"), company, books, group, people, listed=listed, short=short) if frame.yearly_papers else (),
        substitutes=(), statistics=(*finance_values(chance("statistics"), books, operations), *investment_values(project, rows, frame.years)),
        plan=make_plan(chance("plan"), frame, project, operations.staff, by_year(r for r in rows if r.fixed), listing.planned if listing else ZERO),
        listing=listing, ledgers=(), handling=Handling(volume_seam=chance("handling").random() < 0.25), sheets=_sheets(chance("sheets")), short=short,
    )  # fmt: skip
    return make_ledgers(world)


def total(rows: Iterable[Row]) -> Decimal:
    """What rows declare together."""
    return sum((r.declared for r in rows), ZERO)


def by_year(rows: Iterable[Row]) -> dict[int, Decimal]:
    """Declared sums by year of voucher."""
    out: dict[int, Decimal] = dict.fromkeys((*YEARS, 2020), ZERO)
    for row in rows:
        out[row.invoice_date.year] += row.declared
    return out


def _drivers(rows: tuple[Row, ...], loans: tuple[Loan, ...], leases: tuple[Lease, ...], listing: Listing | None) -> Drivers:
    """What all this does to the books. Leased machines are fixed assets of the lessee from the start of the lease, without VAT."""
    machines = by_year(r for r in rows if r.fixed and r.item_class != "工程")
    for lease in leases:
        machines[lease.start.year] += cents(sum((g.price * g.quantity for g in lease.goods), ZERO) / Decimal("1.16"))
    ends = {y: date(y, 12, 31) for y in YEARS}
    return Drivers(
        bought=machines, built=by_year(r for r in rows if r.fixed and r.item_class == "工程"),
        loans={y: sum((owed_at(x.schedule, x.principal, x.drawn_on, d) for x in loans), ZERO) for y, d in ends.items()} if loans else {},
        leases={y: sum((owed_at(x.schedule, x.financed, x.start, d) for x in leases), ZERO) for y, d in ends.items()} if leases else {},
        raised=new_capital(listing, 12) if listing else {},
    )  # fmt: skip


def _filled(rng: random.Random, frame: Frame, project: Project, rows: tuple[Row, ...], loans: tuple[Loan, ...]) -> tuple[Row, ...]:
    """Columns that only tables 2, 3 and 5 have. Figures of the whole project (计划总投资, 累计完成, 已获扶持额) stand in the first row
    alone, so that no one adds them up."""
    out = list(rows)
    if frame.main in ("3", "5"):
        done = total(r for r in rows if r.fixed)
        out = [replace(r, period=str(r.invoice_date.year), composition=kind_of_investment(r)) for r in out]
        out[0] = replace(out[0], planned_total=project.total_investment, cumulative=done, awarded_before=ZERO)
    if frame.main in ("4a", "4b"):
        left = {loan.contract_number: loan.principal for loan in loans}
        for i, row in enumerate(out):
            source = next((n for n, money in left.items() if money >= row.gross), None) if rng.random() < 0.7 else None
            if source:
                left[source] -= row.gross
            out[i] = replace(row, funding_source=f"贷款合同{source}" if source else "自有资金")
    return tuple(out)


def requested(frame: Frame, project: Project, fixed: Decimal, interest: tuple[InterestRow, ...]) -> Decimal | None:
    """What the application asks for; categories 1 and 2 ask for no sum (rule-book, part J on R-055)."""
    if frame.main == "3":
        entitled = min(project.fixed_investment / 5, _MAJOR_CAP)
        return (entitled * fixed / project.fixed_investment).quantize(CENT, ROUND_DOWN)
    if frame.main == "5":
        return min(fixed / 5, _MAJOR_CAP).quantize(CENT, ROUND_DOWN)
    if frame.main in ("4a", "4b"):
        return sum((r.requested for r in interest), ZERO)
    return None


def _application(
    rng: random.Random, frame: Frame, project: Project, rows: tuple[Row, ...], interest: tuple[InterestRow, ...], figures: tuple[Indicator, ...],
) -> Application:  # fmt: skip
    applied = date(2020, 6, rng.randint(13, 23))
    return Application(
        number=f"2020JG{rng.randint(100000, 999999)}", form_version=f"V{rng.choice(('1.0', '1.1', '2.0'))}", applied_on=applied,
        printed_on=applied + timedelta(days=rng.randint(0, 1)), first_or_renewal="first", declared_investment=total(rows),
        requested=requested(frame, project, total(r for r in rows if r.fixed), interest), indicators=figures,
    )  # fmt: skip


def _sheets(rng: random.Random) -> Sheets:
    """The layout that this applicant's accountant chose; faults of spreadsheets are planted by defects only."""
    draw = rng.random()
    style = "two_level" if draw < 0.35 else "plain" if draw < 0.6 else "merged" if draw < 0.85 else "loose"
    return Sheets(style=style, unit="万元" if rng.random() < 0.15 else "元", merged_vouchers=rng.random() < 0.6)  # type: ignore[arg-type]

