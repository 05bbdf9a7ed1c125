"""How vouchers are paid: at once, jointly, in instalments with retention money, with acceptance bills."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from samples import ids
from samples.catalogue import CUSTOMS_HOUSES
from samples.money import cents
from samples.world.days import LAST_PAYMENT, months_later, workday
from samples.world.model import ZERO, Bill, CustomsEntry, Invoice, Party, Payment


@dataclass(frozen=True)
class Due:
    """A voucher to be paid; ``retain`` allows its retention money to stay unpaid."""

    key: str
    issued_on: date
    gross: Decimal
    what: str
    retain: bool = False


@dataclass
class Cashier:
    """Writes the payments of one applicant. Bank slips have numbers as the applicant's bank writes them."""

    seed: int
    payer: Party
    payments: list[Payment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._style = random.Random(f"{self.seed}:slip style").randint(0, 2)

    def pay(self, rng: random.Random, payee: Party, on: date, pays: list[tuple[str, Decimal]], purpose: str, bill: Bill | None = None) -> Payment:
        number = len(self.payments) + 1
        slip = bill.number if bill else self._slip(rng, on, number)
        payment = Payment(f"P{number:03d}", slip, on, self.payer, payee, sum((a for _, a in pays), ZERO), purpose, tuple(pays), bill)
        self.payments.append(payment)
        return payment

    def _slip(self, rng: random.Random, on: date, number: int) -> str:
        if self._style == 0:
            return f"{on:%Y%m%d}{rng.randint(10, 99)}{number:06d}"
        if self._style == 1:
            return f"{on:%y%m%d}{number:05d}{rng.randint(100, 999)}"
        return f"HD{on:%Y%m%d}{number:05d}{rng.randint(10, 99)}"

    def settle_contract(self, rng: random.Random, payee: Party, signed: date, dues: list[Due], contract: str) -> None:
        """All vouchers of one contract, in one of the usual ways."""
        if len(dues) > 1 and rng.random() < 0.3:
            self._jointly(rng, payee, dues, contract)
            return
        for due in dues:
            draw = rng.random()
            if due.retain or (draw < 0.17 and due.gross > 80_000):
                self._instalments(rng, payee, signed, due, contract)
            elif draw < 0.24 and due.gross > 50_000:
                on = self._soon(rng, due.issued_on)
                self.pay(rng, payee, on, [(due.key, due.gross)], f"支付{due.what}款", self._bill(rng, payee, due.gross, on))
            elif draw < 0.32 and (due.issued_on - signed).days > 12:
                on = workday(due.issued_on - timedelta(days=rng.randint(3, 10)))
                self.pay(rng, payee, on, [(due.key, due.gross)], f"预付{due.what}款")
            else:
                self.pay(rng, payee, self._soon(rng, due.issued_on), [(due.key, due.gross)], self._purpose(rng, due, contract))

    def _soon(self, rng: random.Random, after: date, least: int = 4, most: int = 75) -> date:
        return workday(after + timedelta(days=rng.randint(least, most)), latest=LAST_PAYMENT)

    def _purpose(self, rng: random.Random, due: Due, contract: str) -> str:
        return rng.choice((f"付{due.what}款", "货款", f"支付合同{contract}款", "设备款"))

    def _jointly(self, rng: random.Random, payee: Party, dues: list[Due], contract: str) -> None:
        """One slip for several invoices, after the last of them."""
        on = self._soon(rng, max(d.issued_on for d in dues), 3, 40)
        self.pay(rng, payee, on, [(d.key, d.gross) for d in dues], f"支付合同{contract}货款")

    def _instalments(self, rng: random.Random, payee: Party, signed: date, due: Due, contract: str) -> None:
        ahead = cents(due.gross * Decimal(rng.choice((20, 30, 30, 40))) / 100)
        kept = cents(due.gross * Decimal(rng.choice((5, 5, 10))) / 100)
        room = max(0, (due.issued_on - signed).days - 2)
        if room:
            first = workday(signed + timedelta(days=rng.randint(1, max(1, min(room, 45)))), latest=due.issued_on)
        else:
            first = self._soon(rng, due.issued_on, 1, 10)
        self.pay(rng, payee, first, [(due.key, ahead)], f"合同{contract}预付款")
        second = self._soon(rng, max(due.issued_on, first), 5, 40)
        rest = due.gross - ahead - kept
        bill = self._bill(rng, payee, rest, second) if rng.random() < 0.15 else None
        self.pay(rng, payee, second, [(due.key, rest)], f"合同{contract}到货款", bill)
        if due.retain:
            return
        later = months_later(second, rng.choice((3, 6, 12)))
        last = workday(min(later, LAST_PAYMENT - timedelta(days=rng.randint(0, 20))), latest=LAST_PAYMENT)
        self.pay(rng, payee, max(last, second), [(due.key, kept)], f"合同{contract}质保金")

    def _bill(self, rng: random.Random, payee: Party, amount: Decimal, on: date) -> Bill:
        """Drawn by the applicant on its bank; sometimes a customer's bill that the applicant endorses."""
        bank = rng.random() < 0.85
        number = ids.bill_number(rng, bank=bank, year=on.year, month=on.month, day=on.day)
        if rng.random() < 0.25:
            customer = Party(f"深圳市{rng.choice('嘉瑞宏信盈')}{rng.choice('澜岳栎珩砺')}供应链有限公司", ids.random_uscc(rng, "440300"), "深圳市福田区", "", "平安银行深圳福田支行", ids.digits(rng, 14))
            drawn = on - timedelta(days=rng.randint(15, 60))
            number = ids.bill_number(rng, bank=True, year=drawn.year, month=drawn.month, day=drawn.day)
            return Bill(number, customer, self.payer, customer.bank, amount, drawn, months_later(drawn, 6), payee)
        return Bill(number, self.payer, payee, self.payer.bank if bank else self.payer.name, amount, on, months_later(on, 6))

    def settle_import(self, rng: random.Random, entry: CustomsEntry, shipper: Party, signed: date) -> None:
        """The price is remitted abroad, duty and VAT go to the customs house on the day of their payment books."""
        price = entry.dutiable_value
        if rng.random() < 0.5 and (entry.declared_on - signed).days > 14:
            on = workday(signed + timedelta(days=rng.randint(3, 10)))
        else:
            on = self._soon(rng, entry.declared_on, 8, 60)
        self.pay(rng, shipper, on, [(entry.key, price)], f"进口货款 {entry.contract_number}")
        self.pay(rng, customs_party(entry.customs_house), entry.paid_on, [(entry.key, entry.duty + entry.vat)], "进口关税及增值税")


def customs_party(house: str) -> Party:
    """The customs house as payee of duty and import VAT."""
    number = next(n for n, name in CUSTOMS_HOUSES if name == house)
    return Party(f"中华人民共和国{house}", "", "深圳市", "", "国家金库深圳分库", f"24000000{number}000", invoice_area="")


def due_of(invoice: Invoice, *, retain: bool = False) -> Due:
    first = invoice.items[0].name
    return Due(invoice.key, invoice.issued_on, invoice.gross, first[:14], retain)
