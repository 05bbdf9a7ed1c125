"""Vouchers become rows of the declared list, bookings and contracts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from samples.catalogue import Good
from samples.money import CENT, cents
from samples.world.days import last_of_month
from samples.world.model import ZERO, Booking, CustomsEntry, Invoice, Item, Paid, Payment, Row


@dataclass(frozen=True)
class Lot:
    """A good as bought: its line with the discount that follows it."""

    good: Good
    item: Item
    """Net of the discount; quantity times price is its amount, rounded."""


def lots_of(invoice: Invoice, goods: Sequence[Good]) -> list[Lot]:
    """The lines of ``invoice`` joined with their discounts, in order of ``goods``."""
    merged: list[Item] = []
    for item in invoice.items:
        if item.quantity is None and merged:
            last = merged.pop()
            assert last.quantity is not None
            net = last.amount + item.amount
            price = (net / last.quantity).quantize(Decimal("0.00000001")).normalize()
            merged.append(Item(last.item_class, last.name, last.spec, last.unit, last.quantity, price, net, last.rate, last.tax + item.tax))
        else:
            merged.append(item)
    return [Lot(good, item) for good, item in zip(goods, merged, strict=True)]


@dataclass(frozen=True)
class ContractFacts:
    """What rows repeat of their contract."""

    number: str
    signed_on: date
    total: Decimal


def recognised(cost: Decimal, gross: Decimal, paid: Decimal) -> Decimal:
    """What of ``cost`` counts (rule-book F.2): the paid share, rounded down to the cent."""
    if paid >= gross:
        return cost
    return (cost * paid / gross).quantize(CENT, ROUND_DOWN)


def apportion(payments: Sequence[tuple[Payment, Decimal]], grosses: Sequence[Decimal], *, full: bool) -> list[tuple[Paid, ...]]:
    """The parts of each payment that fall on each row of a voucher. Rows sum to the payments; where the voucher is paid in ``full``,
    each row's parts sum to its gross."""
    total = sum(grosses, ZERO)
    left = list(grosses)
    out: list[list[Paid]] = [[] for _ in grosses]
    for i, (payment, amount) in enumerate(payments):
        rest = amount
        for r, gross in enumerate(grosses):
            if full and i == len(payments) - 1:
                part = left[r]
            elif r == len(grosses) - 1:
                part = rest
            else:
                part = cents(amount * gross / total)
            rest -= part
            left[r] -= part
            out[r].append(Paid(payment.slip_number, payment.paid_on, part, payment.method))
    return [tuple(p) for p in out]


UNPAID_NOTE = "质保金尚未支付，按实际支付比例填报"


@dataclass
class Clerk:
    """Writes rows and bookings of one applicant."""

    seed: int
    location: str
    smart: bool
    rows: list[Row]
    bookings: list[Booking]

    def __post_init__(self) -> None:
        self._numbers: dict[tuple[int, int], int] = {}
        self._assets = 0
        rng = random.Random(f"{self.seed}:clerk")
        self._word = rng.choice(("记", "记", "付", "转"))
        self._asset_style = rng.choice(("ZC-{y}-{n:04d}", "SB{y}{n:04d}", "FA{y}{n:05d}", "02-{y}-{n:04d}"))

    def _book(self, rng: random.Random, key: str, on: date, amount: Decimal, name: str, asset: str, supplier: str) -> Booking:
        booked = min(on + timedelta(days=rng.randint(0, 12)), last_of_month(on))
        month = (booked.year, booked.month)
        self._numbers[month] = self._numbers.get(month, rng.randint(8, 40)) + rng.randint(1, 6)
        delivered = on - timedelta(days=rng.randint(1, 20)) if rng.random() < 0.7 else on + timedelta(days=rng.randint(0, 6))
        booking = Booking(
            key, f"{booked:%Y-%m}-{self._word}-{self._numbers[month]:04d}", booked, amount, f"购入{name}（{supplier[:10]}）", asset, name if asset else "",
            self.location, delivered, f"SH{delivered:%Y%m%d}{rng.randint(1, 99):02d}",
        )  # fmt: skip
        self.bookings.append(booking)
        return booking

    def _asset(self, on: date) -> str:
        self._assets += 1
        return self._asset_style.format(y=on.year, n=self._assets)

    def _paid(self, payments: Sequence[tuple[Payment, Decimal]], gross: Decimal) -> Decimal:
        return sum((a for _, a in payments), ZERO)

    def list_invoice(self, rng: random.Random, invoice: Invoice, lots: list[Lot], contract: ContractFacts, payments: Sequence[tuple[Payment, Decimal]], *, joined: bool) -> None:
        """One row for the whole invoice where ``joined``, else one for each lot."""
        first = lots[0]
        groups = [lots] if joined else [[lot] for lot in lots]
        assets = [self._asset(invoice.issued_on) if g[0].good.fixed else "" for g in groups]
        booking = self._book(rng, invoice.key, invoice.issued_on, invoice.gross, first.good.name, assets[0], invoice.seller.name)
        nets = [sum((lot.item.amount for lot in g), ZERO) for g in groups]
        taxes = [sum((lot.item.tax for lot in g), ZERO) for g in groups]
        grosses = [n + t for n, t in zip(nets, taxes, strict=True)]
        paid = self._paid(payments, invoice.gross)
        parts = apportion(payments, grosses, full=paid == invoice.gross)
        for i, group in enumerate(groups):
            lot = group[0]
            cost = nets[i] if invoice.deductible else grosses[i]
            settled = sum((p.amount for p in parts[i]), ZERO)
            declared = recognised(cost, grosses[i], settled)
            smart, note = self._smart(rng, group, declared, nets[i])
            many = len(group) > 1
            self.rows.append(
                Row(
                    sequence=len(self.rows) + 1, item_class=lot.good.kind, name=f"{lot.item.name}等{len(group)}项" if many else lot.item.name,
                    spec=("详见销货清单" if invoice.on_goods_list else "详见发票") if many else lot.item.spec,
                    quantity=Decimal(1) if many else lot.item.quantity or Decimal(1), quantity_unit="批" if many else lot.item.unit,
                    unit_price=nets[i] if many else cents(nets[i] / (lot.item.quantity or 1)), supplier_name=invoice.seller.name,
                    contract_number=contract.number, contract_date=contract.signed_on, contract_amount=contract.total, voucher_type=invoice.kind,
                    invoice_code=invoice.code, invoice_number=invoice.number, invoice_date=invoice.issued_on, gross=grosses[i], net=nets[i],
                    tax=taxes[i], payments=parts[i], bookkeeping_number=booking.number, declared=declared, fixed=lot.good.fixed,
                    asset_number=assets[i], smart=smart, smart_note=note, location=self.location,
                    remarks=UNPAID_NOTE if settled < grosses[i] else "", voucher=invoice.key,
                )
            )  # fmt: skip

    def _smart(self, rng: random.Random, group: list[Lot], declared: Decimal, net: Decimal) -> tuple[Decimal, str]:
        clever = [lot for lot in group if lot.good.smart]
        if not self.smart or not clever:
            return ZERO, ""
        share = sum((lot.item.amount for lot in clever), ZERO) / net
        part = declared if share == 1 else (declared * share).quantize(CENT, ROUND_DOWN)
        if declared < 300_000 and rng.random() < 0.15:
            part = (part * Decimal(rng.randint(5, 9)) / 10).quantize(CENT, ROUND_DOWN)
        return part, clever[0].good.smart

    def list_import(self, rng: random.Random, entry: CustomsEntry, smart_note: str, contract: ContractFacts, payments: Sequence[tuple[Payment, Decimal]]) -> None:
        item = entry.items[0]
        net, tax = entry.dutiable_value + entry.duty, entry.vat
        asset = self._asset(entry.declared_on)
        booking = self._book(rng, entry.key, entry.declared_on, net + tax, item.name, asset, entry.shipper)
        settled = self._paid(payments, net + tax)
        declared = recognised(net, net + tax, settled)
        clever = self.smart and bool(smart_note)
        self.rows.append(
            Row(
                sequence=len(self.rows) + 1, item_class="设备", name=item.name, spec=item.spec, quantity=item.quantity, quantity_unit=item.unit,
                unit_price=cents(net / item.quantity), supplier_name=entry.shipper, contract_number=contract.number,
                contract_date=contract.signed_on, contract_amount=contract.total, voucher_type="customs", invoice_code="",
                invoice_number=entry.declaration_number, invoice_date=entry.declared_on, gross=net + tax, net=net, tax=tax,
                payments=apportion(payments, [net + tax], full=settled == net + tax)[0], bookkeeping_number=booking.number, declared=declared,
                fixed=True, asset_number=asset, smart=declared if clever else ZERO, smart_note=smart_note if clever else "",
                location=self.location, remarks="", voucher=entry.key,
            )
        )  # fmt: skip
