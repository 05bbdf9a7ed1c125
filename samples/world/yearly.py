"""Papers of each year: tax certificates and audit reports."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from samples import ids
from samples.accounts import Books, reclassified
from samples.catalogue import BIG_FIRM, FIRMS
from samples.money import cents
from samples.world.company import district_of, person
from samples.world.days import last_of_month, workday
from samples.world.model import YEARS, AuditReport, Company, Firm, TaxLine, TaxPaper

Layout = Literal["certificate", "table", "letter"]


def _split(rng: random.Random, total: Decimal, parts: int) -> list[Decimal]:
    """``total`` in uneven parts that sum to it."""
    weights = [rng.uniform(0.6, 1.4) for _ in range(parts)]
    out = [cents(total * Decimal(str(w / sum(weights)))) for w in weights[:-1]]
    return [*out, total - sum(out, Decimal(0))]


def tax_lines(rng: random.Random, year: int, taxes: tuple[tuple[str, Decimal], ...], layout: Layout, *, short: bool) -> tuple[TaxLine, ...]:
    """Lines of a certificate that sum to ``taxes``: one for each tax, or by month and quarter with their treasury vouchers (table)."""
    lines: list[TaxLine] = []
    for name, amount in taxes:
        parts = 1 if layout != "table" else 4 if short or name != "增值税" else 12
        months = 12 // parts
        for i, part in enumerate(_split(rng, amount, parts)):
            start = date(year, i * months + 1, 1)
            end = last_of_month(date(year, (i + 1) * months, 1))
            paid = workday(end + timedelta(days=rng.randint(8, 16)))
            number = f"34403{(paid.year % 100):02d}{paid.month:02d}{rng.randint(10**8, 10**9 - 1)}" if layout == "table" else ""
            lines.append(TaxLine(name, start, end, paid, part, number))
    return tuple(lines)


def make_tax_papers(rng: random.Random, company: Company, books: Mapping[int, Books], *, short: bool) -> tuple[TaxPaper, ...]:
    """2017 by the state and the local office apart (they merged in mid-2018), 2018 and 2019 by the one bureau."""
    district = district_of(company).name
    mark = district[0]
    state, local, bureau = f"深圳市{district}国家税务局", f"深圳市{district}地方税务局", f"国家税务总局深圳市{district}税务局"
    number = rng.randint(12000, 60000)
    layouts: tuple[Layout, ...] = ("certificate", "table", "letter")
    style = rng.choice(layouts)
    papers: list[TaxPaper] = []

    def paper(year: int, part: str, issuer: str, taxes: tuple[tuple[str, Decimal], ...], text: str, on: date, layout: Layout) -> None:
        key = f"tax_certificate:{year}" + (f":{part}" if part else "")
        lines = tax_lines(random.Random(f"{rng.random()}:{key}"), year, taxes, layout, short=short)
        papers.append(TaxPaper(key, year, layout, text, issuer, issuer, lines, date(year, 1, 1), date(year, 12, 31), on))

    for year in YEARS:
        own = books[year]
        refund: tuple[tuple[str, Decimal], ...] = ()
        vat = own.vat
        if rng.random() < 0.15:
            back = cents(own.vat * Decimal(rng.randint(2, 9)) / 100)
            vat, refund = own.vat + back, (("增值税（退税）", -back),)
        national = (("增值税", vat), ("企业所得税", own.income_tax_paid), *refund)
        layout = style if rng.random() < 0.7 else rng.choice(layouts)
        if year == 2017:
            on = date(2018, 3, rng.randint(6, 29))
            paper(year, "state", state, national, f"深国税{mark}纳证〔2018〕{number}号", workday(on), layout)
            paper(year, "local", local, own.local_taxes, f"深地税{mark}纳证〔2018〕{number + 417}号", workday(on + timedelta(days=2)), layout)
        else:
            on = workday(date(year + 1, 6 if year == 2018 else rng.choice((4, 5)), rng.randint(4, 26)))
            paper(year, "", bureau, (*national, *own.local_taxes), f"深税{mark}纳证〔{year + 1}〕{number + 3021 * (year - 2017)}号", on, layout)
    return tuple(papers)


def make_firm(rng: random.Random, people: set[str], *, listed: bool) -> tuple[Firm, str]:
    """An audit firm with two accountants, and the sign it puts into its report numbers."""
    name, mark, address = (BIG_FIRM[0], BIG_FIRM[1], BIG_FIRM[2]) if listed else rng.choice(FIRMS)
    head = "1100" if listed else "4403"
    return Firm(name, address, tuple((person(rng, people), head + ids.digits(rng, 8)) for _ in range(2))), mark


def make_audit_reports(
    rng: random.Random, company: Company, books: Mapping[int, Books], group: Mapping[int, Books] | None, people: set[str], *, listed: bool, short: bool,
) -> tuple[AuditReport, ...]:  # fmt: skip
    """Clean reports on 2017 to 2019 whose columns tie; rarely the prior column is restated, and the notes say so (R-427)."""
    firm, mark = make_firm(rng, people, listed=listed)
    restated = rng.choice((2018, 2019)) if rng.random() < 0.08 else None
    emphasis = rng.random() < 0.02
    reports: list[AuditReport] = []
    for year in YEARS:
        prior = books[year - 1]
        if year == restated:
            prior = reclassified(prior, cents(prior.revenue * Decimal(rng.randint(3, 9)) / 1000))
        number = f"{mark}审字[{year + 1}]第{rng.randint(1002, 9987)}号" if listed else f"深{mark}审字[{year + 1}]第{rng.randint(102, 987):04d}号"
        reports.append(
            AuditReport(
                year=year, number=number, dated=workday(date(year + 1, rng.choice((3, 4, 4)), rng.randint(8, 26))), firm=firm, client=company.party.name,
                opinion="unqualified_emphasis" if emphasis and year == 2019 else "unqualified", books=books[year], prior=prior,
                group=group[year] if group else None, group_prior=group[year - 1] if group else None, restated=year == restated,
                opinion_matter="资产负债表日后新冠肺炎疫情对经营的影响" if emphasis and year == 2019 else "", pages=6 if short else rng.randint(20, 38),
            )
        )  # fmt: skip
    return tuple(reports)
