"""List lines ↔ voucher scans: exact key first, then near number with equal amount; then field by field.

Nothing here accuses: a doubtful value on either side gives an open question, never a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.vouchers import voucher_key
from pipeline.model import Document, Evidence, Field
from pipeline.policy import Policy
from validators.identity import Sameness, names
from validators.lists import ListView, RowView
from validators.vouchers import near_numbers

VOUCHER_KINDS = ("vat_invoice", "customs_payment", "customs_declaration")
NUMBER_FIELDS = {"vat_invoice": "invoice_number", "customs_payment": "payment_number", "customs_declaration": "declaration_number"}
FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "vat_invoice": (("invoice_date", "issue_date"), ("net", "amount"), ("tax", "tax"), ("gross", "total"), ("supplier_name", "seller_name")),
    "customs_payment": (("tax", "tax"),),
    "customs_declaration": (("invoice_date", "declared_on"),),
}
"""List column → field of the scan. A customs book shows import VAT only, its date is not the declaration's."""
MONEY = frozenset({"net", "tax", "gross"})
TELLING: dict[str, tuple[str, ...]] = {"vat_invoice": ("net", "gross"), "customs_payment": ("tax",), "customs_declaration": ()}
"""Amounts that make two papers alike; the tax of an invoice alone does not."""


@dataclass(frozen=True)
class Gap:
    """A field where list and scan disagree; ``sure`` is False when either side is doubtful."""

    field: str
    declared: str
    found: str
    sure: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Pair:
    """A list line with its voucher, if one was found. ``near``: taken by a similar number and an equal amount, a person confirms."""

    row: RowView
    document: Document | None = None
    copies: tuple[Document, ...] = ()
    near: bool = False
    gaps: tuple[Gap, ...] = ()

    @property
    def unclear(self) -> bool:
        return self.near or any(not g.sure for g in self.gaps)


@dataclass(frozen=True)
class Pairing:
    pairs: tuple[Pair, ...]
    unlisted: tuple[Document, ...]


def document_key(document: Document) -> str | None:
    """The key of a scanned voucher, from sure values only."""
    number, code = document.get(NUMBER_FIELDS[document.kind]), document.get("invoice_code")
    if not number.sure or code.status == "doubtful":
        return None
    return voucher_key(code.value, number.value)


def pair_lines(view: ListView, documents: Sequence[Document], policy: Policy) -> Pairing:
    """Every line with its voucher, and the vouchers that no line names."""
    scans = [d for d in documents if d.kind in VOUCHER_KINDS and d.copy_of is None]
    by_key: dict[str, list[Document]] = {}
    by_bare: dict[str, list[Document]] = {}
    for scan in scans:
        key = document_key(scan)
        if key is not None:
            by_key.setdefault(key, []).append(scan)
        bare = _bare(scan)
        if bare is not None:
            by_bare.setdefault(bare, []).append(scan)
    taken: set[str] = set()
    chosen: dict[int, tuple[list[Document], bool]] = {}
    for row in view.rows:
        found = by_key.get(row.key or "") or _by_bare_number(row, by_bare)
        if found:
            chosen[row.index] = (found, False)
            taken.update(d.id for d in found)
    by_amount = _by_amount([d for d in scans if d.id not in taken])
    for row in view.rows:
        if row.index in chosen or row.get("invoice_number").value is None:
            continue
        alike = {d.id: d for c in ("net", "gross", "tax") for d in by_amount.get((c, _cents(row.get(c))), ())}
        near = [d for d in alike.values() if d.id not in taken and _near(row, d, policy)]
        if len(near) == 1:
            chosen[row.index] = (near, True)
            taken.add(near[0].id)
    sharing: dict[str, list[RowView]] = {}
    for row in view.rows:
        for document in chosen.get(row.index, ([], False))[0]:
            sharing.setdefault(document.id, []).append(row)
    pairs = [_pair(row, chosen, sharing, policy) for row in view.rows]
    return Pairing(tuple(pairs), tuple(d for d in scans if d.id not in taken))


def _cents(field: Field) -> int | None:
    return None if field.money is None else int(field.money * 100)


def _by_amount(scans: Sequence[Document]) -> dict[tuple[str, int | None], list[Document]]:
    """Scans by column and amount, a cent up or down included; the first sieve for near matches."""
    found: dict[tuple[str, int | None], list[Document]] = {}
    for scan in scans:
        for column, name in FIELDS[scan.kind]:
            cents = _cents(scan.get(name)) if column in TELLING[scan.kind] else None
            if cents is not None:
                for near in (-1, 0, 1):
                    found.setdefault((column, cents + near), []).append(scan)
    return found


def _bare(document: Document) -> str | None:
    """The key of a scan's number without its code, sure values only."""
    told = document.get(NUMBER_FIELDS[document.kind])
    return voucher_key(None, told.value) if told.sure else None


def _by_bare_number(row: RowView, by_bare: dict[str, list[Document]]) -> list[Document]:
    """Where one side lacks the code, the number alone must be unique among the scans."""
    number = row.get("invoice_number")
    wanted = voucher_key(None, number.value) if number.sure else None
    if wanted is None:
        return []
    no_code = row.get("invoice_code").value is None
    found = [d for d in by_bare.get(wanted, ()) if no_code or (d.kind == "vat_invoice" and d.get("invoice_code").value is None)]
    return found if len({document_key(d) for d in found}) == 1 else []


def _near(row: RowView, scan: Document, policy: Policy) -> bool:
    number, told = row.get("invoice_number").value or "", scan.get(NUMBER_FIELDS[scan.kind]).value or ""
    if near_numbers(number, told) > policy.tolerances.near_number_distance.value:
        return False
    slack = policy.tolerances.match_amount.value
    for column, name in FIELDS[scan.kind]:
        left, right = row.get(column).money, scan.get(name).money
        if column in TELLING[scan.kind] and left is not None and right is not None and abs(left - right) <= slack:
            return True
    return False


def _pair(row: RowView, chosen: dict[int, tuple[list[Document], bool]], sharing: dict[str, list[RowView]], policy: Policy) -> Pair:
    if row.index not in chosen:
        return Pair(row)
    found, near = chosen[row.index]
    document = max(found, key=lambda d: sum(f.sure for f in d.fields.values()))
    silent = {"supplier_name"} if _issued_by_office(document) else set()
    gaps = [] if row.linked else [g for c, n in FIELDS[document.kind] if c not in silent and (g := _gap(row, sharing[document.id], c, document.get(n), policy)) is not None]
    if near:
        told = document.get(NUMBER_FIELDS[document.kind])
        gaps.insert(0, Gap("invoice_number", row.shown_number, told.value or "", False, (*row.evidence("invoice_number"), *told.evidence)))
    return Pair(row, document, tuple(d for d in found if d.id != document.id), near, tuple(gaps))


def _issued_by_office(document: Document) -> bool:
    """代开: a tax office stands as seller, the real one in the remarks (shared data's README)."""
    return document.get("is_agent_issued").flag is True or "税务局" in (document.get("seller_name").value or "")


def _gap(row: RowView, sharing: list[RowView], column: str, found: Field, policy: Policy) -> Gap | None:
    declared = row.get(column)
    if declared.value is None or found.value is None or _agree(row, sharing, column, found, policy):
        return None
    sure = declared.sure and found.sure
    if column == "supplier_name":
        same = names(found, declared.value, float(policy.tolerances.name_similarity.value))
        if same in (Sameness.SAME, Sameness.SILENT):
            return None
        sure = sure and same is Sameness.OTHER
    return Gap(column, declared.value, found.value, sure, (*row.evidence(column), *found.evidence))


def _agree(row: RowView, sharing: list[RowView], column: str, found: Field, policy: Policy) -> bool:
    """Equal as it stands, or as the sum of all lines that share the voucher."""
    declared = row.get(column)
    if column not in MONEY:
        return declared.value == found.value
    slack = policy.tolerances.match_amount.value
    if declared.money is None or found.money is None:
        return False
    if abs(declared.money - found.money) <= slack:
        return True
    # Lines tied to another's voucher by merged cells either repeat its amount or carry a part of it: either way of adding may be meant.
    own = [r.get(column).money or Decimal(0) for r in sharing if not r.linked]
    every = [r.get(column).money or Decimal(0) for r in sharing]
    return any(len(parts) > 1 and abs(sum(parts, Decimal(0)) - found.money) <= slack * len(parts) for parts in (own, every))


def pick(documents: Sequence[Document], kind: str, number_field: str, wanted: Field, also: Callable[[Document], bool] | None = None) -> list[Document]:
    """Documents of a kind whose number equals ``wanted``; when none does, those that ``also`` accepts."""
    pool = [d for d in documents if d.kind == kind and d.copy_of is None]
    if wanted.value:
        exact = [d for d in pool if (d.get(number_field).value or "").replace(" ", "") == wanted.value.replace(" ", "")]
        if exact:
            return exact
    return [d for d in pool if also is not None and also(d)]
