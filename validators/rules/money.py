"""Declared sums against what can be recognised: R-050, R-215."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.model import Deduction, Finding
from validators.lists import ListView, RowView
from validators.recognition import flips
from validators.rule import Case, rule
from validators.view import yuan

USES = ("vouchers.deductible_types", "vouchers.plain_types", "vouchers.words", "vouchers.forms", "tolerances.gross_as_net", "tolerances.net_excess")
HINT = "请按扣除可抵扣税款后的金额填报（专用发票、海关缴款书、机动车发票按不含税金额，普通发票按价税合计），并同步更新合计。"


def _gross(row: RowView) -> Decimal | None:
    gross, net, tax = row.money("gross"), row.money("net"), row.money("tax")
    if gross is not None:
        return gross
    return net + tax if net is not None and tax is not None else None


def _net(row: RowView) -> Decimal | None:
    gross, net, tax = row.money("gross"), row.money("net"), row.money("tax")
    if net is not None:
        return net
    return gross - tax if gross is not None and tax is not None else None


def _declares_gross(case: Case, row: RowView) -> bool:
    declared, gross, net = row.get("declared_amount").money, _gross(row), _net(row)
    if declared is None or gross is None or net is None or gross <= net:
        return False
    near = abs(declared - gross) <= gross * case.policy.tolerances.gross_as_net.value
    return near and declared > net + case.policy.tolerances.net_excess.value


def _finding(case: Case, view: ListView, row: RowView, allowed: Decimal, *, unsure: bool = False, **values: object) -> Finding:
    declared = row.get("declared_amount")
    excess = (declared.money or allowed) - allowed
    audit = case.stage == "audit"
    return case.finding(
        row.subject(), row.evidence("declared_amount", "net", "tax", "gross", "voucher_type"), inputs=[declared], doubtful=unsure,
        severity="correct" if not audit and not unsure and flips(case.view, view) else None, at_stake=str(excess),
        deduct=Deduction(amount=str(excess), reason="超过扣除可抵扣税款后的金额") if audit and not unsure else None,
        row=row.number, a=yuan(declared.money), b=yuan(allowed),
        data={"declared": declared.value, "allowed": str(allowed), "excess": str(excess), "invoice": row.shown_number}, words=values,
    )  # fmt: skip


@rule(
    id="R-050",
    title="申报金额含可抵扣税额",
    severity="correct",
    severity_at={"prereview": "note", "window": "note"},
    clause="四（二）注②",
    group="金额口径",
    sentence="清单第{row}行申报金额{a}元含可抵扣税额{t}元，应按{b}元填报。",
    hint=HINT,
    uses=USES,
)
def gross_as_net(case: Case) -> Iterator[Finding]:
    """申报金额含可抵扣税额

    What it does:
        可抵扣票据（专票、海关缴款书、机动车发票等）的申报金额约等于价税合计时提出，列明应填金额。
    Why:
        指南注②：项目投资额为扣除可抵扣税款的实际投入金额，不论是否实际抵扣。
    Bad:
        专票不含税1000000元、税额130000元，申报1130000元。
    Good:
        同一张专票申报1000000元；普通发票按价税合计申报。
    Known false alarms:
        普通发票不可抵扣，按价税合计填报是对的；小规模纳税人取得的专票须人工确认；票种看不出的转人工核对。
    """
    for view in case.view.lists:
        for row in view.rows:
            net, gross = _net(row), _gross(row)
            if row.linked or row.deductible is False or net is None or gross is None or not _declares_gross(case, row):
                continue
            yield _finding(case, view, row, net, unsure=row.deductible is None, t=yuan(gross - net))


@rule(
    id="R-215",
    title="申报金额大于可确认金额",
    severity="correct",
    severity_at={"prereview": "note", "window": "note"},
    clause="四（二）注②",
    group="金额口径",
    sentence="清单第{row}行申报金额{a}元大于该票据可确认金额{b}元，请更正。",
    hint=HINT,
    uses=USES,
)
def above_cost(case: Case) -> Iterator[Finding]:
    """申报金额大于可确认金额

    What it does:
        申报金额大于票据可确认金额（可抵扣票据为不含税金额，普通发票为价税合计）时提出。
    Why:
        投入以票据金额为上限。
    Bad:
        不含税1000000元的专票申报1200000元。
    Good:
        一张发票分多行列示，各行之和不超过可确认金额。
    Known false alarms:
        申报额约等于价税合计的由R-050提出，不重复；票种看不出时，仅在大于价税合计时提出。
    """
    slack = case.policy.tolerances.net_excess.value
    for view in case.view.lists:
        for row in view.rows:
            declared = row.get("declared_amount").money
            allowed = row.cost if row.cost is not None else _gross(row)
            if row.linked or declared is None or allowed is None or allowed <= 0 or declared <= allowed + slack:
                continue
            if row.deductible is not False and _declares_gross(case, row):
                continue
            yield _finding(case, view, row, allowed)
