"""Orders become invoices: codes by the coding rules, rates by the day, prices net or with tax inside."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from samples import ids
from samples.catalogue import GIVEN_NAMES, SURNAMES
from samples.money import cents
from samples.world.company import seller_party
from samples.world.days import vat_rate
from samples.world.model import ZERO, Copy, Invoice, InvoiceKind, Item, Party
from samples.world.orders import Line, Order

PREFIX_SINCE = date(2018, 1, 1)
"""From here on item names carry *简称* (rule-book B.1.7, R-223)."""
BLOCKCHAIN_SINCE = date(2018, 8, 10)
_ONE_BUREAU_SINCE = date(2018, 7, 20)
_LONG_CODE_SINCE = date(2018, 1, 1)


class Numbers:
    """Invoice numbers that rise with the days for each seller and code, and never repeat."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.taken: set[tuple[str, str]] = set()
        self.nets: set[tuple[str, Decimal]] = set()
        """(seller, net) of all invoices: equal ones would look like one invoice exchanged for another (rule-book E-23)."""

    def next(self, code: str, seller: Party, on: date) -> str:
        rng = random.Random(f"{self.seed}:number:{code}:{seller.name}")
        low = rng.random() < 0.15
        base = rng.randint(120_000, 4_000_000) if low else rng.randint(10_000_000, 88_000_000)
        number = base + on.timetuple().tm_yday * rng.randint(211, 1900) + random.Random(f"{self.seed}:{code}:{on}").randint(0, 180)
        while (code, f"{number:08d}") in self.taken:
            number += rng.randint(2, 9)
        self.taken.add((code, f"{number:08d}"))
        return f"{number:08d}"


@cache
def _counter(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A seller's fiscal machine and the people at it."""
    rng = random.Random(f"counter:{name}")
    people = [rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES) for _ in range(5)]
    return ids.digits(rng, 12), tuple(people[:2]), tuple(people[2:])


@cache
def agent_office(place: str, district: str, since_merger: bool) -> Party:
    """The tax office that issues for small sellers of ``district``."""
    rng = random.Random(f"office:{district}:{since_merger}")
    name = f"国家税务总局{place}{district}税务局" if since_merger else f"{place}{district}国家税务局"
    code = ids.uscc("440300", "MB2" + ids.digits(rng, 5), prefix="11")
    return Party(name, code, f"{place}{district}", "12366", "", "", legal_representative="")


def issue(rng: random.Random, numbers: Numbers, order: Order, key: str, on: date, buyer: Party, contract: str, site: str, project: str) -> Invoice:
    """The invoice for ``order`` dated ``on``; ``site`` and ``project`` go into the remarks of building work."""
    assert order.seller is not None
    seller = seller_party(order.seller)
    kind, copy = _kind(rng, order, on)
    rates = [_rate(order, line, on) for line in order.lines]
    with_tax = rng.random() < 0.45
    off = Decimal(rng.randint(2, 6)) / 100 if rng.random() < 0.035 and not order.goods_list and kind != "blockchain" else None
    items = _items(order.lines, rates, off, with_tax=with_tax, classed=on >= PREFIX_SINCE)
    while (seller.name, sum(i.amount for i in items)) in numbers.nets:
        first, *rest = order.lines
        order = replace(order, lines=(replace(first, price=(first.price * Decimal(rng.randint(1002, 1015)) / 1000).quantize(Decimal(1)) + 1), *rest))
        items = _items(order.lines, rates, off, with_tax=with_tax, classed=on >= PREFIX_SINCE)
    numbers.nets.add((seller.name, sum((i.amount for i in items), ZERO)))
    agent = None
    if order.what == "agent":
        since = on >= _ONE_BUREAU_SINCE
        town = seller.address[:3]
        district = seller.address[3 : seller.address.index("区") + 1] if "区" in seller.address[:8] else ""
        agent = agent_office(town, district, since)
    code = code_of(rng, kind, seller, on)
    machine, cashiers, issuers = _counter((agent or seller).name)
    old_id = on < date(2017, 7, 1) and bool(buyer.old_tax_id) and rng.random() < 0.15
    return Invoice(
        key=key, kind=kind, code=code, number=numbers.next(code, agent or seller, on), issued_on=on,
        check_code="" if kind == "special" else ids.digits(rng, 5 if kind == "blockchain" else 20),
        machine_number="" if kind == "blockchain" else machine, buyer=buyer,
        buyer_tax_id=buyer.old_tax_id if old_id else buyer.uscc, seller=seller, seller_tax_id=agent.uscc if agent else seller.uscc,
        items=tuple(items), remarks=_remarks(rng, order, seller, agent, contract, site, project), copy=copy, on_goods_list=order.goods_list,
        agent=agent, clerks=(rng.choice(cashiers), cashiers[0] if issuers[0] == cashiers[1] else cashiers[1], rng.choice(issuers)),
    )  # fmt: skip


def _items(lines: tuple[Line, ...], rates: list[Decimal], off: Decimal | None, *, with_tax: bool, classed: bool) -> list[Item]:
    """The lines of an invoice; a share ``off`` the first of them stands in a line of its own."""
    items: list[Item] = []
    for line, rate in zip(lines, rates, strict=True):
        items.append(priced(line, rate, with_tax=with_tax, classed=classed))
        if off is not None and line is lines[0]:
            items.append(discount(items[-1], off))
    return items


def _kind(rng: random.Random, order: Order, on: date) -> tuple[InvoiceKind, Copy]:
    if order.what == "agent":
        return ("special", rng.choice(("invoice", "deduction"))) if rng.random() < 0.5 else ("ordinary", "invoice")
    if order.what == "blockchain":
        return ("blockchain", "") if on >= BLOCKCHAIN_SINCE else ("e_ordinary", "")
    if order.what == "e_ordinary":
        return "e_ordinary", ""
    if order.what == "ordinary":
        return "ordinary", "invoice"
    return "special", rng.choices(("invoice", "deduction", "bookkeeping"), (7, 4, 0.2))[0]


def _rate(order: Order, line: Line, on: date) -> Decimal:
    if order.what == "agent":
        return Decimal("0.01") if on >= date(2020, 3, 1) else Decimal("0.03")
    return vat_rate(line.good.tier, on)


def priced(line: Line, rate: Decimal, *, with_tax: bool, classed: bool) -> Item:
    """A line of an invoice. ``with_tax``: the price was agreed with tax inside, so that the net price has many decimals."""
    if with_tax:
        step = Decimal(100) if line.price > 20_000 else Decimal(10) if line.price > 3000 else Decimal(1)
        full = ((line.price * (1 + rate)) / step).quantize(Decimal(1)) * step
        gross = full * line.quantity
        net = cents(gross / (1 + rate))
        tax = gross - net
        unit_price = (full / (1 + rate)).quantize(Decimal("0.00000001")).normalize()
    else:
        unit_price = cents(line.price)
        net = unit_price * line.quantity
        tax = cents(net * rate)
    good = line.good
    return Item(good.item_class if classed else "", good.name, good.spec, good.unit, Decimal(line.quantity), unit_price, cents(net), rate, cents(tax))


def discount(item: Item, share: Decimal) -> Item:
    """The discount line that follows ``item``."""
    amount = -cents(item.amount * share)
    return Item(item.item_class, item.name, "", "", None, None, amount, item.rate, -cents(-amount * item.rate))


def code_of(rng: random.Random, kind: InvoiceKind, seller: Party, on: date) -> str:
    """A code that ``seller`` may use on that day (rule-book B.1.2): early in the year often of the year before."""
    older = rng.random() < (0.7 if on.month <= 3 else 0.12)
    year = on.year - 1 if older else on.year
    batch = rng.randint(1, 4)
    if kind == "special":
        return ids.special_code(seller.invoice_area, year, batch, kind=rng.choices((1, 5), (9, 1))[0], copies=rng.choices((3, 6), (8, 2))[0])
    if kind == "blockchain":
        return ids.blockchain_code(max(2018, year), rng.randint(1, 2))
    if kind == "e_ordinary":
        return ids.e_ordinary_code(seller.invoice_area, year, batch)
    if on < _LONG_CODE_SINCE or (on < date(2019, 10, 1) and rng.random() < 0.18):
        stock = min(year, 2017)
        return ids.old_ordinary_code(seller.invoice_area, stock, batch, kind=rng.choice((3, 3, 6)), copies=rng.choice((2, 2, 5)))
    return ids.ordinary_code(seller.invoice_area, max(2018, year), batch, copies=rng.choices((2, 5), (8, 2))[0])


def _remarks(rng: random.Random, order: Order, seller: Party, agent: Party | None, contract: str, site: str, project: str) -> str:
    if agent is not None:
        return f"代开企业税号:{seller.uscc} 代开企业名称:{seller.name}"
    if order.lines[0].good.tier == "construction":
        return f"建筑服务发生地：{site} 项目名称：{project}"
    return f"合同号：{contract}" if rng.random() < 0.2 else ""
