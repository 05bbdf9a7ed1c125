"""What an electronic invoice shows: for every field its canonical value and its print, overprints applied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from samples.money import capital, plain, words_value
from samples.world.model import Invoice, InvoiceKind, Item, Overprint

TITLES: dict[InvoiceKind, str] = {
    "e_ordinary": "{place}增值税电子普通发票", "blockchain": "深圳电子普通发票", "digital_special": "电子发票（增值税专用发票）",
}  # fmt: skip
_MONEY = frozenset({"amount", "tax", "total"})
_IDS = frozenset({"invoice_code", "invoice_number", "check_code", "machine_number", "buyer_tax_id", "seller_tax_id"})


@dataclass(frozen=True)
class Shown:
    """One value on the sheet: ``value`` canonical, ``text`` as printed."""

    value: str
    text: str


@dataclass(frozen=True)
class Face:
    """All that the face of an invoice shows, by the contract's field names; ``patched`` fields were covered and set anew."""

    title: str
    fields: dict[str, Shown]
    buyer: tuple[str, str]
    """Address and phone, bank and account."""
    seller: tuple[str, str]
    lines: tuple[dict[str, Shown], ...]
    clerks: tuple[str, str, str]
    patched: dict[str, Shown]

    def text(self, name: str) -> str:
        return self.fields[name].text


def face_of(invoice: Invoice, *, facts: bool = False) -> Face:
    """The face of ``invoice``; with ``facts`` nothing is overprinted (what the data inside the file keep).

    Patched overprints, and all overprints of an edited file, are in ``patched``; ``fields`` then hold what lies below.
    """
    if invoice.kind not in TITLES:
        raise ValueError(f"{invoice.kind} is no electronic invoice; draw it on paper (samples.documents.invoice)")
    seller = invoice.agent or invoice.seller
    place = seller.supervision.removesuffix("市").removesuffix("省")
    kept = invoice.check_code[-5:] if invoice.kind == "blockchain" and len(invoice.check_code) > 5 else invoice.check_code
    title = TITLES[invoice.kind].format(place=place)
    fields = {
        "invoice_type": Shown(invoice.kind, title),
        "invoice_code": Shown(invoice.code, invoice.code),
        "invoice_number": Shown(invoice.number, invoice.number),
        "issue_date": Shown(invoice.issued_on.isoformat(), chinese(invoice.issued_on)),
        "check_code": Shown(kept, " ".join(kept[i : i + 5] for i in range(0, len(kept), 5))),
        "machine_number": Shown(*2 * ("" if invoice.kind == "blockchain" else invoice.machine_number,)),
        "buyer_name": Shown(invoice.buyer.name, invoice.buyer.name),
        "buyer_tax_id": Shown(invoice.buyer_tax_id, invoice.buyer_tax_id),
        "seller_name": Shown(seller.name, seller.name),
        "seller_tax_id": Shown(*2 * (invoice.seller_tax_id if invoice.agent is None else seller.uscc,)),
        "amount": Shown(plain(invoice.net), f"¥{plain(invoice.net)}"),
        "tax": Shown(plain(invoice.tax), "***" if _untaxed(invoice) else f"¥{plain(invoice.tax)}"),
        "total": Shown(plain(invoice.gross), f"¥{plain(invoice.gross)}"),
        "total_capital": Shown(plain(invoice.gross), in_words(invoice.gross)),
        "remarks": Shown(_remarks(invoice), _remarks(invoice)),
    }
    fields = {name: shown for name, shown in fields.items() if shown.text}
    patched: dict[str, Shown] = {}
    if not facts:
        for over in invoice.overprints:
            if over.patched or invoice.edited:
                patched[over.field] = overprinted(over)
            else:
                fields[over.field] = overprinted(over)
    return Face(
        title, fields, (_joined(invoice.buyer.address, invoice.buyer.phone), _joined(invoice.buyer.bank, invoice.buyer.account)),
        (_joined(seller.address, seller.phone), _joined(seller.bank, seller.account)), _lines(invoice), invoice.clerks, patched,
    )  # fmt: skip


def chinese(day: date) -> str:
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def in_words(total: Decimal) -> str:
    return capital(total) if total >= 0 else f"（负数）{capital(-total)}"


def overprinted(over: Overprint) -> Shown:
    """The print and the canonical value of what it says."""
    text = over.text
    if over.field in _MONEY:
        value = re.sub(r"[¥￥,，\s]", "", text)
        try:
            value = plain(Decimal(value))
        except InvalidOperation:
            return Shown(text, text)
        return Shown(value, text if text[:1] in "¥￥*" else f"¥{value}")
    if over.field == "issue_date" and (found := re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", text)):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return Shown(day.isoformat(), chinese(day))
    if over.field == "total_capital":
        try:
            total = Decimal(text)
        except InvalidOperation:
            return Shown(words_value(text), text)
        return Shown(plain(total), in_words(total))
    return Shown(re.sub(r"\s", "", text) if over.field in _IDS else text, text)


def _untaxed(invoice: Invoice) -> bool:
    return all(item.rate == 0 for item in invoice.items)


def _joined(first: str, second: str) -> str:
    return f"{first} {second}".strip()


def _remarks(invoice: Invoice) -> str:
    if invoice.agent is not None:
        return f"代开企业税号:{invoice.seller_tax_id} 代开企业名称:{invoice.seller.name} {invoice.remarks}".strip()
    return invoice.remarks


def number(value: Decimal) -> str:
    """Without trailing zeros and exponents."""
    return format(value.normalize(), "f")


def _lines(invoice: Invoice) -> tuple[dict[str, Shown], ...]:
    if not invoice.on_goods_list:
        return tuple(item_cells(item) for item in invoice.items)
    rates = {item.rate for item in invoice.items}
    cells = {"name": Shown("（详见销货清单）", "（详见销货清单）"), "amount": Shown(*2 * (plain(invoice.net),)), "tax": Shown(*2 * (plain(invoice.tax),))}
    if len(rates) == 1:
        cells["tax_rate"] = _rate(rates.pop())
    return (cells,)


def item_cells(item: Item) -> dict[str, Shown]:
    """The printed cells of one line, by the contract's column names; empty ones are left out."""
    name = f"*{item.item_class}*{item.name}" if item.item_class else item.name
    cells = {
        "name": Shown(name, name), "spec": Shown(item.spec, item.spec), "unit": Shown(item.unit, item.unit),
        "quantity": Shown(*2 * (number(item.quantity) if item.quantity is not None else "",)),
        "unit_price": Shown(*2 * (number(item.unit_price) if item.unit_price is not None else "",)),
        "amount": Shown(*2 * (plain(item.amount),)), "tax_rate": _rate(item.rate),
        "tax": Shown(plain(item.tax), "***" if item.rate == 0 else plain(item.tax)),
    }  # fmt: skip
    return {column: shown for column, shown in cells.items() if shown.text}


def _rate(rate: Decimal) -> Shown:
    return Shown(number(rate) if rate else "0", f"{number(rate * 100)}%" if rate else "免税")
