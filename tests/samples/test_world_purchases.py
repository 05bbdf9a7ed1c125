"""Vouchers, payments, bookings and rows of a clean world, to the cent."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import ROUND_DOWN, Decimal

import pytest

from samples.money import cents
from samples.world import World, make_world, vat_rate
from samples.world.frame import frame_of
from samples.world.model import Invoice, Item
from tests.samples.worlds import CASES, ids, world_of

D = Decimal
CUTOFF = date(2020, 6, 24)
FORMS = {
    "special": r"\d{4}1[5-9]\d[15][36]0|\d{4}20\d[15][36]0",
    "ordinary": r"0\d{4}(1[89]|20)\d{3}0[45]|\d{4}1[67]\d[36][25]0",
    "e_ordinary": r"0\d{4}(1[6-9]|20)\d{3}11",
    "blockchain": r"14403(1[89]|20)09[12]10",
}


@pytest.fixture(params=CASES, ids=ids)
def world(request: pytest.FixtureRequest) -> World:
    seed, categories = request.param
    return world_of(seed, categories)


def _items(invoice: Invoice) -> list[Item]:
    return [i for i in invoice.items if i.quantity is not None]


def test_lines_of_invoices_are_exact(world: World) -> None:
    for invoice in world.invoices:
        for item in invoice.items:
            assert abs(item.amount * item.rate - item.tax) <= D("0.01")
            assert item.amount == item.amount.quantize(D("0.01")) and item.tax == item.tax.quantize(D("0.01"))
            if item.quantity is not None and item.unit_price is not None:
                assert item.amount > 0 and abs(item.quantity * item.unit_price - item.amount) <= D("0.01")
            else:
                assert item.amount < 0 and item.tax < 0, "only a discount has neither quantity nor price"
        assert invoice.gross > 0
        assert invoice.on_goods_list == (len(_items(invoice)) > 8)


def test_dates_stand_inside_the_window(world: World) -> None:
    frame = frame_of(world.categories)
    days = [i.issued_on for i in world.invoices] + [e.declared_on for e in world.imports]
    assert frame.first <= min(days) and max(days) <= frame.last
    assert all(day.weekday() < 5 for day in days)


def test_rates_follow_the_date(world: World) -> None:
    for invoice in world.invoices:
        tiers = {vat_rate(tier, invoice.issued_on) for tier in ("goods", "construction", "service")}
        allowed = {D("0.03"), D("0.01")} if invoice.agent else tiers
        assert {i.rate for i in invoice.items} <= allowed
    assert [vat_rate("goods", d) for d in (date(2018, 4, 30), date(2018, 5, 1), date(2019, 3, 31), date(2019, 4, 1))] == [D("0.17"), D("0.16"), D("0.16"), D("0.13")]
    assert [vat_rate("construction", d) for d in (date(2018, 4, 30), date(2018, 5, 1), date(2019, 4, 1))] == [D("0.11"), D("0.10"), D("0.09")]


def test_codes_have_their_form_and_numbers_are_unique(world: World) -> None:
    for invoice in world.invoices:
        assert re.fullmatch(FORMS[invoice.kind], invoice.code), (invoice.kind, invoice.code)
        assert re.fullmatch(r"\d{8}", invoice.number)
        year = 2000 + int(invoice.code[5:7] if len(invoice.code) == 12 else invoice.code[4:6])
        assert invoice.issued_on.year - 2 <= year <= invoice.issued_on.year
        assert invoice.seller.invoice_area in invoice.code
        chain = invoice.kind == "blockchain"
        assert len(invoice.check_code) == (0 if invoice.kind == "special" else 5 if chain else 20)
        assert re.fullmatch("" if chain else r"\d{12}", invoice.machine_number)
        if invoice.kind == "blockchain":
            assert invoice.issued_on >= date(2018, 8, 10) and invoice.seller.invoice_area == "4403"
        if len(invoice.code) == 12 and invoice.kind == "ordinary":
            assert invoice.issued_on >= date(2018, 1, 1)
        assert all(bool(i.item_class) == (invoice.issued_on >= date(2018, 1, 1)) for i in invoice.items)
    assert len({(i.code, i.number) for i in world.invoices}) == len(world.invoices)


def test_buyers_and_sellers_are_who_they_should_be(world: World) -> None:
    for invoice in world.invoices:
        assert invoice.buyer == world.party
        assert invoice.buyer_tax_id == world.party.uscc or (invoice.buyer_tax_id == world.party.old_tax_id and invoice.issued_on < date(2017, 7, 1))
        assert invoice.seller_tax_id == (invoice.agent or invoice.seller).uscc
        if invoice.agent:
            assert invoice.seller.name in invoice.remarks and invoice.seller.uscc in invoice.remarks
        if any(i.name.endswith("工程") for i in invoice.items):
            assert "建筑服务发生地：深圳市" in invoice.remarks


def test_imports_follow_the_customs_arithmetic(world: World) -> None:
    for entry in world.imports:
        number = entry.declaration_number
        assert re.fullmatch(r"53\d{2}20\d{2}1\d{9}", number) and int(number[4:8]) == entry.declared_on.year == entry.imported_on.year
        assert entry.dutiable_value == cents(entry.foreign_total * entry.exchange_rate)
        assert abs(entry.dutiable_value * entry.duty_rate - entry.duty) <= D("0.005")
        assert abs((entry.dutiable_value + entry.duty) * entry.vat_rate - entry.vat) <= D("0.005")
        assert entry.vat_rate == vat_rate("goods", entry.declared_on)
        assert entry.consignee == world.party and entry.mode_code == "0110"
    assert len({e.declaration_number for e in world.imports}) == len(world.imports)


def test_contracts_cover_their_vouchers(world: World) -> None:
    grosses = {i.key: i.gross for i in world.invoices} | {e.key: e.dutiable_value for e in world.imports}
    seen: Counter[str] = Counter()
    for contract in world.contracts:
        assert contract.total == sum((grosses[k] for k in contract.vouchers), D(0)) == sum((i.amount + i.tax for i in contract.items), D(0))
        seen.update(contract.vouchers)
        for key in contract.vouchers:
            if key.startswith("I"):
                invoice = world.invoice(key)
                assert invoice.seller == contract.seller and contract.signed_on < invoice.issued_on
    assert set(seen) == set(grosses) and set(seen.values()) == {1}
    assert len({c.number for c in world.contracts}) == len(world.contracts)
    for row in world.rows:
        contract = next(c for c in world.contracts if row.voucher in c.vouchers)
        assert (row.contract_number, row.contract_date, row.contract_amount) == (contract.number, contract.signed_on, contract.total)


def test_payments_settle_the_vouchers(world: World) -> None:
    grosses = {i.key: i.gross for i in world.invoices} | {e.key: e.dutiable_value + e.duty + e.vat for e in world.imports}
    paid: Counter[str] = Counter()
    for payment in world.payments:
        assert payment.amount == sum((a for _, a in payment.pays), D(0)) and all(a > 0 for _, a in payment.pays)
        assert payment.payer == world.party and payment.paid_on < CUTOFF and payment.paid_on.weekday() < 5
        for key, amount in payment.pays:
            paid[key] += amount  # type: ignore[assignment]
            if key.startswith("I"):
                assert payment.payee == world.invoice(key).seller
        if payment.bill:
            assert payment.bill.amount == payment.amount and re.fullmatch(r"[12]\d{29}", payment.bill.number) and payment.slip_number == payment.bill.number
            assert payment.bill.issued_on < payment.bill.due_on
    short = [key for key, gross in grosses.items() if paid[key] != gross]
    assert all(D("0.85") < paid[key] / grosses[key] < 1 for key in short)
    assert len(short) <= max(1, 0.03 * len(world.rows))
    assert len({p.slip_number for p in world.payments}) == len(world.payments)


def test_rows_tell_what_the_vouchers_say(world: World) -> None:
    assert [r.sequence for r in world.rows] == list(range(1, len(world.rows) + 1))
    assert len({r.asset_number for r in world.rows if r.fixed}) == sum(r.fixed for r in world.rows)
    slips = {p.slip_number: p for p in world.payments}
    for key in dict.fromkeys(r.voucher for r in world.rows):
        rows = [r for r in world.rows if r.voucher == key]
        if key.startswith("C"):
            entry = world.customs_entry(key)
            (row,) = rows
            assert (row.net, row.tax, row.invoice_number) == (entry.dutiable_value + entry.duty, entry.vat, entry.declaration_number)
            assert row.voucher_type == "customs" and row.invoice_date == entry.declared_on
            deductible = True
        else:
            invoice = world.invoice(key)
            assert sum((r.net for r in rows), D(0)) == invoice.net and sum((r.tax for r in rows), D(0)) == invoice.tax
            assert {(r.invoice_code, r.invoice_number, r.invoice_date, r.voucher_type) for r in rows} == {(invoice.code, invoice.number, invoice.issued_on, invoice.kind)}
            deductible = invoice.deductible
        booking = next(b for b in world.bookings if b.voucher_key == key)
        assert booking.amount == sum((r.gross for r in rows), D(0)) and {r.bookkeeping_number for r in rows} == {booking.number}
        for row in rows:
            assert row.net + row.tax == row.gross
            cost = row.net if deductible else row.gross
            if row.paid == row.gross:
                assert row.declared == cost and not row.remarks
            else:
                assert row.declared == (cost * row.paid / row.gross).quantize(D("0.01"), ROUND_DOWN) and "质保金" in row.remarks
            assert D(0) <= row.smart <= row.declared and bool(row.smart) == bool(row.smart_note)
            assert bool(row.asset_number) == row.fixed
            assert abs(row.quantity * row.unit_price - row.net) <= D("0.01") * row.quantity
            assert len(row.payments) <= 3
            assert all(slips[p.number].paid_on == p.on and slips[p.number].method == p.method for p in row.payments)
    listed: Counter[str] = Counter()
    for row in world.rows:
        for part in row.payments:
            listed[part.number] += part.amount  # type: ignore[assignment]
    assert listed == {p.slip_number: p.amount for p in world.payments}


def test_no_row_looks_like_another_of_its_invoice(world: World) -> None:
    """Equal names and amounts on one invoice would be a duplicate (R-042)."""
    marks = [(r.voucher, r.name, r.declared) for r in world.rows]
    assert len(set(marks)) == len(marks)


def test_bookings_follow_the_vouchers(world: World) -> None:
    assert len({b.number for b in world.bookings}) == len(world.bookings) == len(world.invoices) + len(world.imports)
    for booking in world.bookings:
        assert re.fullmatch(r"\d{4}-\d{2}-[记付转]-\d{4}", booking.number) and booking.number.startswith(f"{booking.booked_on:%Y-%m}")


@pytest.mark.parametrize("count", [5, 8, 12, 32, 130])
def test_as_many_vouchers_as_asked_for(count: int) -> None:
    for categories in (("1",), ("1", "2"), ("3",), ("4b",)):
        world = make_world(11, categories, invoices=count)  # type: ignore[arg-type]
        assert len(world.invoices) + len(world.imports) == count
        if "2" in categories:
            assert world.smart_total > 5_200_000


def test_a_usual_list_has_every_kind_of_voucher() -> None:
    """Seeds 0 to 9 of category 1 and 2 with 32 vouchers."""
    for seed in range(10):
        world = make_world(seed)
        kinds = Counter(i.kind for i in world.invoices)
        assert set(kinds) == {"special", "ordinary", "e_ordinary", "blockchain"} and kinds["special"] >= 20
        assert 1 <= len(world.imports) <= 3 and any(i.agent for i in world.invoices)


def test_long_lists_stay_plausible() -> None:
    world = make_world(6, ("1", "2"), invoices=2000)
    assert len(world.rows) > 2400
    assert len({r.supplier_name for r in world.rows}) >= 40
    assert len({r.name for r in world.rows if "等" not in r.name}) >= 80
    assert any(i.on_goods_list for i in world.invoices)
    assert any(i.quantity is None for v in world.invoices for i in v.items), "discounts"
    assert any(len(p.pays) > 1 for p in world.payments) and any(p.bill for p in world.payments)
    assert sum(p.paid_on.year == 2020 for p in world.payments) > 20
    unpaid = [r for r in world.rows if r.remarks]
    assert 0 < len(unpaid) <= 0.03 * len(world.rows)
    assert len(world.imports) / 2000 == pytest.approx(0.055, abs=0.026)
    keys = {(i.code, i.number) for i in world.invoices}
    assert len(keys) == len(world.invoices)
    assert any(n.startswith("0") for _, n in keys)
    assert len({(i.seller.uscc, i.net) for i in world.invoices}) == len(world.invoices), "equal ones look like an exchanged invoice"
