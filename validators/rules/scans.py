"""List lines against scanned vouchers, at the audit: R-401, R-402."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.values import parse_number
from extractors.vocabulary import field_label, field_type
from pipeline.model import AbsenceEvidence, Finding
from validators.pairing import VOUCHER_KINDS
from validators.rule import Case, Skip, rule
from validators.view import yuan

MOST = 50
"""So many places at most are named as searched for one missing voucher."""


@rule(
    id="R-401",
    title="清单与票据不一致",
    severity="correct",
    clause="四（二）注②",
    group="票据核对",
    sentence="清单第{row}行{field}“{a}”与票据“{b}”不一致，请核对更正。",
    hint="请对照票据原件更正清单，或说明差异原因。",
    stages=("audit",),
    uses=("tolerances.match_amount", "tolerances.near_number_distance", "tolerances.name_similarity"),
)
def list_against_scan(case: Case) -> Iterator[Finding]:
    """清单与票据不一致

    What it does:
        清单每行与对应票据逐项核对：日期、金额、税额、价税合计、销售方。
    Why:
        审计以票据为准，与申报清单不符的支出不予确认。
    Bad:
        清单填不含税金额1000000元，发票为100000元。
    Good:
        一张发票分列多行，各行之和等于票面金额。
    Known false alarms:
        票据识别不确定、号码相近而不相同的转人工核对，不作认定。
    """
    if not case.dossier.of_kind(*VOUCHER_KINDS):
        raise Skip("未提供票据扫描件")
    for view in case.view.lists:
        for pair in case.view.pairing(view).pairs:
            for gap in pair.gaps:
                yield case.finding(
                    pair.row.subject(), gap.evidence, doubtful=not gap.sure or pair.near, discriminator=gap.field,
                    at_stake=pair.row.get("declared_amount").value, row=pair.row.number, field=field_label("investment_list", f"lines.{gap.field}"),
                    a=_shown(gap.field, gap.declared), b=_shown(gap.field, gap.found),
                    data={"field": gap.field, "declared": gap.declared, "found": gap.found, "document": pair.document.id if pair.document else None},
                )  # fmt: skip


@rule(
    id="R-402",
    title="缺少票据扫描件",
    severity="correct",
    clause="六（一）（1）",
    group="票据核对",
    sentence="清单第{row}行票据{no}未见扫描件，请补充提供。",
    hint="请提供该行的发票或海关票据；不能提供的，该行不予确认。",
    stages=("audit",),
)
def scan_missing(case: Case) -> Iterator[Finding]:
    """缺少票据扫描件

    What it does:
        清单行在票据扫描件中找不到对应票据时提出。
    Why:
        发票、付款凭证、合同等佐证材料留待审计环节核对，缺票据的支出无法确认。
    Bad:
        第12行发票01234567未见扫描件。
    Good:
        每行都有对应票据。
    Known false alarms:
        清单号码填错或票据号码识别不清会找不到，此时转人工核对。
    """
    if not case.dossier.of_kind(*VOUCHER_KINDS):
        raise Skip("未提供票据扫描件")
    for view in case.view.lists:
        pairing = case.view.pairing(view)
        unread = any(not d.get(n).sure for d in pairing.unlisted for n in ("invoice_number", "payment_number", "declaration_number") if n in d.fields)
        # Else one page a file: with a thousand lines and a thousand scans every page would be named a million times.
        pages = tuple(dict.fromkeys(r for d in case.dossier.of_kind(*VOUCHER_KINDS) for r in d.pages))
        searched = pages if len(pages) <= MOST else tuple({r.file: r for r in reversed(pages)}.values())[:MOST]
        for pair in pairing.pairs:
            row = pair.row
            if pair.document is not None or row.linked or not row.claims:
                continue
            number = row.get("invoice_number")
            yield case.finding(
                row.subject(), [*row.evidence("invoice_number"), AbsenceEvidence(expected=f"票据{row.shown_number}", searched=searched)],
                doubtful=unread or not number.sure, at_stake=row.get("declared_amount").value, row=row.number, no=row.shown_number or "（未填号码）",
                data={"voucher_key": row.key},
            )  # fmt: skip


def _shown(field: str, value: str | None) -> str:
    """A declared or printed value as people write it: money with its unit."""
    amount = parse_number(value or "") if field_type("investment_list", f"lines.{field}") == "money" else None
    return f"{yuan(amount)}元" if amount is not None else value or "（空）"
