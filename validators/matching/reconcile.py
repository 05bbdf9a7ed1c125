"""Every line of a declared list against scanned vouchers and payments."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractors.values import same_name
from pipeline.model import Document, Dossier, Field, Finding, SourceFile, Submission
from pipeline.policy import Policy
from validators.judge import run_rules
from validators.lists import ListView, RowView
from validators.matching.model import (
    STATUSES,
    Difference,
    Lamp,
    Lamps,
    LineRow,
    LineStatus,
    Paper,
    ReconciledLine,
    Reconciliation,
    Totals,
)
from validators.pairing import Pair, pick
from validators.view import View

PERIOD = frozenset({"R-051", "R-052", "R-054"})
TWICE = frozenset({"R-042", "R-205", "R-322"})
BUYER = "R-221"
SUMS = frozenset({"R-050", "R-215", "R-071", "R-401"})
RULES_USED = ("R-051", "R-052", "R-054", "R-050", "R-215", "R-042", "R-205", "R-322", "R-071", "R-207", "R-208", "R-221", "R-320", "R-323", "R-401", "R-402")
DECLARED = (
    "sequence", "name", "spec", "supplier_name", "voucher_type", "invoice_code", "invoice_number", "invoice_date", "gross", "net", "tax",
    "declared_amount", "smart_amount", "contract_number", "payment_number", "paid_on", "paid_amount", "bookkeeping_number",
)  # fmt: skip
BESIDES = frozenset({"payment_slip", "purchase_contract", "accounting_voucher"})
"""Papers that stand beside a voucher (the four lamps)."""
CENT = Decimal("0.01")


def reconcile(list_document: Document, documents: Sequence[Document], policy: Policy, files: Sequence[SourceFile] = ()) -> Reconciliation:
    """Matches every line of ``list_document`` with the vouchers and payments among ``documents`` and runs the voucher rules of the
    audit. ``files`` (optional) lets findings name the file. The applicant is the list's own, else that of an application form."""
    others = tuple(d for d in documents if d.id != list_document.id)
    dossier = _dossier(list_document, others, policy, files)
    view = View(dossier, policy)
    lines_view = next((v for v in view.lists if v.document.id == list_document.id), None) or ListView(list_document, view)
    pairing = view.pairing(lines_view)
    findings = run_rules(dossier, policy, RULES_USED, view).findings
    by_row: dict[str, list[Finding]] = {}
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        (by_row if finding.subject.type == "row" else by_document).setdefault(finding.subject.id, []).append(finding)
    papers = tuple(d for d in others if d.kind in BESIDES)
    lines = []
    for pair in pairing.pairs:
        mine = list(by_row.get(pair.row.row.id, []))
        if pair.document is not None:
            mine += by_document.get(pair.document.id, [])
        lines.append(_line(pair, mine, papers, policy))
    order = sorted(lines, key=lambda line: STATUSES.index(line.status))
    return Reconciliation(
        lines=tuple(order), unlisted_documents=tuple(d.id for d in pairing.unlisted), totals=_totals(order), findings=findings,
        documents=(list_document, *others),
    )  # fmt: skip


def _dossier(list_document: Document, others: tuple[Document, ...], policy: Policy, files: Sequence[SourceFile]) -> Dossier:
    """The list alone as a submission at the audit; its table tells the categories."""
    others = tuple(d for d in others if d.kind != "investment_list")
    table = (list_document.get("table").value or list_document.subtype or "").removeprefix("table")
    categories = policy.categories_of_table(int(table), policy.categories) if table.isdigit() else ()
    submission = Submission(id=f"reconcile-{list_document.id}", categories=categories, stage="audit")
    return Dossier(submission=submission, files=tuple(files), documents=(list_document, *others))


def _line(pair: Pair, findings: list[Finding], documents: Sequence[Document], policy: Policy) -> ReconciledLine:
    row = pair.row
    payments = _payments(row, documents, policy)
    status, flags = _status(pair, findings)
    scans = (pair.document, *pair.copies) if pair.document is not None else ()
    if payments and (flag := _payee_flag(row, payments)):
        flags.append(flag)
    subject = row.subject()
    return ReconciledLine(
        row=LineRow(file=subject.file, sheet=subject.sheet, row=row.number, key=row.key), status=status,
        declared={name: row.get(name).value for name in DECLARED if row.get(name).status != "missing"},
        vouchers=tuple(Paper(document=d.id, amount=_sure(_worth(d, row))) for d in scans),
        payments=tuple(Paper(document=d.id, amount=_sure(d.get("amount"))) for d in payments),
        lamps=Lamps(
            contract=_lamp(pick(documents, "purchase_contract", "contract_number", row.get("contract_number")), row.get("contract_number")),
            voucher=_lamp(scans, row.get("invoice_number")),
            bookkeeping=_lamp(pick(documents, "accounting_voucher", "number", row.get("bookkeeping_number")), row.get("bookkeeping_number")),
            payment=_lamp(payments, row.get("payment_number")),
        ),
        recognised=_recognised(pair, status), flags=tuple(flags),
        differences=tuple(Difference(field=g.field, declared=g.declared, found=g.found, evidence=g.evidence) for g in pair.gaps),
        findings=tuple(f.id for f in findings),
    )  # fmt: skip


def _status(pair: Pair, findings: list[Finding]) -> tuple[LineStatus, list[str]]:
    """The worst that is certain; what is only suspected makes a ``review``."""
    certain = {f.rule for f in findings if f.severity in ("correct", "reject")}
    flags: list[str] = []
    if pair.near:
        flags.append("号码相近，按金额匹配")
    if pair.row.linked:
        flags.append("与其他行共用票据")
    if certain & PERIOD or BUYER in certain:
        return "ineligible", [*flags, *(["期间不符"] if certain & PERIOD else []), *(["购买方不是申报单位"] if BUYER in certain else [])]
    if certain & TWICE:
        return "duplicate", [*flags, "重复列示"]
    open_questions = any(f.severity == "review" for f in findings)
    if pair.document is None and not pair.row.linked and pair.row.claims:
        unsure = any(f.rule == "R-402" and f.severity == "review" for f in findings)
        return ("review", [*flags, "票据待查找"]) if unsure else ("missing_scan", [*flags, "未见票据扫描件"])
    if any(g.sure for g in pair.gaps) and not pair.near:
        return "mismatched", flags
    if certain & SUMS:
        return "mismatched", [*flags, "申报金额口径"]
    if open_questions or pair.unclear or (pair.document is not None and not _worth(pair.document, pair.row).sure):
        return "review", flags
    return "matched", flags


def _worth(document: Document, row: RowView) -> Field:
    """What of a voucher counts as cost (B.1.6)."""
    if document.kind == "vat_invoice":
        plain = document.get("invoice_type").value in row.owner.view.policy.vouchers.plain_types.value
        return document.get("total" if row.deductible is False or (row.deductible is None and plain) else "amount")
    return document.get("dutiable_value" if document.kind == "customs_payment" else "total")


def _sure(field: Field) -> str | None:
    return field.value if field.sure else None


def _recognised(pair: Pair, status: LineStatus) -> str | None:
    """The declared sum as far as the voucher bears it; nothing for lines that fall out, None while a person has to decide."""
    if status in ("ineligible", "duplicate", "missing_scan"):
        return "0.00"
    declared = pair.row.money("declared_amount")
    if status == "review" or declared is None:
        return None
    if pair.document is None:
        return str(declared.quantize(CENT))
    worth = _worth(pair.document, pair.row)
    if not worth.sure or worth.money is None:
        return None
    # Duty belongs to the cost of an import and stands on no VAT book: the declared sum is left to the arithmetic rules.
    limit = declared if pair.document.kind != "vat_invoice" else worth.money
    return str(min(declared, limit).quantize(CENT))


def _payments(row: RowView, documents: Sequence[Document], policy: Policy) -> list[Document]:
    paid, day, supplier = row.get("paid_amount"), row.get("paid_on"), row.get("supplier_name").value

    def fits(slip: Document) -> bool:
        amount, payee = slip.get("amount").money, slip.get("payee_name").value
        if amount is None or paid.money is None or abs(amount - paid.money) > policy.tolerances.match_amount.value:
            return False
        on = slip.get("paid_on")
        return (on.date is None or day.date is None or on.date == day.date) and (not payee or not supplier or same_name(payee, supplier))

    return pick(documents, "payment_slip", "slip_number", row.get("payment_number"), fits)


def _payee_flag(row: RowView, payments: list[Document]) -> str:
    supplier = row.get("supplier_name").value
    for slip in payments:
        payee = slip.get("payee_name")
        if supplier and payee.sure and not same_name(payee.value or "", supplier):
            return "收款人与销售方不一致"
    return ""


def _lamp(papers: Sequence[Document], listed: Field) -> Lamp:
    return "found" if papers else "listed" if listed.value else "absent"


def _totals(lines: Sequence[ReconciledLine]) -> Totals:
    declared = sum((Decimal(line.declared.get("declared_amount") or 0) for line in lines), Decimal(0))
    recognised = sum((Decimal(line.recognised) for line in lines if line.recognised is not None), Decimal(0))
    pending = sum((Decimal(line.declared.get("declared_amount") or 0) for line in lines if line.recognised is None), Decimal(0))
    counts = {status: sum(line.status == status for line in lines) for status in STATUSES}
    return Totals(
        lines=len(lines), by_status=dict(counts), declared=str(declared.quantize(CENT)), recognised=str(recognised.quantize(CENT)),
        deducted=str((declared - recognised - pending).quantize(CENT)), open=str(pending.quantize(CENT)),
    )  # fmt: skip
