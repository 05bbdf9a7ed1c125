"""Orders abroad become declarations with duty and import VAT (rule-book B.2)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from samples import ids
from samples.catalogue import CUSTOMS_HOUSES
from samples.money import cents
from samples.world.company import shipper_party
from samples.world.days import vat_rate, workday
from samples.world.model import CustomsEntry, ImportedItem, Party
from samples.world.orders import Order

_RATES = {"USD": (66800, 70600), "EUR": (76200, 78800), "JPY": (608, 652)}
"""Bounds of yuan for ten thousand units of the currency, about as of 2017–2020."""


def import_entry(rng: random.Random, taken: set[str], order: Order, key: str, on: date, buyer: Party, contract: str) -> CustomsEntry:
    """The import of ``order`` declared ``on``. The dutiable value is the price CIF at the customs rate, to the cent."""
    good = order.imported
    assert good is not None
    house, house_name = rng.choice(CUSTOMS_HOUSES)
    number = ""
    while not number or number in taken:
        number = ids.declaration_number(house, on.year, rng.randint(100_000, 999_999_999 if rng.random() < 0.5 else 9_999_999))
    taken.add(number)
    low, high = _RATES[good.currency]
    exchange = (Decimal(rng.randint(low, high)) / 10000).quantize(Decimal("0.0001"))
    step = Decimal(10_000) if good.currency == "JPY" else Decimal(50)
    price = (Decimal(good.price) * Decimal(rng.randint(950, 1050)) / 1000 / step).quantize(Decimal(1)) * step
    total = price * order.pieces
    dutiable = cents(total * exchange)
    duty = cents(dutiable * Decimal(good.duty))
    vat = cents((dutiable + duty) * vat_rate("goods", on))
    imported = on - timedelta(days=rng.randint(0, 4))
    if imported.year != on.year:
        imported = on
    return CustomsEntry(
        key=key, declaration_number=number, declared_on=on, imported_on=imported, customs_house=house_name, consignee=buyer, end_user=buyer,
        shipper=shipper_party(good.shipper).name, trade_country=good.origin, mode_code="0110", mode_name="一般贸易", contract_number=contract,
        terms="CIF", currency=good.currency, exchange_rate=exchange,
        items=(ImportedItem(good.hs_code, good.name, good.spec, Decimal(order.pieces), good.unit, price, total, good.origin),),
        duty_rate=Decimal(good.duty), vat_rate=vat_rate("goods", on), dutiable_value=dutiable, duty=duty, vat=vat,
        paid_on=workday(on + timedelta(days=rng.randint(1, 8)), latest=date(2020, 6, 5)),
    )  # fmt: skip
