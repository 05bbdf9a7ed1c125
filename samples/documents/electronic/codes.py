"""What the codes on an electronic invoice say: QR payloads, the cipher area, the chain's hash. All keep the facts."""

from __future__ import annotations

import hashlib
import random

from samples.documents.qr import invoice_payload
from samples.money import plain
from samples.world.model import Invoice

_CIPHER = "0123456789+-*/<>"
CHAIN_HOST = "bcfp.example"
"""A name that can never be registered (RFC 2606); the bureau's page is an address of this form."""


def chain_hash(invoice: Invoice) -> str:
    """64 hexadecimal digits; the last five are the check code."""
    body = hashlib.sha256(f"{invoice.code}{invoice.number}{invoice.net}{invoice.seller.uscc}".encode()).hexdigest()
    return body[:59] + (invoice.check_code or body[59:])[-5:]


def payload(invoice: Invoice) -> str:
    """Fiscal payload; the chain's address with the gross amount in cents; for 数电票 type 31 with the gross amount (B.1.3)."""
    if invoice.kind == "blockchain":
        return f"https://{CHAIN_HOST}/verify/scan?hash={chain_hash(invoice)}&bill_num={invoice.number}&total_amount={int(invoice.gross * 100)}"
    if invoice.kind == "digital_special":
        facts = f"01,31,,{invoice.number},{plain(invoice.gross)},{invoice.issued_on:%Y%m%d},,"
        return f"{facts}{hashlib.sha256(facts.encode()).hexdigest()[:4].upper()},"
    return invoice_payload(invoice)


def cipher(rng: random.Random, invoice: Invoice) -> list[str]:
    """The lines of 密码区: four of 27 signs, or the chain's hash in three."""
    if invoice.kind == "blockchain":
        text = chain_hash(invoice)
        return [text[:22], text[22:44], text[44:]]
    wide = rng.choice((27, 27, 28))
    return ["".join(rng.choice(_CIPHER) for _ in range(wide)) for _ in range(4)]
