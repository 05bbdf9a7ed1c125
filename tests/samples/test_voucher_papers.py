"""Slips, customs papers, bills, bookings and purchase contracts: every field of the contract is printed, noted, and true to the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
import zxingcpp

from samples.documents import bank_slip
from samples.documents.acceptance_bill import draw_acceptance_bill, spaced
from samples.documents.bank_slip import draw_payment_slip, slips_per_sheet
from samples.documents.bookkeeping import draw_accounting_voucher, draw_asset_card, draw_delivery_acceptance
from samples.documents.customs import draw_customs_declaration, draw_customs_payment, issued_on, share
from samples.documents.draft import Draft
from samples.documents.purchase_contract import draw_purchase_contract
from samples.money import capital, plain
from samples.paper import Paper, blueprint
from samples.world import World, make_world
from samples.world.model import Payment

WORLD = make_world(7, ("1", "2"))
BANKS = ("中国工商银行深圳甲支行", "中国银行深圳乙支行", "招商银行深圳丙支行", "中国建设银行深圳丁支行", "平安银行深圳戊支行", "东莞银行己支行", "江苏银行庚支行")


def fields(draft: Draft) -> dict[str, str]:
    """First sight of every field over the pages, as truth takes it."""
    seen: dict[str, str] = {}
    for paper in draft.papers:
        for name, noted in paper.fields.items():
            seen.setdefault(name, noted.value)
    return seen


def boxes(draft: Draft) -> Iterator[tuple[Paper, str, tuple[float, float, float, float]]]:
    for paper in draft.papers:
        for name, noted in paper.fields.items():
            yield paper, name, noted.box
        for cells in paper.rows.values():
            for _, column, noted in cells:
                yield paper, column, noted.box


def inside(draft: Draft) -> None:
    for paper, name, (x0, y0, x1, y1) in boxes(draft):
        assert -0.5 <= x0 < x1 <= paper.width + 0.5, (name, x0, x1)
        assert -0.5 <= y0 < y1 <= paper.height + 0.5, (name, y0, y1)


def test_every_payment_slip_carries_all_its_fields_in_every_layout() -> None:
    payment = next(p for p in WORLD.payments if not p.bill)
    titles = set()
    with blueprint():
        for bank in BANKS:
            for seed in range(12):
                world = replace(WORLD, seed=seed)
                draft = draw_payment_slip(world, replace(payment, payer=replace(payment.payer, bank=bank)))
                titles.add(draft.title)
                seen = fields(draft)
                assert seen == {
                    "slip_number": payment.slip_number, "payer_name": payment.payer.name, "payer_account": payment.payer.account,
                    "payee_name": payment.payee.name, "payee_account": payment.payee.account, "amount": plain(payment.amount),
                    "amount_capital": seen["amount_capital"], "paid_on": payment.paid_on.isoformat(), "bank": bank, "purpose": payment.purpose,
                }  # fmt: skip
                assert seen["amount_capital"] in {capital(payment.amount, "圆"), capital(payment.amount, "元")}
                inside(draft)
    assert titles == {title for _, title, _ in bank_slip._LAYOUTS} | {"电汇凭证"}


def test_a_bank_keeps_its_layout_and_says_how_many_fit_on_a_sheet() -> None:
    payments = [p for p in WORLD.payments if not p.bill]
    with blueprint():
        drafts = [draw_payment_slip(WORLD, p) for p in payments]
    usual = {d.title for d in drafts} - {"电汇凭证", "业务凭证（客户回单）"}
    assert len(usual) == 1
    high = max(d.papers[0].height for d in drafts if d.title in usual)
    assert slips_per_sheet(payments[0].payer.bank) * high <= 297


def test_a_changed_payee_leaves_the_rest_of_the_slip_alone() -> None:
    """A defect must not shake the layout: serials, clock and check code are the same."""
    payment = next(p for p in WORLD.payments if not p.bill)
    other = replace(payment, payee=WORLD.company.sister)
    with blueprint():
        one, two = draw_payment_slip(WORLD, payment), draw_payment_slip(WORLD, other)
    assert one.title == two.title
    changed = {name for name in fields(one) if fields(one)[name] != fields(two)[name]}
    assert changed == {"payee_name", "payee_account"}
    assert [s.box for s in one.papers[0].seals] == [s.box for s in two.papers[0].seals]


def test_the_declaration_carries_its_number_as_a_bar_code() -> None:
    entry = WORLD.imports[0]
    draft = draw_customs_declaration(WORLD, entry)
    codes = zxingcpp.read_barcodes(np.asarray(draft.papers[0].image.convert("L"))[:160])
    assert [code.text for code in codes] == [entry.declaration_number]


def test_a_declaration_states_what_the_world_knows() -> None:
    for entry in WORLD.imports:
        with blueprint():
            draft = draw_customs_declaration(WORLD, entry)
        assert fields(draft) == {
            "declaration_number": entry.declaration_number, "declared_on": entry.declared_on.isoformat(), "import_date": entry.imported_on.isoformat(),
            "consignee_name": entry.consignee.name, "currency": entry.currency, "total": plain(entry.foreign_total),
        }  # fmt: skip
        assert draft.papers[0].width > draft.papers[0].height
        inside(draft)


def test_before_august_2018_the_declaration_has_the_older_layout() -> None:
    entry = WORLD.imports[0]
    old = replace(entry, declared_on=date(2018, 5, 9), imported_on=date(2018, 5, 8))

    def words(thing: Draft) -> str:
        return "".join(getattr(mark, "text", "") for mark in thing.papers[0].marks)

    assert "境内收货人" in words(draw_customs_declaration(WORLD, replace(entry, declared_on=date(2019, 5, 9))))
    assert "境内收货人" not in words(draw_customs_declaration(WORLD, old))
    assert "收发货人" in words(draw_customs_declaration(WORLD, old))


def test_the_payment_books_tie_to_the_declaration() -> None:
    entry = replace(WORLD.imports[0], duty_rate=Decimal("0.05"), duty=Decimal("1234.56"))
    with blueprint():
        vat, duty = draw_customs_payment(WORLD, entry, "vat"), draw_customs_payment(WORLD, entry, "duty")
    assert fields(vat)["payment_number"] == entry.declaration_number + "-L02"
    assert fields(duty)["payment_number"] == entry.declaration_number + "-A01"
    assert Decimal(fields(vat)["dutiable_value"]) == entry.dutiable_value + entry.duty
    assert Decimal(fields(duty)["dutiable_value"]) == entry.dutiable_value
    assert fields(vat)["tax"] == plain(entry.vat)
    assert fields(duty)["tax"] == plain(entry.duty)
    for draft in (vat, duty):
        assert fields(draft)["issue_date"] == issued_on(entry).isoformat() <= entry.paid_on.isoformat()
        rows = draft.papers[0].rows["items"]
        assert sum(Decimal(n.value) for _, column, n in rows if column == "tax") == Decimal(fields(draft)["tax"])
        assert {"authority", "unknown"} == {seal.role for seal in draft.papers[0].seals}
        inside(draft)


def test_a_share_over_many_items_loses_no_cent() -> None:
    entry = WORLD.imports[0]
    three = replace(entry, items=tuple(replace(entry.items[0], total=Decimal(n)) for n in (1, 1, 1)))
    assert sum(share(Decimal("100.00"), three)) == Decimal("100.00")
    assert share(Decimal("100.00"), three) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_a_bill_shows_thirty_digits_in_groups_and_who_endorsed_it() -> None:
    world, payment = _with_bill()
    assert payment.bill is not None
    draft = draw_acceptance_bill(world, payment)
    seen = fields(draft)
    assert seen["bill_number"] == payment.bill.number
    assert re.sub(r"\s", "", spaced(payment.bill.number)) == payment.bill.number
    assert re.fullmatch(r"\d \d{7} \d{5} \d{8} \d{8} \d", spaced(payment.bill.number))
    assert seen["amount"] == plain(payment.bill.amount)
    back = "".join(getattr(mark, "text", "") for mark in draft.papers[1].marks)
    assert ("被背书人名称" in back) == (payment.bill.payee.name != payment.payee.name or payment.bill.endorsed_to is not None)
    inside(draft)


def _with_bill() -> tuple[World, Payment]:
    for seed in range(40):
        world = make_world(seed, ("1",))
        found = next((p for p in world.payments if p.bill and p.bill.endorsed_to), None)
        if found:
            return world, found
    raise AssertionError("no world with an endorsed bill")


def test_a_slip_without_a_bill_cannot_be_drawn_as_one() -> None:
    with pytest.raises(ValueError, match="银行回单"):
        draw_acceptance_bill(WORLD, next(p for p in WORLD.payments if not p.bill))


def test_books_balance_and_cards_carry_the_net_where_tax_is_deducted() -> None:
    for booking in WORLD.bookings:
        with blueprint():
            voucher, card = draw_accounting_voucher(WORLD, booking), draw_asset_card(WORLD, booking)
            delivery = draw_delivery_acceptance(WORLD, booking)
        assert fields(voucher) == {"number": booking.number, "date": booking.booked_on.isoformat(), "amount": plain(booking.amount)}
        invoice = next((i for i in WORLD.invoices if i.key == booking.voucher_key), None)
        if invoice is not None and invoice.deductible and booking.amount == invoice.gross:
            assert fields(card)["amount"] == plain(invoice.net)
        if booking.asset_number:
            assert fields(card)["number"] == booking.asset_number
            assert fields(card)["place"] == booking.place
        assert set(fields(delivery)) >= {"number", "date", "seller_name", "buyer_name", "place", "amount"}
        inside(card)
        inside(delivery)


def test_a_purchase_contract_prints_parties_goods_and_total_and_is_sealed_by_both() -> None:
    for contract in WORLD.contracts:
        with blueprint():
            draft = draw_purchase_contract(WORLD, contract)
        assert fields(draft) == {
            "contract_number": contract.number, "buyer_name": contract.buyer.name, "seller_name": contract.seller.name, "total": plain(contract.total),
            "signed_on": contract.signed_on.isoformat(),
        }  # fmt: skip
        assert 2 <= len(draft.papers) <= 6
        assert draft.seam
        names = [n.value for p in draft.papers for _, column, n in p.rows.get("items", []) if column == "name"]
        assert names == [item.name for item in contract.items]
        owners = "".join(seal.text for paper in draft.papers for seal in paper.seals)
        assert contract.buyer.name in owners
        abroad = contract.seller.name.isascii()
        assert (contract.seller.name in owners) is not abroad, "a seller abroad signs and has no seal"
        inside(draft)


def test_an_unsealed_contract_keeps_the_sellers_seal_alone() -> None:
    contract = WORLD.contracts[0]
    world = replace(WORLD, handling=replace(WORLD.handling, unsealed=frozenset({f"purchase_contract::{contract.number}"})))
    with blueprint():
        draft = draw_purchase_contract(world, contract)
    owners = [seal.text for paper in draft.papers for seal in paper.seals]
    assert [contract.seller.name in owner for owner in owners] == [True]
