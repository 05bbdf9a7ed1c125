"""增值税发票: paper special and ordinary, electronic, blockchain, fully digital; scanned, photographed or with a text layer.

Every field gathers its witnesses (print at one or several places, QR code, amount in words, seal, arithmetic, check
digits) and is settled by ``witness.resolve``. Field names: contract, kind ``vat_invoice``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.invoice_codes import QrInvoice, parse_qr
from extractors.layout import page_rows, page_text
from extractors.page import ReadPage
from extractors.values import money_text, squash
from extractors.vat_invoice_amounts import Amounts, arithmetic, read_amounts
from extractors.vat_invoice_frame import Frame, frame_of
from extractors.vat_invoice_heading import (
    check_code_sightings,
    code_sightings,
    date_sightings,
    machine_sightings,
    number_sightings,
    qr_evidence,
)
from extractors.vat_invoice_items import read_items
from extractors.vat_invoice_marks import (
    copy_field,
    is_agent_issued,
    is_red_letter,
    is_voided,
    remarks_field,
    title_of,
    type_sightings,
)
from extractors.vat_invoice_parties import Party, party
from extractors.vat_invoice_regions import cut_page, placed, regions
from extractors.vocabulary import field_label
from extractors.witness import Sighting, ValueType, resolve, same_value
from pipeline.model import Code, Document, Field, Table

_WORDS: tuple[tuple[str, float], ...] = (
    (r"专用发票|普通发票|电子发票|统一发票|[增值].{0,3}[专普].?发票", 0.25),
    (r"发票代码|发票号码|N[oO0º]\.?\s?\d{8}", 0.15),
    (r"开票日期", 0.15),
    (r"纳税人识别号", 0.1),
    (r"价税合计", 0.2),
    (r"货物或应税劳务|规格型号", 0.1),
    (r"税额", 0.05),
    (r"购买方|购货单位", 0.05),
    (r"密码区|校验码|机器编号", 0.05),
)
_OTHERS = re.compile(r"销货清单|应税劳务(、?服务)?清单|缴款书|报关单|完税证明|纳税证明|付款回单|电子回单|明细清单|申请书")


def is_invoice(page: ReadPage) -> float:
    """How much the page looks like a VAT invoice: 0 … 1. A readable invoice QR code alone gives 0.9.

    Titles of other papers that also speak of invoices (销货清单, 缴款书 …) pull the score down.
    """
    text = page_text(page)
    score = sum(weight for pattern, weight in _WORDS if re.search(pattern, text))
    if any(parse_qr(code.text) for code in page.reading.codes):
        score = max(score, 0.9)
    elif any(row.box[1] < 0.2 and _OTHERS.search(squash(row.text)) for row in page_rows(page)):
        score *= 0.4
    return round(min(1.0, score), 3)


@dataclass(frozen=True)
class _Qr:
    payload: QrInvoice
    code: Code


def _qr_of(pages: Sequence[ReadPage]) -> tuple[int, _Qr] | None:
    for i, page in enumerate(pages):
        for code in page.reading.codes:
            payload = parse_qr(code.text)
            if payload is not None:
                return i, _Qr(payload, code)
    return None


def extract_invoice(pages: Sequence[ReadPage]) -> Document:
    """The invoice on ``pages`` (usually one; on several pages the items go on and the totals stand on the last).

    The document's id is empty: ``extract`` gives it. Fields that are not found have status ``missing``; nothing raises.
    """
    frames = [frame_of(page) for page in pages]
    head, foot = frames[0], next((f for f in reversed(frames) if f.capital is not None), frames[-1])
    found = _qr_of(pages)
    qr = found[1] if found else None
    at = frames[found[0]] if found else head
    fields = _heading(head, at, qr)
    amounts = read_amounts(foot)
    fields |= _money(amounts, at, qr, Table(complete=False))
    tables = [read_items(frame, _value(fields["amount"]), _value(fields["tax"])) for frame in frames]
    items = Table(rows=tuple(row for table in tables for row in table.rows), complete=any(t.complete for t in tables))
    fields |= _money(amounts, at, qr, items)
    fields |= _parties(head, foot)
    fields |= {"remarks": remarks_field(foot), "copy": copy_field(head), "voided": is_voided(head)}
    fields["is_red_letter"] = is_red_letter(foot, amounts.total)
    fields["is_agent_issued"] = is_agent_issued(head, fields["remarks"].value or "")
    title = title_of(head)
    issued = fields["issue_date"].date
    return Document(
        id="",
        kind="vat_invoice",
        subtype=fields["invoice_type"].value,
        title=title.text if title else "增值税发票",
        year=issued.year if issued else None,
        confidence=max(is_invoice(page) for page in pages),
        pages=tuple(page.ref for page in pages),
        fields=fields,
        tables={"items": items},
        seals=tuple(seal for page in pages for seal in page.seals),
        note=_note(items),
    )


def extract_invoices(pages: Sequence[ReadPage]) -> list[Document]:
    """All invoices on ``pages``: usually one; several when a single page carries several, each with its region."""
    if len(pages) != 1:
        return [extract_invoice(pages)]
    bands = regions(pages[0])
    if len(bands) == 1:
        return [extract_invoice(pages)]
    return [placed(extract_invoice([cut_page(pages[0], band)]), band) for band in bands]


def _note(items: Table) -> str:
    if any("销货清单" in (row.get("name").value or "") for row in items.rows):
        return "票面注明详见销货清单。"
    return "" if items.complete else "明细行未能完整读出，或明细合计与票面合计不符。"


def _value(field: Field) -> Decimal | None:
    return field.money if field.sure else None


def _settle(name: str, sightings: Sequence[Sighting], value_type: ValueType) -> Field:
    return resolve(sightings, value_type=value_type, label=field_label("vat_invoice", name))


def _heading(head: Frame, at: Frame, qr: _Qr | None) -> dict[str, Field]:
    said = qr.payload if qr else None
    digital = said is not None and len(said.number) == 20
    codes = [] if digital else code_sightings(head)
    numbers = number_sightings(head, digital=digital)
    if not numbers and not codes:
        numbers = number_sightings(head, digital=True)
    dates, checks = date_sightings(head), check_code_sightings(head, said)
    number = numbers[0].value if numbers else ""
    kind = type_sightings(head, codes, number, (qr.payload, qr.code) if qr else None)
    if qr and said:
        where = qr_evidence(at, qr.code)
        for sightings, value in (
            (codes, said.code), (numbers, said.number), (checks, said.check_code),
            (dates, said.issue_date.isoformat() if said.issue_date else ""),
        ):  # fmt: skip
            if value:
                sightings.append(Sighting("qr", value, where, raw=value))
    return {
        "invoice_type": _settle("invoice_type", kind, "text"),
        "invoice_code": _settle("invoice_code", codes, "id"),
        "invoice_number": _settle("invoice_number", numbers, "id"),
        "issue_date": _settle("issue_date", dates, "date"),
        "check_code": _settle("check_code", checks, "id"),
        "machine_number": _settle("machine_number", machine_sightings(head), "id"),
    }


def _money(amounts: Amounts, at: Frame, qr: _Qr | None, items: Table) -> dict[str, Field]:
    """The four amounts. Arithmetic speaks only with figures that were printed, each against the two others."""
    amount, tax, total = (next(iter(s), None) for s in (amounts.amount, amounts.tax, amounts.total))
    a, t, g = (Decimal(s.value) if s else None for s in (amount, tax, total))
    capital = Decimal(amounts.capital[0].value) if amounts.capital else None
    whole = g if g is not None else capital
    said = {"amount": list(amounts.amount), "tax": list(amounts.tax), "total": [*amounts.total, *amounts.capital]}
    if qr is not None:
        where = qr_evidence(at, qr.code)
        for name, value in (("amount", qr.payload.amount), ("total", qr.payload.total)):
            if value is not None:
                said[name].append(Sighting("qr", money_text(value), where, raw=str(value)))
    said["amount"] += arithmetic(amount, whole - t if whole is not None and t is not None else None)
    said["tax"] += arithmetic(tax, whole - a if whole is not None and a is not None else None)
    said["total"] += arithmetic(total, a + t if a is not None and t is not None else None)
    if items.complete and amount is not None:
        sums = sum((row.get("amount").money or Decimal(0) for row in items.rows), Decimal(0))
        said["amount"].append(Sighting("arithmetic", money_text(sums), amount.evidence, group="items"))
    words = [*amounts.capital, *amounts.total] if amounts.capital else []
    fields = {name: _settle(name, sightings, "money") for name, sightings in said.items()}
    fields["total_capital"] = _settle("total_capital", words, "money")
    if amounts.capital and fields["total_capital"].value is not None:
        fields["total_capital"] = fields["total_capital"].model_copy(update={"raw": amounts.capital[0].raw})
    elif amounts.capital_raw is not None:
        raw = amounts.capital_raw
        fields["total_capital"] = Field(
            raw=raw.text, confidence=raw.confidence, status="doubtful", reason="illegible",
            why=f"大写金额“{raw.text}”不能按大写规则读成金额，请人工核对。",
        )  # fmt: skip
    return fields


def _parties(head: Frame, foot: Frame) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for side, frame in (("buyer", head), ("seller", head if head.side_by_side else foot)):
        seen: Party = party(frame, "buyer" if side == "buyer" else "seller")
        fields[f"{side}_name"] = _blank(_settle(f"{side}_name", seen.names, "text"), f"{side}_name", seen.blank_name)
        fields[f"{side}_tax_id"] = _blank(_settle(f"{side}_tax_id", seen.ids, "id"), f"{side}_tax_id", seen.blank_id)
    buyer, seller = fields["buyer_tax_id"], fields["seller_tax_id"]
    if (
        buyer.value
        and seller.value
        and same_value(buyer.value, seller.value, "id")
        and fields["buyer_name"].value != fields["seller_name"].value
    ):
        for name in ("buyer_tax_id", "seller_tax_id"):
            why = "购销双方识别出同一税号而名称不同，请人工核对。"
            fields[name] = fields[name].model_copy(update={"status": "doubtful", "reason": "conflict", "why": why})
    return fields


def _blank(field: Field, name: str, blank: bool) -> Field:
    if field.status != "missing" or not blank:
        return field
    return field.model_copy(update={"reason": "blank", "why": f"“{field_label('vat_invoice', name)}”栏为空。"})
