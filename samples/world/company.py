"""The applicant, its sister, the sellers: companies as they stand on papers."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from functools import cache

from samples import ids
from samples.catalogue import (
    APPLICANT_BANKS,
    CITIES,
    DISTRICTS,
    GIVEN_NAMES,
    INDUSTRIES,
    OTHER_TRADES,
    SELLER_BANKS,
    SELLERS,
    SHIPPERS,
    SURNAMES,
    TRADE_SIGNS,
    District,
    Industry,
    Seller,
)
from samples.world.model import Company, Party


def person(rng: random.Random, taken: set[str]) -> str:
    """A name that is not in ``taken`` yet; it is added."""
    while True:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES)
        if name not in taken:
            taken.add(name)
            return name


def trade_name(rng: random.Random) -> str:
    return "".join(rng.sample(TRADE_SIGNS, 3))


def industry_of(rng: random.Random) -> Industry:
    return rng.choice(INDUSTRIES)


def district_of(company: Company) -> District:
    """The district in which the applicant sits."""
    return next(d for d in DISTRICTS if d.name in company.party.address)


def _account(rng: random.Random, bank: str) -> str:
    """An account number as long as the bank's are."""
    heads = {"中国工商银行": ("4000", 15), "中国建设银行": ("4425", 16), "中国银行": ("74", 10), "招商银行": ("7559", 11), "平安银行": ("1100", 10), "中国农业银行": ("4102", 13)}  # fmt: skip
    head, more = next((h for name, h in heads.items() if bank.startswith(name)), ("", 17))
    return head + ids.digits(rng, more)


def make_company(rng: random.Random, industry: Industry, *, listed: bool = False) -> Company:
    """An applicant of ``industry`` in Shenzhen; ``listed`` makes it a company limited by shares."""
    people: set[str] = set()
    trade = trade_name(rng)
    district = rng.choice(DISTRICTS)
    street, community = rng.choice(district.sites)
    business = rng.choice(industry.businesses)
    address = f"深圳市{district.name}{street}{community}{trade[0]}{rng.choice('新丰盛德')}路{rng.randint(2, 98)}号{rng.choice(('1号厂房', 'A栋', '厂房1栋1-4层', '工业园3栋'))}"
    bank = rng.choice(APPLICANT_BANKS)
    legal, finance, contact = person(rng, people), person(rng, people), person(rng, people)
    code = ids.random_uscc(rng, "440300")
    phone = f"0755-2{rng.randint(1000000, 9999999)}"
    tail = "股份有限公司" if listed else rng.choice(("有限公司", "有限公司", "有限公司", "股份有限公司"))
    name = f"深圳市{trade}{business}{tail}" if rng.random() < 0.75 or not listed else f"{trade}{business}（深圳）{tail}"
    party = Party(
        name, code, address, phone, f"{bank}深圳{street[:2]}支行", _account(rng, bank), old_tax_id=ids.old_tax_id(district.code, code),
        legal_representative=legal,
    )  # fmt: skip
    other = rng.choice([d for d in DISTRICTS if d is not district])
    other_street, other_community = rng.choice(other.sites)
    sister = Party(
        f"深圳市{trade}{rng.choice(('精密制造', '科技', '实业', '工业'))}有限公司", ids.random_uscc(rng, "440300"),
        f"深圳市{other.name}{other_street}{other_community}{trade[1]}田路{rng.randint(2, 60)}号2栋", f"0755-2{rng.randint(1000000, 9999999)}",
        f"{bank}深圳{other_street[:2]}支行", _account(rng, bank), legal_representative=legal,
    )  # fmt: skip
    established = date(rng.randint(2003, 2013), rng.randint(1, 12), rng.randint(2, 27))
    capital = Decimal(rng.choice((20, 30, 50, 60, 80, 100))) * 1_000_000 * (4 if listed else 1)
    shares = tail.startswith("股份")
    kind = ("股份有限公司（上市）" if listed else "股份有限公司（非上市）") if shares else rng.choice(("有限责任公司", "有限责任公司（自然人独资）", "有限责任公司（法人独资）"))
    return Company(
        party=party, kind=kind, legal_representative=legal, registered_capital=capital, established_on=established,
        valid_until=None if rng.random() < 0.6 else established.replace(year=established.year + rng.choice((20, 30))),
        scope=f"一般经营项目是：{industry.scope}的研发与销售；国内贸易；货物及技术进出口。许可经营项目是：{industry.scope}的生产。",
        contact=contact, phone=f"13{rng.randint(5, 9)}{rng.randint(10000000, 99999999)}", finance_head=finance,
        seal_number="4403" + ids.digits(rng, 9), sister=sister, licence_issued_on=date(2016, rng.randint(3, 12), rng.randint(2, 27)),
    )  # fmt: skip


@cache
def seller_party(seller: Seller) -> Party:
    """The seller as it stands on papers: the same in every world."""
    rng = random.Random(f"seller:{seller.name}")
    city = CITIES[seller.city]
    bank = rng.choice(SELLER_BANKS)
    town = seller.city
    return Party(
        name=seller.name, uscc=ids.random_uscc(rng, city.area), address=f"{city.district}{rng.choice(city.streets)}{rng.randint(3, 168)}号",
        phone=f"{city.dialling}-{rng.randint(21000000, 89999999)}", bank=f"{bank}{town}{rng.choice(('高新', '城南', '新区', '科技园', '东城', '工业园'))}支行",
        account=_account(rng, bank), invoice_area=city.invoice_area, supervision=city.place,
        legal_representative=rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES),
    )  # fmt: skip


@cache
def sellers_of(group: str, *, small: bool = False, shenzhen: bool = False) -> tuple[Seller, ...]:
    """Who sells goods of ``group``."""
    return tuple(s for s in SELLERS if group in s.groups and s.small == small and (not shenzhen or s.city == "深圳"))


@cache
def shipper_party(index: int) -> Party:
    """A seller abroad: no Chinese code."""
    name, country = SHIPPERS[index]
    rng = random.Random(f"shipper:{name}")
    return Party(name=name, uscc="", address=country, phone="", bank="", account=ids.digits(rng, 14), invoice_area="", supervision="")


def unrelated_party(rng: random.Random) -> Party:
    """Some other company of Shenzhen, for the ledgers."""
    code = ids.random_uscc(rng, "440300")
    district = rng.choice(DISTRICTS)
    street, community = rng.choice(district.sites)
    return Party(
        f"深圳市{trade_name(rng)}{rng.choice(OTHER_TRADES)}有限公司", code, f"深圳市{district.name}{street}{community}{rng.randint(2, 90)}号",
        f"0755-2{rng.randint(1000000, 9999999)}", "", "",
    )  # fmt: skip
