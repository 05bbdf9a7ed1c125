"""The period decides by invoice date: R-051, R-052, R-053, R-054."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Deduction, Finding, Severity
from pipeline.policy import Window
from validators.lists import ListView, RowView
from validators.recognition import ZERO, flips, outside, windows
from validators.rule import Case, Skip, rule
from validators.view import ten_thousand
from validators.vouchers import chinese_date

WINDOWS = ("categories.*.window_start", "categories.*.window_end", "categories.*.window_by", "switches.I-2")
HINT = "项目实施期以发票/报关单时间为准，请将该行剔除或更正日期后同步更新合计。"


def _late_rows(case: Case) -> Iterator[tuple[ListView, tuple[Window, ...], RowView]]:
    """Rows whose date, sure or not, stands outside every period."""
    if not case.view.categories:
        raise Skip("未确定项目类别，无法确定申报期间")
    for view in case.view.lists:
        periods = windows(case.view, view)
        for row in view.rows:
            day = row.get("invoice_date").date
            if day is None or not periods or any(day in w for w in periods) or row.get("declared_amount").money in (None, 0):
                continue
            yield view, periods, row


def _paid_inside(row: RowView, window: Window) -> bool:
    paid = row.get("paid_on")
    return paid.sure and paid.date is not None and paid.date in window


def _open_ended(case: Case, view: ListView) -> bool:
    return any(case.policy.categories[c].window_end is None for c in case.view.window_categories(view))


def _row_finding(
    case: Case, view: ListView, row: RowView, period: str, *, severity: Severity | None = None, clause: str | None = None, **values: object
) -> Finding:
    """``period``: the dates that would count, in words."""
    field, declared = row.get("invoice_date"), row.get("declared_amount")
    amount = declared.value or ""
    reason = "发票日期不在申报期间"
    level = severity or ("correct" if case.stage != "audit" and flips(case.view, view) else None)
    return case.finding(
        row.subject(), row.evidence("invoice_date"), inputs=[field], severity=level, at_stake=amount, clause=clause, row=row.number,
        deduct=Deduction(amount=amount, reason=reason) if case.stage == "audit" and declared.sure else None,
        d=chinese_date(field.date), data={"found": field.value, "expected": period, "amount": amount, "invoice": row.shown_number}, words=values,
    )  # fmt: skip


@rule(
    id="R-051",
    title="发票日期不在申报期间",
    severity="correct",
    severity_at={"prereview": "note", "window": "note"},
    clause="四（二）注②",
    group="申报期间",
    sentence="清单第{row}行发票日期{d}不在申报期间{a}至{b}内，请剔除。",
    hint=HINT,
    uses=WINDOWS,
)
def outside_window(case: Case) -> Iterator[Finding]:
    """发票日期不在申报期间

    What it does:
        逐行核对发票（报关单）日期是否在所报类别的申报期间内，只看发票日期。
    Why:
        指南注②：项目实施期以发票时间/海关进口报关单时间为确认依据。
    Bad:
        类别1的清单列有2020年1月1日开具的发票。
    Good:
        2019年12月31日开具、2020年5月付款的发票。
    Known false alarms:
        窗口阶段个别超期只作提示并列明金额，影响申报资格时才要求补正；日期识别不确定的转人工核对。
    """
    for view, periods, row in _late_rows(case):
        window, day = periods[0], row.get("invoice_date").date
        early = day is not None and day < min(w.start for w in periods)
        if early and (_open_ended(case, view) or any(_paid_inside(row, w) for w in periods)):
            continue
        yield _row_finding(case, view, row, f"{window.start}至{window.end}", a=chinese_date(window.start), b=chinese_date(window.end))


@rule(
    id="R-052",
    title="以前年度发票本年付款",
    severity="correct",
    severity_at={"prereview": "note", "window": "note"},
    clause="四（二）注②",
    group="申报期间",
    sentence="清单第{row}行发票开具于{d}（非{y}年度），虽于{y}年付款亦不计入上年度投入。",
    hint=HINT,
    uses=WINDOWS,
)
def paid_inside_invoiced_before(case: Case) -> Iterator[Finding]:
    """以前年度发票本年付款

    What it does:
        找出发票在申报期间之前开具、在申报期间内付款的行。
    Why:
        归属期间按发票时间确认，与付款时间无关。
    Bad:
        2018年12月28日开具的发票，2019年3月付款，列入类别1清单。
    Good:
        2019年11月开具的发票，2020年4月付款。
    Known false alarms:
        分期付款的设备，发票在2019年开具即可，付款时间不影响归属。
    """
    for view, periods, row in _late_rows(case):
        if _open_ended(case, view):
            continue
        day = row.get("invoice_date").date
        window = next((w for w in periods if _paid_inside(row, w)), None)
        if window is not None and day is not None and day < window.start:
            yield _row_finding(case, view, row, f"{window.start}至{window.end}", y=window.start.year)


@rule(
    id="R-053",
    title="超期投入影响申报资格",
    severity="correct",
    clause="四（二）1",
    group="申报期间",
    sentence="清单有{n}行发票日期不在申报期间{a}至{b}内，涉及{x}万元，剔除后不再满足申报条件，请核对。",
    hint="请核对各行发票日期；剔除后不满足申报条件的，请核实申报类别。",
    uses=(*WINDOWS, "categories.*.smart_minimum"),
)
def window_flips_eligibility(case: Case) -> Iterator[Finding]:
    """超期投入影响申报资格

    What it does:
        汇总期间以外的行；剔除后清单归零，或类别2智能化投入跌破最低限额时提出。
    Why:
        个别行超期在审计时核减即可，影响申报资格的须在受理时告知。
    Bad:
        清单全部发票开具于2018年。
    Good:
        一百行中有一行超期，剔除后仍满足条件。
    Known false alarms:
        有日期识别不确定的行时转人工核对。
    """
    if not case.view.categories:
        raise Skip("未确定项目类别，无法确定申报期间")
    for view in case.view.lists:
        periods = windows(case.view, view)
        late = [r for r in view.rows if outside(r, periods)]
        if not late or not flips(case.view, view):
            continue
        amount = sum((r.money("declared_amount") or ZERO for r in late), ZERO)
        unsure = any(r.get("invoice_date").status == "doubtful" for r in view.rows) or not view.complete
        yield case.finding(
            case.view.subject(view.document), [e for r in late for e in r.evidence("invoice_date")], doubtful=unsure, clause=periods[0].clause,
            at_stake=str(amount), n=len(late), a=chinese_date(periods[0].start), b=chinese_date(periods[0].end), x=ten_thousand(amount),
            data={"rows": [str(r.number) for r in late], "amount": str(amount)},
        )  # fmt: skip


@rule(
    id="R-054",
    title="发票早于可追溯期",
    severity="correct",
    severity_at={"prereview": "note", "window": "note"},
    clause="四（二）3",
    group="申报期间",
    sentence="清单第{row}行发票日期{d}早于可追溯期起点{a}，请剔除。",
    hint=HINT,
    uses=(*WINDOWS, "switches.I-18"),
)
def before_traceback(case: Case) -> Iterator[Finding]:
    """发票早于可追溯期

    What it does:
        重大项目、上市公司项目的清单中，找出早于可追溯期起点的行。
    Why:
        扶持的固定资产投资最长可追溯至申报年度前2个自然年度。
    Bad:
        类别3清单列有2017年12月31日的发票。
    Good:
        2018年1月1日的发票。
    Known false alarms:
        续报项目的起算年度待明确，续报的早年发票转人工核对。
    """
    for view, periods, row in _late_rows(case):
        day = row.get("invoice_date").date
        start = min(w.start for w in periods)
        if not _open_ended(case, view) or day is None or day >= start:
            continue
        renewal = case.dossier.submission.renewal and case.policy.switch("I-18") == "review"
        yield _row_finding(case, view, row, f"{start}起", severity="review" if renewal else None, clause=periods[0].clause, a=chinese_date(start))
