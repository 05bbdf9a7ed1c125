"""Electronic invoices as OFD: the tax bureau's own packages of 2020, those of platforms, and 数电票."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from samples.documents.electronic.codes import payload
from samples.documents.electronic.facts import Face, face_of, item_cells
from samples.documents.electronic.styles import Style
from samples.money import plain
from samples.ofd import Annotated, Package, PageBuilder, Signed, write_package
from samples.runs import Mark, Picture, Run, Stroke
from samples.vector_paper import VectorPaper
from samples.world.model import Invoice

_LEAVES = {
    "invoice_code": "InvoiceCode", "invoice_number": "InvoiceNo", "issue_date": "IssueDate", "check_code": "InvoiceCheckCode", "machine_number": "MachineNo",
    "cipher": "TaxControlCode", "total": "TaxInclusiveTotalAmount", "amount": "TaxExclusiveTotalAmount", "tax": "TaxTotalAmount", "payee": "Payee",
    "checker": "Checker", "clerk": "InvoiceClerk", "remarks": "Note",
}  # fmt: skip
_PARTY = {"name": "Name", "tax_id": "TaxID", "address": "AddrTel", "bank": "FinancialAccount"}
_ITEM = {
    "name": "Item", "spec": "Specification", "unit": "MeasurementDimension", "unit_price": "Price", "quantity": "Quantity", "amount": "Amount",
    "tax_rate": "TaxScheme", "tax": "TaxAmount",
}  # fmt: skip


def write_ofd_invoice(path: Path, paper: VectorPaper, style: Style, invoice: Invoice, moment: datetime, covers: Sequence[Mark]) -> None:
    """Writes the package; ``covers`` were laid over the page by an editor after it was signed. The data inside keep the facts."""
    marks = paper.marks
    seals = tuple(m for m in marks if isinstance(m, Picture) and m.role in ("seal", "printed_seal"))
    rest = [m for m in marks if m not in seals]
    behind: list[Mark] = [m for m in rest if isinstance(m, Stroke) or (isinstance(m, Run) and m.role == "label" and m.face == style.labels)]
    front = [m for m in rest if m not in behind]
    facts = face_of(invoice, facts=True)
    digital, bureau = style.platform == "digital", style.platform == "bureau"
    names = {m.name for m in front if isinstance(m, Run) and m.name}
    printed = next((m for m in seals if m.role == "printed_seal"), None)
    package = Package(
        doc_id=hashlib.md5(f"{invoice.code}{invoice.number}".encode(), usedforsecurity=False).hexdigest(), created=moment,
        pages=[(behind, front, (paper.width, paper.height))], builder=PageBuilder(english=not (bureau or digital), short_deltas=not bureau),
        custom=_custom(invoice, facts, everything=not bureau and not digital), attachments={} if digital else {"original_invoice": _data(invoice, facts)},
        tag=_tag(names, "ofd:root" if digital else "eInvoice"), seals=Signed(printed) if bureau and printed else Annotated(seals, "Watermark" if digital else "Stamp"),
        creator="Suwell" if digital else "", later=[list(covers)],
    )  # fmt: skip
    write_package(package, path)


def _custom(invoice: Invoice, facts: Face, *, everything: bool) -> dict[str, str]:
    wanted = {
        "发票代码": "invoice_code", "发票号码": "invoice_number", "开票日期": "issue_date", "校验码": "check_code", "购买方纳税人识别号": "buyer_tax_id",
        "销售方纳税人识别号": "seller_tax_id",
    }  # fmt: skip
    said = {"native-producer": "SampleFormSDK", "producer-version": "1.0.20.0603"}
    said |= {word: facts.text(name) for word, name in wanted.items() if name in facts.fields}
    said |= {"合计金额": plain(invoice.net), "合计税额": plain(invoice.tax)}
    if everything:
        said |= {"价税合计": plain(invoice.gross), "购买方名称": invoice.buyer.name, "销售方名称": facts.text("seller_name")}
    return said


def _data(invoice: Invoice, facts: Face) -> bytes:
    """original_invoice.xml in the schema of 2019."""

    def leaf(name: str, text: str) -> str:
        return f"<fp:{name}>{escape(text)}</fp:{name}>"

    def value(name: str) -> str:
        return facts.fields[name].value if name in facts.fields else ""

    def party(role: str, said: tuple[str, str]) -> str:
        side = role.title()
        inner = leaf(f"{side}Name", value(f"{role}_name")) + leaf(f"{side}TaxID", value(f"{role}_tax_id"))
        return f"<fp:{side}>{inner}{leaf(f'{side}AddrTel', said[0])}{leaf(f'{side}FinancialAccount', said[1])}</fp:{side}>"

    goods = ""
    for item in invoice.items:
        cells = item_cells(item)
        row = "".join(leaf(tag, cells[column].text if column in cells else "") for column, tag in _ITEM.items())
        goods += f"<fp:GoodsInfo>{row}</fp:GoodsInfo>"
    body = (
        leaf("DocID", "01") + leaf("InvoiceCode", value("invoice_code")) + leaf("InvoiceNo", value("invoice_number")) + leaf("TypeCode", "0")
        + leaf("IssueDate", facts.text("issue_date")) + leaf("InvoiceCheckCode", value("check_code")) + leaf("MachineNo", value("machine_number"))
        + party("buyer", facts.buyer) + leaf("Tpvn", "") + party("seller", facts.seller) + leaf("TaxInclusiveTotalAmount", plain(invoice.gross))
        + leaf("Note", value("remarks")) + leaf("InvoiceClerk", invoice.clerks[2]) + leaf("Payee", invoice.clerks[0]) + leaf("Checker", invoice.clerks[1])
        + leaf("TaxTotalAmount", facts.text("tax").lstrip("¥")) + leaf("TaxExclusiveTotalAmount", plain(invoice.net)) + leaf("GraphCode", payload(invoice))
    )  # fmt: skip
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">'
        f"{body}<fp:GoodsInfos>{goods}</fp:GoodsInfos></eInvoice>"
    ).encode()


def _tag(names: set[str], root: str) -> str:
    """The custom tag with a place for the references of every named run."""
    prefix = "ofd:" if root.startswith("ofd:") else ""

    def leaf(tag: str, name: str) -> str:
        return f"<{prefix}{tag}>{{{name}}}</{prefix}{tag}>" if name in names else ""

    body = "".join(leaf(tag, name) for name, tag in _LEAVES.items())
    for role in ("buyer", "seller"):
        inner = "".join(leaf(f"{role.title()}{tag}", f"{role}_{name}") for name, tag in _PARTY.items())
        body += f"<{prefix}{role.title()}>{inner}</{prefix}{role.title()}>"
    rows = sorted({int(name.split(".")[1]) for name in names if name.startswith("items.")})
    goods = "".join(f"<{prefix}GoodsInfo>{''.join(leaf(tag, f'items.{row}.{column}') for column, tag in _ITEM.items())}</{prefix}GoodsInfo>" for row in rows)
    return f'<{root} xmlns:ofd="http://www.ofdspec.org/2016">{body}<{prefix}GoodsInfos>{goods}</{prefix}GoodsInfos></{root}>'
