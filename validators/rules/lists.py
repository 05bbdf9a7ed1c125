"""Arithmetic and form of the list: R-071, R-320, R-323."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.values import parse_number
from pipeline.model import Field, Finding
from validators.lists import ListView, RowView
from validators.rule import Case, rule
from validators.units import slip_power
from validators.view import yuan

ZERO = Decimal(0)


def resolution(field: Field) -> Decimal:
    """Half of the last printed digit, in yuan, for sums printed in 万元 and the like; nothing for sums in yuan."""
    value, printed = field.money, parse_number(field.raw or "")
    if value is None or not printed or value == printed:
        return ZERO
    decimals = max(2, -int(printed.as_tuple().exponent)) if isinstance(printed.as_tuple().exponent, int) else 2
    return abs(value / printed) * Decimal(1).scaleb(-decimals) / 2


@rule(
    id="R-071",
    title="清单勾稽不符",
    severity="correct",
    clause="六（一）（1）",
    group="清单勾稽",
    sentence="清单合计{a}元与各行之和{b}元相差{d}元，请更正。",
    variants={
        "row": "清单第{row}行不含税金额{n}元与税额{t}元之和不等于含税金额{g}元，相差{d}元，请更正。",
        "application": "申请书申报投入{a}元与清单合计{b}元相差{d}元，请核对更正。",
    },
    hint="请核对各行金额与合计，更正后同步更新申请书、Excel和纸质清单。",
    uses=("tolerances.row_sum", "tolerances.row_sum_many", "tolerances.list_sum_per_row", "tolerances.application_total"),
)
def arithmetic(case: Case) -> Iterator[Finding]:
    """清单勾稽

    What it does:
        核对每行不含税金额+税额=含税金额、各行之和=合计行、清单合计=申请书申报投入。
    Why:
        清单是核定投入的底稿，前后不一致无法采信。
    Bad:
        各行之和为9000000元，合计行写900000元。
    Good:
        合计与各行之和一致，差额在四舍五入范围内。
    Known false alarms:
        以万元填列的清单按其小数位放宽；有行未能读出或金额存疑时转人工核对；相差恰为10的整数次幂的由R-352按单位错误提出。
    """
    limits = case.policy.tolerances
    for view in case.view.lists:
        for row in view.rows:
            yield from _row(case, row)
        declared = [r.get("declared_amount") for r in view.rows if r.get("declared_amount").status != "missing"]
        stated = view.document.get("declared_total")
        if not declared or stated.money is None:
            continue
        total = sum((f.money or ZERO for f in declared), ZERO)
        slack = limits.row_sum.value + limits.list_sum_per_row.value * len(declared) + sum((resolution(f) for f in [*declared, stated]), ZERO)
        if abs(stated.money - total) <= slack or slip_power(case.policy, stated.money, total) is not None:
            continue
        yield case.finding(
            case.view.subject(view.document), [*case.view.evidence(view.document, stated)], inputs=[stated, *declared],
            doubtful=not view.complete, discriminator="total", a=yuan(stated.money), b=yuan(total), d=yuan(abs(stated.money - total)),
            data={"stated": str(stated.money), "sum": str(total)},
        )  # fmt: skip
    yield from _application(case)


def _row(case: Case, row: RowView) -> Iterator[Finding]:
    net, tax, gross = row.get("net"), row.get("tax"), row.get("gross")
    if net.money is None or tax.money is None or gross.money is None:
        return
    limits = case.policy.tolerances
    many = len(row.owner.by_key.get(row.key or "", ())) > 1 or row.linked
    slack = (limits.row_sum_many if many else limits.row_sum).value + sum((resolution(f) for f in (net, tax, gross)), ZERO)
    difference = abs(net.money + tax.money - gross.money)
    if difference <= slack:
        return
    yield case.finding(
        row.subject(), row.evidence("net", "tax", "gross"), variant="row", inputs=[net, tax, gross], at_stake=str(difference), row=row.number,
        n=yuan(net.money), t=yuan(tax.money), g=yuan(gross.money), d=yuan(difference),
        data={"net": net.value, "tax": tax.value, "gross": gross.value},
    )  # fmt: skip


def _application(case: Case) -> Iterator[Finding]:
    """The application's total against the lists of the categories it is for."""
    lists = [v for v in case.view.lists if v.is_excel or len(case.view.lists) == 1]
    if not lists:
        return
    for form in case.dossier.of_kind("application_form"):
        told = form.get("declared_investment")
        if told.money is None:
            continue
        sums = [(v, column, _total(v, column)) for v in lists for column in ("declared_amount", "smart_amount")]
        sums = [entry for entry in sums if entry[2] > 0]
        everything = sum((t for _, c, t in sums if c == "declared_amount"), ZERO)
        slack = case.policy.tolerances.application_total.value
        if not sums or any(abs(told.money - t) <= slack for t in [*(t for _, _, t in sums), everything]):
            continue
        if any(slip_power(case.policy, told.money, t) is not None for _, _, t in sums):
            continue
        view, _, total = sums[0]
        declared = [r.get("declared_amount") for r in view.rows if r.get("declared_amount").status != "missing"]
        yield case.finding(
            case.view.subject(form), [*case.view.evidence(form, told), *case.view.evidence(view.document, view.document.get("declared_total"))],
            variant="application", inputs=[told, *declared], doubtful=not view.complete, discriminator="application",
            a=yuan(told.money), b=yuan(total), d=yuan(abs(told.money - total)), data={"application": told.value, "list": str(total)},
        )  # fmt: skip


def _total(view: ListView, column: str) -> Decimal:
    return sum((r.get(column).money or ZERO for r in view.rows), ZERO)


@rule(
    id="R-320",
    title="号码丢失位数",
    severity="correct",
    clause="六（一）（1）",
    group="清单格式",
    sentence="第{row}行号码显示为{v}，因Excel数值格式丢失位数，请以文本格式重填。",
    hint="请将该列设为文本格式后重新录入完整号码。",
)
def lost_digits(case: Case) -> Iterator[Finding]:
    """号码丢失位数

    What it does:
        找出被Excel按数值保存、末尾位数已经丢失的长号码。
    Why:
        丢失的位数无法还原，凭该号码查不到票据。
    Bad:
        18位报关单号显示为5.30120E+17。
    Good:
        号码以文本格式填写。
    Known false alarms:
        前导零丢失的8位发票号码可以补足，不在此列。
    """
    for view in case.view.lists:
        for row in view.rows:
            for column, field in row.row.cells.items():
                if field.reason == "lost_digits":
                    # The doubt is the finding itself: that digits are lost is certain, only which ones is not.
                    yield case.finding(
                        row.subject(), row.evidence(column), discriminator=column, row=row.number, v=field.raw or field.value,
                        data={"column": column, "shown": field.raw},
                    )  # fmt: skip


@rule(
    id="R-323",
    title="清单金额单位存疑",
    severity="correct",
    clause="六（一）（1）",
    group="清单格式",
    sentence="清单表头单位为{u}，与各行金额的量级不符，疑为单位填写错误，请核对。",
    variants={"unknown": "清单未注明金额单位（元/万元），请注明后重新上传。"},
    hint="请在表头注明金额单位，并核对各行金额与该单位一致。",
)
def list_unit(case: Case) -> Iterator[Finding]:
    """清单金额单位存疑

    What it does:
        表头没有单位，或单位与各行金额的量级明显不符时提出。
    Why:
        单位错一级，金额差一万倍，后面的核对全部失真。
    Bad:
        表头写“单位：万元”，各行却填1250000.00。
    Good:
        表头写“单位：元”，各行为元。
    Known false alarms:
        量级只是推断，单位不符的一律转人工核对。
    """
    for view in case.view.lists:
        reasons = {f.reason for r in view.rows for f in r.row.cells.values()} | {view.document.get("declared_total").reason}
        money = next((f for r in view.rows for f in r.row.cells.values() if f.reason in ("unit_suspect", "unit_unknown")), None)
        unit = view.document.get("unit")
        proof = list(case.view.evidence(view.document, unit)) + (list(money.evidence) if money is not None else [])
        if "unit_suspect" in reasons:
            yield case.finding(case.view.subject(view.document), proof, doubtful=True, discriminator="suspect", u=unit.value)
        elif "unit_unknown" in reasons:
            yield case.finding(case.view.subject(view.document), proof, variant="unknown", discriminator="unknown")
