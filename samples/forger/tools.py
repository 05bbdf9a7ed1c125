"""What several defects need: choosing a row, a voucher or a paper, and changing what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from samples.forger.model import NotHere
from samples.money import cents
from samples.world.change import ledger, payments_of, replace_invoice, replace_ledger, replace_part, replace_payment, replace_row
from samples.world.model import AuditReport, CustomsEntry, Invoice, Item, LedgerTable, PaperKey, Payment, Row, TaxPaper, World

T = TypeVar("T")


def pick(world: World, name: str, things: list[T], what: str) -> T:
    """One of ``things`` by the defect's own chance. Raises :class:`NotHere` for none."""
    if not things:
        raise NotHere(f"没有{what}")
    return world.rng("forger", name).choice(things)


def pick_row(world: World, name: str, fits: Callable[[Row], bool], what: str = "合适的清单行") -> Row:
    """A row with a voucher of its own that ``fits``, not among the dearest: a defect should not tip totals over."""
    shared = {key for key in (r.voucher for r in world.rows) if sum(r.voucher == key for r in world.rows) > 1} if len(world.rows) < 400 else set()
    ceiling = max((r.declared for r in world.rows), default=Decimal(0)) / 2
    own = [r for r in world.rows if r.voucher not in shared and r.declared > 0]
    cheap = [r for r in own if r.declared <= ceiling and fits(r)]
    return pick(world, name, cheap or [r for r in own if fits(r)], what)


def is_invoice(row: Row) -> bool:
    return row.voucher_type != "customs"


def deductible(row: Row) -> bool:
    return row.voucher_type in ("special", "vehicle")


def plain(world: World, row: Row) -> bool:
    """A row whose invoice has nothing odd about it already."""
    if not is_invoice(row):
        return False
    invoice = world.invoice(row.voucher)
    return invoice.agent is None and invoice.red_of is None and not invoice.overprints and row.declared in (row.net, row.gross)


def invoice_paper(key: str) -> PaperKey:
    return f"vat_invoice::{key}"


def recoded(code: str, year: int) -> str:
    """An invoice code of another year (rule-book B.1.2): signs 5–6 of ten, 6–7 of twelve."""
    at = 4 if len(code) == 10 else 5
    return code[:at] + f"{year % 100:02d}" + code[at + 2 :] if code else code


def redate(world: World, row: Row, day: date) -> World:
    """The row's invoice was issued on ``day``; its code is of a year that fits; the ledger that verified it follows."""
    invoice = world.invoice(row.voucher)
    code = recoded(invoice.code, day.year)
    world = replace_invoice(world, invoice.key, issued_on=day, code=code)
    world = replace_row(world, row.sequence, invoice_date=day, invoice_code=code, period=str(day.year) if row.period else "")
    return edit_ledger(world, "verifications", lambda v: {**v, "code": code} if v.get("number") == invoice.number else v)


def edit_ledger(world: World, stem: str, change: Callable[[Mapping[str, str]], Mapping[str, str]]) -> World:
    """Every row of a ledger through ``change``; raises :class:`NotHere` where the world has no such ledger."""
    return replace_ledger(world, stem, tuple(change(row) for row in known_ledger(world, stem).rows))


def known_ledger(world: World, stem: str) -> LedgerTable:
    try:
        return ledger(world, stem)
    except LookupError as missing:
        raise NotHere(f"没有台账{stem}") from missing


def add_to_ledger(world: World, stem: str, **values: str) -> World:
    """One more row at the end of a ledger."""
    table = known_ledger(world, stem)
    if unknown := set(values) - set(table.columns):
        raise ValueError(f"ledger {stem} has no column {sorted(unknown)}")
    return replace_ledger(world, stem, (*table.rows, {column: values.get(column, "") for column in table.columns}))


def changed_ledgers(before: World, after: World) -> tuple[PaperKey, ...]:
    """Keys of the ledgers that tell them apart."""
    return tuple(f"ledger:{old.stem}" for old, new in zip(before.ledgers, after.ledgers, strict=True) if old != new)


def resplit(world: World, row: Row, rate: Decimal) -> World:
    """The row's invoice, of one line and without input tax, carries another rate: what was paid stays, net and tax share it anew."""
    invoice = world.invoice(row.voucher)
    (item,) = invoice.items
    net = cents(row.gross / (1 + rate))
    quantity = item.quantity or Decimal(1)
    fresh = replace(item, rate=rate, amount=net, tax=row.gross - net, unit_price=(net / quantity).quantize(Decimal("0.00000001")))
    changed = replace_invoice(world, invoice.key, items=(fresh,))
    return replace_row(changed, row.sequence, net=net, tax=row.gross - net, unit_price=cents(net / row.quantity))


def whole_price(world: World, row: Row) -> bool:
    """An ordinary paper invoice of one line, declared with its tax: its rate can change and nothing else has to."""
    if not plain(world, row) or row.voucher_type != "ordinary" or row.declared != row.gross:
        return False
    return len(world.invoice(row.voucher).items) == 1


def rename(world: World, row: Row, item: Item) -> tuple[World, tuple[PaperKey, ...]]:
    """Other goods on the row's invoice of one line: ``item`` in its place, and in contract, booking, card, delivery and slip the new
    name. Returns the world and the papers beside list and invoice that say so."""
    old = world.invoice(row.voucher).items[0]
    touched: list[PaperKey] = []
    changed = replace_invoice(world, row.voucher, items=(item,))
    changed = replace_row(changed, row.sequence, name=item.name, spec=item.spec, quantity=item.quantity or Decimal(1), quantity_unit=item.unit,
                          unit_price=cents(item.unit_price or item.amount))  # fmt: skip
    for contract in world.contracts:
        if row.voucher in contract.vouchers:
            items = tuple(item if (i.name, i.spec, i.amount) == (old.name, old.spec, old.amount) else i for i in contract.items)
            changed = replace_part(changed, "contracts", contract.number, items=items)
            touched += [f"purchase_contract::{contract.number}", *plan_of(world)] if items != contract.items else []
    for booking in world.bookings:
        if booking.voucher_key == row.voucher:
            summary, asset = booking.summary.replace(old.name, item.name), booking.asset_name.replace(old.name, item.name)
            changed = replace_part(changed, "bookings", row.voucher, summary=summary, asset_name=asset)
            touched += [f"accounting_voucher::{row.voucher}"] if (summary, asset) != (booking.summary, booking.asset_name) else []
            touched += [f"asset_card::{row.voucher}"] if booking.asset_number else []
            touched += [f"delivery_acceptance::{row.voucher}"] if booking.delivered_on and booking.delivery_number else []
    for payment in payments_of(world, row.voucher):
        purpose = payment.purpose.replace(old.name[:14], item.name[:14])
        if purpose != payment.purpose:
            changed = replace_payment(changed, payment.key, purpose=purpose)
            touched.append(slip_paper(payment))
    return changed, tuple(key for key in touched if key not in world.handling.absent)


def plan_of(world: World) -> tuple[PaperKey, ...]:
    """The plan's key, where there is one: it tells of the project and of what was bought under contracts."""
    return ("implementation_plan",) if world.plan is not None else ()


def single_payment(world: World, row: Row) -> Payment | None:
    """The one transfer that settles this voucher and no other."""
    payments = payments_of(world, row.voucher)
    return payments[0] if len(payments) == 1 and len(payments[0].pays) == 1 and payments[0].bill is None and len(row.payments) == 1 else None


def slip_paper(payment: Payment) -> PaperKey:
    return f"acceptance_bill::{payment.key}" if payment.bill else f"payment_slip::{payment.key}"


def report(world: World, year: int) -> AuditReport:
    found = next((r for r in world.audit_reports if r.year == year), None)
    if found is None:
        raise NotHere(f"没有{year}年度审计报告")
    return found


def tax_paper(world: World, year: int) -> TaxPaper:
    found = next((p for p in world.tax_papers if p.year == year), None)
    if found is None:
        raise NotHere(f"没有{year}年度纳税证明")
    return found


def change_handling(world: World, **changes: object) -> World:
    return replace(world, handling=replace(world.handling, **changes))  # type: ignore[arg-type]


def change_sheets(world: World, **changes: object) -> World:
    return replace(world, sheets=replace(world.sheets, **changes))  # type: ignore[arg-type]


def change_application(world: World, **changes: object) -> World:
    return replace(world, application=replace(world.application, **changes))  # type: ignore[arg-type]


def change_project(world: World, **changes: object) -> World:
    return replace(world, project=replace(world.project, **changes))  # type: ignore[arg-type]


def import_of(world: World, row: Row) -> CustomsEntry:
    return world.customs_entry(row.voucher)


def invoice_of(world: World, row: Row) -> Invoice:
    return world.invoice(row.voucher)
