"""Category 5: a listed applicant and the money it raised for this project."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from samples import ids
from samples.catalogue import BIG_FIRM
from samples.money import cents
from samples.world.company import trade_name
from samples.world.days import workday
from samples.world.model import ZERO, Company, Listing, Project, Row
from samples.world.project import Schedule

_BOARDS = (("创业板", "3009{n}", 70, 98), ("中小板", "0029{n}", 90, 98), ("主板", "6039{n}", 61, 64))
"""Boards with codes that no company bore when the guide was written."""


def fund_rows(rng: random.Random, rows: tuple[Row, ...], raised_project: str, limit: Decimal) -> tuple[Row, ...]:
    """Rows split into raised and own money; the raised part of all rows stays below ``limit``."""
    account = "7559" + ids.digits(rng, 11)
    left = limit
    out: list[Row] = []
    for row in rows:
        if row.declared <= left and rng.random() < 0.78:
            left -= row.declared
            out.append(replace(row, raised_funds=row.declared, own_funds=ZERO, raised_project=raised_project, special_account=account))
        else:
            out.append(replace(row, raised_funds=ZERO, own_funds=row.declared))
    return tuple(out)


def used_by(rows: tuple[Row, ...]) -> tuple[tuple[int, Decimal], ...]:
    """Raised money used for the project until the end of each year, by the dates of the vouchers."""
    years = (2018, 2019)
    return tuple((y, sum((r.raised_funds or ZERO for r in rows if r.invoice_date.year <= y), ZERO)) for y in years)


def make_listing(rng: random.Random, company: Company, project: Project, schedule: Schedule, rows: tuple[Row, ...], planned: Decimal) -> Listing:
    """The raising stood in 2017, in one half as the IPO itself, in the other as a later private placement.

    ``planned`` is what the announcement sets aside for the project; ``rows`` carry their raised part."""
    board, code, low, high = rng.choice(_BOARDS)
    approval = workday(date(2017, rng.randint(2, 9), rng.randint(3, 26)))
    at_once = rng.random() < 0.5
    ipo = approval if at_once else workday(approval - timedelta(days=rng.randint(500, 1100)))
    number = f"证监许可〔{approval.year}〕{rng.randint(120, 1980)}号"
    gross = -(-planned * Decimal(rng.randint(125, 260)) / 100 // 1_000_000) * 1_000_000
    net = gross - cents(gross * Decimal(rng.randint(420, 780)) / 10000) - Decimal(rng.randint(1, 99)) / 100
    arrived = workday(approval + timedelta(days=rng.randint(25, 60)))
    verified = workday(arrived + timedelta(days=rng.randint(1, 3)))
    short = company.party.name.removeprefix("深圳市")[:3]
    return Listing(
        board=board, stock_code=code.format(n=rng.randint(low, high)), stock_name=f"{short[:2]}{rng.choice(('股份', '科技'))}" if short else trade_name(rng),
        ipo_number=number if at_once else f"证监许可〔{ipo.year}〕{rng.randint(120, 2980)}号", ipo_date=ipo, approval_number=number, approval_date=approval,
        announced_on=workday(approval + timedelta(days=rng.randint(3, 20))), raised_gross=gross, raised_net=net, arrived_on=arrived,
        verification_number=f"{BIG_FIRM[1]}验字[{verified.year}]第{rng.randint(10011, 48990)}号", verified_on=verified, verifier=BIG_FIRM[0],
        raised_project=project.name, implementer=company.party.name, planned=planned, used=used_by(rows),
    )  # fmt: skip


def new_capital(listing: Listing, price: int) -> dict[int, tuple[Decimal, Decimal]]:
    """What the raising adds to 实收资本 (shares of one yuan sold at ``price``) and 资本公积, by year."""
    shares = (listing.raised_gross / price).quantize(Decimal(1))
    return {listing.arrived_on.year: (shares, listing.raised_net - shares)}
