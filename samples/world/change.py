"""Small changes to a world, for defects: each touches the facts it names and nothing else.

Nothing here draws chance or numbers anything anew, so all other papers of the changed world are the same to the byte. What depends on
a changed fact is changed by whoever wants it changed: :func:`settle` alone does the one sum that an applicant's software does by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, TypeVar

from samples.accounts import Books
from samples.world.model import Invoice, LedgerTable, Overprint, PaperKey, Payment, Row, World
from samples.world.statistics import investment_values

T = TypeVar("T")
_Part = Literal["invoices", "imports", "contracts", "payments", "bookings", "loans", "leases", "interest_rows", "tax_papers", "audit_reports"]
_IDS: Mapping[str, str] = {
    "invoices": "key", "imports": "key", "contracts": "number", "payments": "key", "bookings": "voucher_key", "loans": "key", "leases": "key",
    "interest_rows": "sequence", "tax_papers": "key", "audit_reports": "year", "rows": "sequence", "substitutes": "year",
}  # fmt: skip


def _mend(things: tuple[T, ...], chosen: Callable[[T], bool], changes: Mapping[str, Any], what: object) -> tuple[T, ...]:
    if not any(chosen(thing) for thing in things):
        raise LookupError(f"没有可改的对象：{what}。请核对序号或键。")
    return tuple(replace(thing, **changes) if chosen(thing) else thing for thing in things)  # type: ignore[type-var]


def replace_part(world: World, part: _Part, key: str | int, **changes: Any) -> World:
    """``world`` with the one thing of ``part`` changed whose key, number, year or sequence is ``key``. Raises ``LookupError``."""
    name = _IDS[part]
    return replace(world, **{part: _mend(getattr(world, part), lambda x: getattr(x, name) == key, changes, f"{part} {key}")})  # type: ignore[arg-type]


def replace_row(world: World, sequence: int, **changes: Any) -> World:
    """The row of the list with this 序号 changed. Its invoice, payments and the sums stay as they are."""
    return replace(world, rows=_mend(world.rows, lambda r: r.sequence == sequence, changes, f"清单第{sequence}行"))


def replace_invoice(world: World, key: str, **changes: Any) -> World:
    """The invoice with this key changed on paper. The rows about it stay as they are."""
    return replace_part(world, "invoices", key, **changes)


def overprint(world: World, key: str, field: str, text: str, *, patched: bool = False) -> World:
    """Prints ``text`` for a contract ``field`` of an invoice; QR code and facts stay."""
    return replace_invoice(world, key, overprints=(*world.invoice(key).overprints, Overprint(field, text, patched)))


def replace_payment(world: World, key: str, **changes: Any) -> World:
    """The payment changed on the bank's slip; what the list says of it stays."""
    return replace_part(world, "payments", key, **changes)


def replace_books(world: World, year: int, **changes: Any) -> World:
    """The books of ``year`` changed in every report that prints them (its own, and the next one's prior column)."""
    old = world.books[year]
    new: Books = replace(old, **changes)
    reports = tuple(
        replace(r, books=new if r.books == old else r.books, prior=new if r.prior == old else r.prior) for r in world.audit_reports
    )  # fmt: skip
    return replace(world, books={**world.books, year: new}, audit_reports=reports)


def replace_ledger(world: World, stem: str, rows: tuple[Mapping[str, str], ...]) -> World:
    """An extract with other rows."""
    return replace(world, ledgers=tuple(replace(t, rows=rows) if t.stem == stem else t for t in world.ledgers))


def ledger(world: World, stem: str) -> LedgerTable:
    """The extract called ``stem``; raises ``LookupError``."""
    found = next((t for t in world.ledgers if t.stem == stem), None)
    if found is None:
        raise LookupError(f"没有台账 {stem}。")
    return found


def rows_of(world: World, voucher: str) -> tuple[Row, ...]:
    """The rows about a voucher."""
    return tuple(r for r in world.rows if r.voucher == voucher)


def payments_of(world: World, voucher: str) -> tuple[Payment, ...]:
    """The payments that settle a voucher, wholly or in part."""
    return tuple(p for p in world.payments if any(k == voucher for k, _ in p.pays))


def add_row(world: World, row: Row) -> World:
    """``row`` at the end of the list, whatever its own sequence says; its voucher has to be in the world or is missing on purpose."""
    return replace(world, rows=(*world.rows, replace(row, sequence=len(world.rows) + 1)))


def add_invoice(world: World, invoice: Invoice, *rows: Row) -> World:
    """One more invoice, with rows about it at the end of the list where given. The rest is not numbered anew."""
    changed = replace(world, invoices=(*world.invoices, invoice))
    for row in rows:
        changed = add_row(changed, replace(row, voucher=invoice.key))
    return changed


def absent(world: World, *papers: PaperKey) -> World:
    """These papers are not enclosed."""
    return replace(world, handling=replace(world.handling, absent=world.handling.absent | set(papers)))


def settle(world: World, *, statistics: bool = False) -> World:
    """What follows from the rows by the applicant's own arithmetic: the sum that the application form states.

    The 合计 of the list is always the sum of its rows (unless ``sheets.stated_total`` says otherwise) and needs no settling. Filing,
    audit, plan and ledgers do not follow: an applicant who declares more does not thereby change what it filed. ``statistics=True`` also
    writes the 206 figures anew from the rows.
    """
    changed = replace(world, application=replace(world.application, declared_investment=sum((r.declared for r in world.rows), Decimal(0))))
    if not statistics:
        return changed
    years = sorted({int(v.period[:4]) for v in world.statistics if v.form == "206"})
    others = tuple(v for v in world.statistics if v.form != "206")
    return replace(changed, statistics=(*others, *investment_values(world.project, world.rows, years)))
