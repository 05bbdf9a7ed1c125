"""All purchases of a project: goods → contracts → invoices and imports → payments → bookings and rows, to the cent."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from samples.catalogue import Industry, Seller
from samples.money import cents
from samples.world.company import seller_party, shipper_party
from samples.world.days import between, workday
from samples.world.frame import Frame
from samples.world.importing import import_entry
from samples.world.invoicing import BLOCKCHAIN_SINCE, Numbers, issue
from samples.world.listed import Clerk, ContractFacts, lots_of
from samples.world.model import ZERO, Booking, Company, CustomsEntry, Invoice, Item, Payment, PurchaseContract, Row
from samples.world.orders import Order, Planner
from samples.world.paying import Cashier, due_of
from samples.world.project import Schedule


@dataclass
class Purchases:
    invoices: list[Invoice] = field(default_factory=list)
    imports: list[CustomsEntry] = field(default_factory=list)
    contracts: list[PurchaseContract] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class _Deal:
    """Orders under one contract, with their days."""

    signed_on: date
    orders: tuple[tuple[date, Order], ...]


def make_purchases(seed: int, company: Company, industry: Industry, frame: Frame, schedule: Schedule, count: int, project_name: str, without: frozenset[str] = frozenset()) -> Purchases:
    """``count`` vouchers within frame and schedule; goods named in ``without`` are not bought (leased goods of category 4b)."""
    out = Purchases()
    planner = Planner(random.Random(f"{seed}:orders"), frame, industry, count, without)
    deals = _deals(random.Random(f"{seed}:deals"), planner.orders(count), frame, schedule)
    numbers, declared = Numbers(seed), set[str]()
    cashier = Cashier(seed, company.party)
    clerk = Clerk(seed, schedule.place, frame.smart, out.rows, out.bookings)
    style = random.Random(f"{seed}:contract style").choice(("HT-{y}-{n:03d}", "CG{y}{m:02d}{n:03d}", "SB-{y}{m:02d}-{n:03d}", "{y}采购{n:04d}"))
    may_retain = int(count * 0.03) if count >= 40 else (1 if count >= 30 and random.Random(f"{seed}:retain").random() < 0.5 else 0)
    for n, deal in enumerate(deals, start=1):
        number = style.format(y=deal.signed_on.year, m=deal.signed_on.month, n=n)
        rng = random.Random(f"{seed}:deal:{n}")
        if deal.orders[0][1].what == "customs":
            _import(rng, out, cashier, clerk, company, deal, number, declared)
        else:
            may_retain -= _buy(rng, out, cashier, clerk, company, deal, number, numbers, schedule, project_name, may_retain)
    out.payments = cashier.payments
    return out


def _deals(rng: random.Random, orders: list[Order], frame: Frame, schedule: Schedule) -> list[_Deal]:
    """Orders with days, put together by seller into contracts of one to four."""
    first, last = max(frame.first, schedule.starts + timedelta(days=3)), min(frame.last, schedule.ends)
    chain = BLOCKCHAIN_SINCE + timedelta(days=20)
    dated: list[tuple[date, Order]] = []
    for order in orders:
        late = order.what == "blockchain" and chain > first
        dated.append((between(rng, chain, last) if late and chain < last else between(rng, first, last), order))
    by_seller: dict[Seller, list[tuple[date, Order]]] = {}
    deals: list[_Deal] = []
    for day, order in sorted(dated, key=lambda pair: pair[0]):
        if order.seller is None:
            deals.append(_deal(rng, [(day, order)], schedule))
        else:
            by_seller.setdefault(order.seller, []).append((day, order))
    for pairs in by_seller.values():
        while pairs:
            wanted = rng.choices((1, 2, 3, 4), (5, 3, 2, 1))[0]
            chunk = [pairs.pop(0)]
            while pairs and len(chunk) < wanted and (pairs[0][0] - chunk[0][0]).days < 200:
                chunk.append(pairs.pop(0))
            deals.append(_deal(rng, chunk, schedule))
    return sorted(deals, key=lambda deal: (deal.signed_on, deal.orders[0][0]))


def _deal(rng: random.Random, pairs: list[tuple[date, Order]], schedule: Schedule) -> _Deal:
    day = pairs[0][0]
    signed = workday(max(schedule.first_contract, day - timedelta(days=rng.randint(18, 120))), latest=day - timedelta(days=1))
    return _Deal(signed, tuple(pairs))




def _buy(
    rng: random.Random, out: Purchases, cashier: Cashier, clerk: Clerk, company: Company, deal: _Deal, number: str, numbers: Numbers,
    schedule: Schedule, project_name: str, may_retain: int,
) -> int:  # fmt: skip
    """Issues, pays and lists the invoices of a deal; returns how many kept their retention money back."""
    seller = deal.orders[0][1].seller
    assert seller is not None
    party = seller_party(seller)
    invoices: list[Invoice] = []
    for day, order in deal.orders:
        key = f"I{len(out.invoices) + 1:03d}"
        invoice = issue(rng, numbers, order, key, day, company.party, number, schedule.place, project_name)
        invoices.append(invoice)
        out.invoices.append(invoice)
    lots = [lots_of(i, [line.good for line in order.lines]) for i, (_, order) in zip(invoices, deal.orders, strict=True)]
    items = tuple(lot.item for group in lots for lot in group)
    total = sum((i.gross for i in invoices), ZERO)
    out.contracts.append(PurchaseContract(number, company.party, party, items, total, deal.signed_on, schedule.place, tuple(i.key for i in invoices)))
    kept = 0
    dues = []
    for invoice in invoices:
        late = len(invoices) == 1 and len(lots[0]) == 1 and invoice.issued_on >= date(2019, 9, 1) and invoice.gross > 60_000
        retain = late and may_retain > kept and invoice.gross < 900_000
        kept += retain
        dues.append(due_of(invoice, retain=retain))
    before = len(cashier.payments)
    cashier.settle_contract(rng, party, deal.signed_on, dues, number)
    facts = ContractFacts(number, deal.signed_on, total)
    for invoice, group in zip(invoices, lots, strict=True):
        parts = [(p, a) for p in cashier.payments[before:] for k, a in p.pays if k == invoice.key]
        joined = len(group) > 1 and (invoice.on_goods_list or rng.random() < 0.35)
        clerk.list_invoice(rng, invoice, group, facts, parts, joined=joined)
    return kept


def _import(rng: random.Random, out: Purchases, cashier: Cashier, clerk: Clerk, company: Company, deal: _Deal, number: str, declared: set[str]) -> None:
    day, order = deal.orders[0]
    good = order.imported
    assert good is not None
    key = f"C{len(out.imports) + 1:03d}"
    entry = import_entry(rng, declared, order, key, day, company.party, number)
    out.imports.append(entry)
    shipper = shipper_party(good.shipper)
    price = cents(entry.dutiable_value / order.pieces)
    item = Item("", good.name, good.spec, good.unit, Decimal(order.pieces), price, entry.dutiable_value, ZERO, ZERO)
    out.contracts.append(PurchaseContract(number, company.party, shipper, (item,), entry.dutiable_value, deal.signed_on, schedule_port(entry), (key,)))
    before = len(cashier.payments)
    cashier.settle_import(rng, entry, shipper, deal.signed_on)
    parts = [(p, a) for p in cashier.payments[before:] for k, a in p.pays if k == key]
    clerk.list_import(rng, entry, good.smart, ContractFacts(number, deal.signed_on, entry.dutiable_value), parts)


def schedule_port(entry: CustomsEntry) -> str:
    """Where imports are delivered: CIF to Shenzhen."""
    return f"深圳（{entry.customs_house}）"
