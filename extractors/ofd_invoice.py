"""OFD invoices (GB/T 33190): the data inside the file beside what is printed on its page.

The data (original_invoice.xml, custom tags) and the page's text are two witnesses of different ink: a page that shows
something else than its own data is a conflict, not a preference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import ofdkit

from extractors.capital import find_capital
from extractors.identifiers import normal_id
from extractors.invoice_codes import code_form, parse_qr
from extractors.page import ReadPage
from extractors.values import (
    clean_name,
    money_text,
    number_text,
    parse_date,
    parse_money,
    parse_number,
    parse_rate,
    rate_text,
    squash,
)
from extractors.vat_invoice import extract_invoice
from extractors.vat_invoice_parties import check_digits
from extractors.vocabulary import field_label, field_type
from extractors.witness import Sighting, resolve
from pipeline.model import Document, Field, PageRef, Row, Table, XmlEvidence

_TITLES = (
    (r"专用发票[)）]", "digital_special"), (r"普通发票[)）]", "digital_ordinary"), (r"电子专用发票", "e_special"),
    (r"电子普通发票", "e_ordinary"),
)  # fmt: skip


def extract_ofd_invoice(path: Path, file_id: str, pages: Sequence[ReadPage]) -> Document | None:
    """The invoice in an OFD file, or None when the file holds none (or cannot be opened: its pages say so).

    ``pages`` are the file's read pages, which add what is printed; without them the file's own text runs are used.
    """
    try:
        with ofdkit.open(path) as opened:
            invoice = opened.invoice()
            runs = opened.text()[:200_000]
    except (ofdkit.OFDError, OSError, ValueError):
        return None
    if invoice is None:
        return None
    text = squash(runs)
    printed = extract_invoice(pages) if pages and any(page.reading.lines for page in pages) else None
    said = _data(invoice, file_id)
    fields: dict[str, Field] = {}
    for name in said:
        sightings = [*_printed(printed, name), *said[name]]
        if not any(s.source in ("text_layer", "ocr") for s in sightings):
            sightings += _in_text(said[name], text, file_id)
        if name in ("buyer_tax_id", "seller_tax_id"):
            sightings += check_digits([s for s in sightings if s.source == "xml"])
        fields[name] = resolve(sightings, value_type=field_type("vat_invoice", name), label=field_label("vat_invoice", name))
    fields = {
        **(printed.fields if printed else {}),
        **{n: f for n, f in fields.items() if f.status != "missing" or printed is None},
    }
    fields = _sums(fields, said)
    if printed is None:
        fields["total_capital"] = _capital(runs, fields["total"], file_id)
    fields |= _flags(fields, invoice.note or "", file_id)
    items = _items(invoice.items, file_id)
    return Document(
        id="",
        kind="vat_invoice",
        subtype=fields["invoice_type"].value,
        title=invoice.invoice_type or "电子发票",
        year=issued.year if (issued := fields["issue_date"].date) else None,
        confidence=1.0,
        pages=printed.pages if printed else (tuple(page.ref for page in pages) or (PageRef(file=file_id, page=0),)),
        fields=fields,
        tables={"items": items},
        seals=printed.seals if printed else (),
        note="；".join(str(warning) for warning in invoice.warnings)[:300],
    )


def _data(invoice: ofdkit.Invoice, file_id: str) -> dict[str, list[Sighting]]:
    """The structured values as sightings; the QR payload kept in the data is an encoding of its own."""

    def at(path: str, raw: str, value: str | None, group: str = "xml") -> list[Sighting]:
        if not value:
            return []
        return [Sighting("xml", value, XmlEvidence(file=file_id, path=path, text=raw), raw=raw, group=group)]

    def money(path: str, raw: str | None) -> list[Sighting]:
        if raw and re.fullmatch(r"[*＊]+", squash(raw)):
            return at(path, raw, "0.00")
        value = parse_money(raw or "")
        return at(path, raw or "", money_text(value) if value is not None else None)

    issued = parse_date(invoice.issue_date or "")
    code, number = normal_id(invoice.invoice_code or ""), normal_id(invoice.invoice_number or "")
    out = {
        "invoice_type": at("InvoiceType", invoice.invoice_type or "", _kind(invoice.invoice_type or "", number)),
        "invoice_code": at("InvoiceCode", code, code),
        "invoice_number": at("InvoiceNo", number, number),
        "issue_date": at("IssueDate", invoice.issue_date or "", issued.isoformat() if issued else None),
        "check_code": at("InvoiceCheckCode", invoice.check_code or "", re.sub(r"\s", "", invoice.check_code or "")),
        "machine_number": at("MachineNo", invoice.machine_number or "", normal_id(invoice.machine_number or "")),
        "amount": money("TaxExclusiveTotalAmount", invoice.amount_without_tax),
        "tax": money("TaxTotalAmount", invoice.tax_amount),
        "total": money("TaxInclusiveTotalAmount", invoice.total_amount),
        "remarks": at("Note", invoice.note or "", (invoice.note or "").strip()),
    }
    for side, who in (("buyer", invoice.buyer), ("seller", invoice.seller)):
        path = side.title()
        out[f"{side}_name"] = at(f"{path}/{path}Name", who.name or "", clean_name(who.name or "")) if who else []
        out[f"{side}_tax_id"] = at(f"{path}/{path}TaxID", who.tax_id or "", normal_id(who.tax_id or "")) if who else []
    form = code_form(code)
    if form is not None:
        where = XmlEvidence(file=file_id, path="InvoiceCode", text=code)
        out["invoice_type"].append(Sighting("code_structure", form.invoice_type, where, raw=form.form, encoded=True))
    _add_graph(out, invoice.raw, file_id)
    return out


def _add_graph(out: dict[str, list[Sighting]], raw: Mapping[str, Sequence[str]], file_id: str) -> None:
    payload = next((qr for text in raw.get("GraphCode", ()) if (qr := parse_qr(text))), None)
    if payload is None:
        return
    where = XmlEvidence(file=file_id, path="GraphCode", text=raw["GraphCode"][0][:200])
    values = {
        "invoice_type": payload.invoice_type, "invoice_code": payload.code, "invoice_number": payload.number,
        "issue_date": payload.issue_date.isoformat() if payload.issue_date else None, "check_code": payload.check_code,
        "amount": money_text(payload.amount) if payload.amount is not None else None,
        "total": money_text(payload.total) if payload.total is not None else None,
    }  # fmt: skip
    for name, value in values.items():
        if value:
            out[name].append(Sighting("qr", value, where, raw=value))


def _printed(printed: Document | None, name: str) -> list[Sighting]:
    """What the page shows, as far as it was read with certainty."""
    if printed is None or not printed.get(name).sure:
        return []
    field = printed.get(name)
    return [
        Sighting(w.source, w.value, w.evidence, raw=field.raw or "", confidence=field.confidence, group=w.group)
        for w in field.witnesses
        if w.kind == "observed" and w.source in ("text_layer", "ocr", "capital_amount", "seal")
    ]


def _in_text(said: Sequence[Sighting], text: str, file_id: str) -> list[Sighting]:
    """The raw value stands letter by letter in the page's text runs."""
    for sighting in said[:1]:
        want = squash(sighting.raw).lstrip("¥￥")
        if len(want) >= 4 and want in text:
            where = XmlEvidence(file=file_id, path="Doc/Pages", text=sighting.raw)
            return [Sighting("text_layer", sighting.value, where, raw=sighting.raw, group="print")]
    return []


def _kind(title: str, number: str) -> str | None:
    plain = squash(title)
    for pattern, name in _TITLES:
        if re.search(pattern, plain) and (name.startswith("digital") == (len(number) == 20)):
            return name
    return None


def _capital(runs: str, total: Field, file_id: str) -> Field:
    """The amount in words among the page's text runs, held against the total in figures."""
    found = max((hit for line in runs.splitlines() if (hit := find_capital(line))), key=lambda hit: hit[2] - hit[1], default=None)
    label = field_label("vat_invoice", "total_capital")
    if found is None:
        return resolve([], label=label)
    raw = next((line[found[1] : found[2]] for line in runs.splitlines() if find_capital(line) == found), "")
    where = XmlEvidence(file=file_id, path="Doc/Pages", text=raw)
    sightings = [Sighting("capital_amount", money_text(found[0]), where, raw=raw)]
    sightings += [
        Sighting(w.source, w.value, w.evidence, raw=total.raw or "", group=w.group)
        for w in total.witnesses
        if w.kind == "observed"
    ]
    return resolve(sightings, value_type="money", label=label)


def _sums(fields: dict[str, Field], said: Mapping[str, Sequence[Sighting]]) -> dict[str, Field]:
    """amount + tax = total, between the data's own figures: a contradiction is a doubt on the total."""
    amount, tax, total = (fields[name].money for name in ("amount", "tax", "total"))
    if amount is None or tax is None or total is None or amount + tax == total or not said["total"]:
        return fields
    first = said["total"][0]
    doubt = Sighting("arithmetic", money_text(amount + tax), first.evidence, group="arithmetic")
    return {**fields, "total": resolve([first, doubt], value_type="money", label=field_label("vat_invoice", "total"))}


def _flags(fields: Mapping[str, Field], note: str, file_id: str) -> dict[str, Field]:
    out: dict[str, Field] = {}
    total = fields["total"]
    red = bool(re.search(r"对应正数发票代码|信息表编号|红字", note)) or (total.money or Decimal(0)) < 0
    for name, value in (("is_red_letter", red), ("is_agent_issued", "代开" in note)):
        where = XmlEvidence(file=file_id, path="Note", text=note[:200])
        out[name] = resolve(
            [Sighting("xml", "true" if value else "false", where, raw=note)],
            value_type="bool",
            label=field_label("vat_invoice", name),
        )
    return out


def _items(lines: Sequence[ofdkit.LineItem], file_id: str) -> Table:
    rows = []
    for i, line in enumerate(lines):
        money, number = (
            {"amount": line.amount, "tax": line.tax_amount},
            {"quantity": line.quantity, "unit_price": line.unit_price},
        )
        cells: dict[str, tuple[str, str]] = {}
        for name, raw in {"name": line.name, "spec": line.specification, "unit": line.unit}.items():
            if raw:
                cells[name] = (raw.strip(), raw)
        for name, raw in money.items():
            value = Decimal(0) if raw and re.fullmatch(r"[*＊]+", squash(raw)) else parse_money(raw or "")
            if raw and value is not None:
                cells[name] = (money_text(value), raw)
        for name, raw in number.items():
            if raw and (amount := parse_number(raw)) is not None:
                cells[name] = (number_text(amount), raw)
        if line.tax_rate and (rate := parse_rate(line.tax_rate)) is not None:
            cells["tax_rate"] = (rate_text(rate), line.tax_rate)
        where = XmlEvidence(file=file_id, path=f"GoodsInfo[{i + 1}]", text=" ".join(raw for _, raw in cells.values())[:300])
        fields = {
            name: resolve(
                [Sighting("xml", value, where, raw=raw)],
                value_type=field_type("vat_invoice", f"items.{name}"),
                label=field_label("vat_invoice", f"items.{name}"),
            )
            for name, (value, raw) in cells.items()
        }
        rows.append(Row(id=str(i + 1), evidence=where, cells=fields))
    return Table(rows=tuple(rows), complete=bool(rows))
