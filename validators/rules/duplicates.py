"""The same voucher more than once: R-042, R-205, R-322, R-016."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.values import parse_number
from extractors.vouchers import voucher_key
from pipeline.model import Deduction, Finding, RegisterEvidence
from validators.lists import RowView
from validators.rule import Case, Skip, rule
from validators.view import View, yuan

HINT = "请删除重复的行并更新合计；一张发票分列多项的，各项之和不得超过该发票可确认金额。"


def recognisable(view: View, rows: list[RowView]) -> Decimal | None:
    """What one invoice can bear: from the paper itself, else from the list when its rows restate the whole invoice."""
    for document in view.dossier.of_kind("vat_invoice"):
        if voucher_key(document.get("invoice_code").value, document.get("invoice_number").value) == rows[0].key:
            field = document.get("total" if rows[0].deductible is False else "amount")
            if field.sure and field.money is not None:
                return field.money
    costs = [r.cost if r.cost is not None else r.money("gross") for r in rows]
    if len(set(costs)) == 1 and costs[0] is not None:
        restated = any((r.money("declared_amount") or Decimal(0)) < costs[0] for r in rows)
        return costs[0] if restated else None
    return None


def _same_line(a: RowView, b: RowView) -> bool:
    """Do two rows claim the same thing for the same money?"""
    return all(a.get(c).value == b.get(c).value for c in ("name", "spec", "declared_amount"))


def duplicate_pairs(view: View, rows: list[RowView]) -> Iterator[tuple[RowView, RowView]]:
    """Pairs (first, repeated) among rows of one voucher; a legal split over different items is none."""
    limit = recognisable(view, rows)
    declared = sum((r.money("declared_amount") or Decimal(0) for r in rows), Decimal(0))
    if limit is not None and declared <= limit + view.policy.tolerances.net_excess.value:
        return
    for i, row in enumerate(rows):
        first = next((r for r in rows[:i] if _same_line(r, row)), None)
        if first is not None:
            yield first, row


@rule(
    id="R-042",
    title="清单重复列示发票",
    severity="correct",
    clause="四（二）注①",
    group="重复申报",
    sentence="同一清单第{a}行与第{b}行重复列示发票{no}，涉及{x}元，请删除重复行。",
    hint=HINT,
    uses=("tolerances.net_excess",),
)
def repeated_row(case: Case) -> Iterator[Finding]:
    """清单重复列示发票

    What it does:
        同一清单内，同一发票号码、相同名称和金额出现两次的，列为重复。
    Why:
        同一投入在同一类别内只能申报一次。
    Bad:
        第5行与第9行均为发票01234567、同一设备、同一金额。
    Good:
        一张发票列示两台不同设备，各行之和等于该发票不含税金额。
    Known false alarms:
        项目类别1与2至5之一就同一投入叠加申报是允许的，不同清单之间不比较；合并单元格、后续付款行不算。
    """
    for view in case.view.lists:
        for rows in view.by_key.values():
            if len(rows) < 2:
                continue
            for first, again in duplicate_pairs(case.view, rows):
                amount = again.get("declared_amount")
                yield case.finding(
                    again.subject(), [*first.evidence("invoice_number"), *again.evidence("invoice_number"), *again.evidence("declared_amount")],
                    inputs=[amount, first.get("invoice_number"), again.get("invoice_number")], at_stake=amount.value,
                    deduct=Deduction(amount=amount.value or "0", reason="重复列示") if case.stage == "audit" else None,
                    a=first.number, b=again.number, no=again.shown_number, x=yuan(amount.money),
                    data={"first": first.number, "again": again.number, "voucher_key": again.key},
                )  # fmt: skip


@rule(
    id="R-322",
    title="共用发票合计超限",
    severity="correct",
    clause="四（二）注②",
    group="重复申报",
    sentence="第{rows}行共用一张发票{no}，合计{x}元大于发票可确认额{y}元，请更正。",
    hint=HINT,
    uses=("tolerances.net_excess",),
)
def split_exceeds(case: Case) -> Iterator[Finding]:
    """共用发票合计超限

    What it does:
        多行共用一张发票时，核对各行申报额之和是否超过该发票可确认金额。
    Why:
        一张发票只能支持一次相应金额的投入。
    Bad:
        一张不含税100万元的发票分三行申报，合计120万元。
    Good:
        分三行申报，合计恰为100万元。
    Known false alarms:
        清单未列明整张发票金额、也没有发票扫描件时无法判断，不提出；同一行重复的由R-042提出。
    """
    for view in case.view.lists:
        for rows in view.by_key.values():
            limit = recognisable(case.view, rows) if len(rows) > 1 else None
            if limit is None or next(duplicate_pairs(case.view, rows), None) is not None:
                continue
            amounts = [r.get("declared_amount") for r in rows]
            total = sum((f.money or Decimal(0) for f in amounts), Decimal(0))
            if total <= limit + case.policy.tolerances.net_excess.value:
                continue
            yield case.finding(
                rows[0].subject(), [e for r in rows for e in r.evidence("declared_amount")], inputs=amounts, at_stake=str(total - limit),
                deduct=Deduction(amount=str(total - limit), reason="超过发票可确认金额") if case.stage == "audit" else None,
                rows="、".join(str(r.number) for r in rows), no=rows[0].shown_number, x=yuan(total), y=yuan(limit),
                data={"declared": str(total), "allowed": str(limit)},
            )  # fmt: skip


@rule(
    id="R-205",
    title="发票在多份清单重复出现",
    severity="correct",
    clause="四（二）注①",
    group="重复申报",
    sentence="发票{code}-{no}在{where}重复出现，请删除重复行。",
    hint=HINT,
)
def repeated_across_lists(case: Case) -> Iterator[Finding]:
    """发票在多份清单重复出现

    What it does:
        同一张表（如表1）交了两份清单时，找出两份里都有的发票。
    Why:
        同一投入在同一类别内只能申报一次，分两份清单也不例外。
    Bad:
        两份表1各列了一次发票01234567。
    Good:
        表1与表3各列一次（类别1与4叠加申报）。
    Known false alarms:
        Excel与其打印盖章的扫描件是同一份清单，不比较；内容完全相同的两份清单视为重复上传，不逐行提出。
    """
    seen: dict[tuple[int | None, str], RowView] = {}
    contents: dict[int | None, list[frozenset[str]]] = {}
    for view in case.view.lists:
        keys, known = frozenset(view.by_key), contents.setdefault(view.table, [])
        if keys in known:
            continue
        known.append(keys)
        for key, rows in view.by_key.items():
            first = seen.setdefault((view.table, key), rows[0])
            if first.owner is view:
                continue
            again = rows[0]
            yield case.finding(
                again.subject(), [*first.evidence("invoice_number"), *again.evidence("invoice_number")],
                inputs=[first.get("invoice_number"), again.get("invoice_number")], at_stake=again.get("declared_amount").value,
                code=again.get("invoice_code").value or "", no=again.shown_number, where=f"{_where(case, first)}与{_where(case, again)}",
                data={"voucher_key": key},
            )  # fmt: skip


def _where(case: Case, row: RowView) -> str:
    source = case.view.file_of(row.owner.document)
    return f"“{source.path}”第{row.number}行" if source is not None else f"清单第{row.number}行"


@rule(
    id="R-016",
    title="疑似重复申报",
    severity="review",
    audience="internal",
    clause="五基础（八）",
    group="重复申报",
    sentence="清单第{row}行发票{no}已于{year}年由{who}申报{prog}（{amount}元），涉嫌重复申报，请核查。",
    hint="请核对历年申报记录；确因政策允许重复的，申报材料中应标明并注明原因。",
)
def claimed_before(case: Case) -> Iterator[Finding]:
    """疑似重复申报

    What it does:
        按发票号码查登记簿，找出以前年度或其他单位已申报的同一票据。
    Why:
        指南五（八）：同一投入不得多头申报、重复申报。
    Bad:
        发票去年已由同一单位申报其他专项。
    Good:
        登记簿中没有该发票；本次申报的前一版本不算。
    Known false alarms:
        类别1与2至5叠加申报允许使用同一发票；确因政策允许的须有标注。因此只供内部核查。
    """
    found = False
    for view in case.view.lists:
        for row in view.rows:
            if row.key is None or row.linked:
                continue
            for claim in case.dossier.register.claims(row.key):
                found = True
                yield case.finding(
                    row.subject(), [*row.evidence("invoice_number"), RegisterEvidence(entry=claim.entry, text=claim.voucher_key)],
                    at_stake=row.get("declared_amount").value, discriminator=claim.entry, row=row.number, no=row.shown_number,
                    year=claim.year, who=claim.applicant, prog=claim.programme, amount=yuan(parse_number(claim.amount)) or claim.amount,
                    data={"entry": claim.entry, "uscc": claim.uscc, "category": claim.category},
                )  # fmt: skip
    if not found and type(case.dossier.register).__name__ == "EmptyRegister":
        raise Skip("登记簿为空，未能核对历年申报")
