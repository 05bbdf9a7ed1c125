"""The same figure in different papers: R-015, R-341, R-342, R-345, R-346, R-352."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.model import Evidence, Finding, Severity, Subject
from validators.indicators import Figure, application_figures, audit_figures, statistics_figures
from validators.rule import Case, Datum, Skip, rule
from validators.units import differs, slip_power
from validators.view import both_units, ten_thousand

HINT = "请核对原始报表后更正，或书面说明差异原因。"
Slip = tuple[Figure, Figure, int]
"""Two figures of one thing, and the power of ten between them."""
USES = ("statistics.indicators", "statistics.form_units", "units", "tolerances.unit_slip", "tolerances.unit_slip_powers")


def pairs(case: Case, left: Iterator[Figure], right: Iterator[Figure], only: str | None = None) -> Iterator[tuple[Figure, Figure]]:
    """Figures of the same indicator and year, each pair of sources once; equal second copies of a figure are dropped."""
    rights: dict[tuple[str, int], list[Figure]] = {}
    for figure in right:
        known = rights.setdefault((figure.key, figure.year), [])
        if all(k.amount != figure.amount for k in known):
            known.append(figure)
    seen: set[tuple[str, int, Decimal, Decimal]] = set()
    for a in left:
        if only is not None and a.key != only:
            continue
        for b in rights.get((a.key, a.year), []):
            mark = (a.key, a.year, a.amount, b.amount)
            if mark not in seen:
                seen.add(mark)
                yield a, b


def _finding(case: Case, a: Figure, b: Figure, severity: Severity | None = None) -> Finding:
    title = case.policy.statistics.indicators[a.key].title
    money = case.policy.statistics.indicators[a.key].money
    show = ten_thousand if money else str
    return case.finding(
        Subject(type="field", id=a.key, year=a.year), [*a.evidence, *b.evidence], severity=severity, doubtful=not (a.sure and b.sure),
        discriminator=f"{a.where}|{b.where}", ind=f"{a.year}年{title}", a=show(a.amount), b=show(b.amount), left=a.where, right=b.where,
        u="万元" if money else "人",
        data=_both(a, b) if money else {"left": f"{a.amount}人", "right": f"{b.amount}人", "left_source": a.where, "right_source": b.where},
    )  # fmt: skip


def _times(power: int) -> str:
    return {4: "1万", 8: "1亿"}.get(power, str(10**power))


def _both(a: Figure, b: Figure) -> dict[str, Datum]:
    """Both sums in yuan with the names of their sources."""
    return {"left": f"{a.amount:.2f}", "left_source": a.where, "right": f"{b.amount:.2f}", "right_source": b.where}


def _severity(case: Case, a: Figure, b: Figure) -> Severity | None:
    """None: no finding; by the two steps of R-342."""
    gap = differs(a.amount, b.amount)
    if gap <= case.policy.tolerances.statistics_note.value:
        return None
    return "correct" if gap > case.policy.tolerances.statistics_correct.value else "note"


@rule(
    id="R-015",
    title="申请书数据与统计数据不一致",
    severity="correct",
    clause="五基础（七）",
    group="数据一致",
    sentence="申请书“{ind}”{a}{u}与报送统计部门数据{b}{u}不一致，请核对更正或说明。",
    hint=HINT,
    uses=(*USES, "tolerances.statistics_note", "tolerances.statistics_correct"),
)
def application_statistics(case: Case) -> Iterator[Finding]:
    """申请书与统计数据一致

    What it does:
        申请书填报的营业收入、利润总额等，与报送统计部门的同年数据逐项比较。
    Why:
        指南五基础（七）：生产经营数据应与报送市统计部门的数据一致。
    Bad:
        申请书2019年营业收入1.2亿元，B203表为1亿元。
    Good:
        两处差异在1%以内。
    Known false alarms:
        统计快报未经审计，1%至5%只作提示；相差恰为10的整数次幂的由R-352按单位错误提出；部分月份的累计数不比较。
    """
    statistics = list(statistics_figures(case.view))
    if not statistics:
        raise Skip("未提供统计数据")
    for a, b in pairs(case, application_figures(case.view), iter(statistics)):
        severity = _severity(case, a, b)
        if severity is not None and slip_power(case.policy, a.amount, b.amount) is None:
            yield _finding(case, a, b, severity)


@rule(
    id="R-341",
    title="申请书数据与审计报告不一致",
    severity="correct",
    clause="五基础（七）",
    group="数据一致",
    sentence="申请书“{ind}”{a}{u}与审计报告{b}{u}不一致，请核对更正或说明。",
    hint=HINT,
    uses=(*USES, "tolerances.application_audit"),
)
def application_audit(case: Case) -> Iterator[Finding]:
    """申请书与审计报告一致

    What it does:
        申请书填报的营业收入、利润总额、资产总计，与同年审计报告本期数比较。
    Why:
        申请书数据应有经审计的出处。
    Bad:
        申请书2018年营业收入9000万元，审计报告为7500万元。
    Good:
        差异在0.5%以内。
    Known false alarms:
        审计报告同时有合并与母公司报表时用母公司数；只有合并数时转人工核对。
    """
    for a, b in pairs(case, application_figures(case.view), audit_figures(case.view)):
        if differs(a.amount, b.amount) > case.policy.tolerances.application_audit.value and slip_power(case.policy, a.amount, b.amount) is None:
            yield _finding(case, a, b)


def _statistics_audit(case: Case, key: str) -> Iterator[Finding]:
    statistics = list(statistics_figures(case.view))
    if not statistics:
        raise Skip("未提供统计数据")
    for a, b in pairs(case, iter(statistics), audit_figures(case.view), key):
        severity = _severity(case, a, b)
        if severity is not None and slip_power(case.policy, a.amount, b.amount) is None:
            yield _finding(case, a, b, severity)


@rule(
    id="R-342",
    title="营业收入统计数与审计数不一致",
    severity="correct",
    clause="五基础（七）",
    group="数据一致",
    sentence="{left}“{ind}”{a}{u}与审计报告{b}{u}不一致，请核对更正或说明。",
    hint=HINT,
    uses=(*USES, "tolerances.statistics_note", "tolerances.statistics_correct"),
)
def revenue(case: Case) -> Iterator[Finding]:
    """营业收入：统计数与审计数

    What it does:
        比较报送统计部门的营业收入与审计报告营业收入。
    Why:
        指南五基础（七）：生产经营数据应与报送市统计部门的数据一致。
    Bad:
        B203表2019年营业收入100000千元，审计报告1.3亿元。
    Good:
        差异在1%以内。
    Known false alarms:
        统计数未经审计，1%至5%只作提示；规模以下企业没有B203表。
    """
    yield from _statistics_audit(case, "revenue")


@rule(
    id="R-345",
    title="利润总额统计数与审计数不一致",
    severity="correct",
    clause="五基础（七）",
    group="数据一致",
    sentence="{left}“{ind}”{a}{u}与审计报告{b}{u}不一致，请核对更正或说明。",
    hint=HINT,
    uses=(*USES, "tolerances.statistics_note", "tolerances.statistics_correct"),
)
def profit(case: Case) -> Iterator[Finding]:
    """利润总额：统计数与审计数

    What it does:
        比较报送统计部门的利润总额与审计报告利润总额。
    Why:
        指南五基础（七）：生产经营数据应与报送市统计部门的数据一致。
    Bad:
        B203表利润总额8000千元，审计报告500万元。
    Good:
        差异在1%以内。
    Known false alarms:
        年末审计调整会造成小额差异，1%至5%只作提示。
    """
    yield from _statistics_audit(case, "profit")


@rule(
    id="R-346",
    title="申报投入大于统计投资额",
    severity="note",
    clause="四（二）3",
    group="数据一致",
    sentence="{y}年清单固定资产投入{a}万元大于{right}本年完成投资{b}万元，请核对说明。",
    variants={"lower": "{y}年清单固定资产投入{a}万元与{right}本年完成投资{b}万元不符，重大项目按就低原则取{b}万元。"},
    hint="请核对投资统计报表与清单口径（均为扣除可抵扣税款后的金额）。",
    uses=(*USES, "tolerances.investment", "categories.*.lower_of_statistics"),
)
def investment(case: Case) -> Iterator[Finding]:
    """申报投入与投资统计

    What it does:
        清单当年固定资产投入合计与206表本年完成投资比较，清单大于统计时提出。
    Why:
        重大项目按就低原则核定；其他类别数据应当一致。
    Bad:
        206表2019年完成投资2000万元，清单固定资产投入3500万元。
    Good:
        清单投入不大于统计完成投资。
    Known false alarms:
        计划总投资不足500万元的项目不在投资统计范围；统计大于清单属正常，申报的可以只是一部分。
    """
    figures = [f for f in statistics_figures(case.view) if f.key == "investment"]
    if not figures:
        raise Skip("未提供206表（固定资产投资统计）")
    for figure in figures:
        amount, sure, evidence = _listed(case, figure.year)
        if amount <= 0 or slip_power(case.policy, amount, figure.amount) is not None:
            continue
        if amount > figure.amount and differs(amount, figure.amount) > case.policy.tolerances.investment.value:
            lower = any((t := case.policy.categories[c].lower_of_statistics) is not None and t.value for c in case.view.categories)
            yield case.finding(
                Subject(type="field", id="investment", year=figure.year), [*evidence, *figure.evidence], variant="lower" if lower else "",
                doubtful=not (sure and figure.sure), at_stake=str(amount - figure.amount), y=figure.year, a=ten_thousand(amount),
                b=ten_thousand(figure.amount), right=figure.where, data={"list": f"{amount:.2f}", "statistics": f"{figure.amount:.2f}"},
            )  # fmt: skip


def _listed(case: Case, year: int) -> tuple[Decimal, bool, tuple[Evidence, ...]]:
    """Fixed-asset rows of a year: sum, whether every row told what it is, and where."""
    rows = [r for v in case.view.lists for r in v.rows if r.date is not None and r.date.year == year and not r.linked]
    counted = [r for r in rows if r.get("is_fixed_asset").flag is not False]
    total = sum((r.money("declared_amount") or Decimal(0) for r in counted), Decimal(0))
    sure = all(r.get("is_fixed_asset").sure for r in rows) and all(v.complete for v in case.view.lists)
    views = {id(r.owner): r.owner for r in counted}.values()
    return total, sure, tuple(e for v in views for e in case.view.place(v.document))


@rule(
    id="R-352",
    title="计量单位疑似错误",
    severity="correct",
    clause="五基础（七）",
    group="数据一致",
    sentence="{left}“{ind}”{a}，与{right}{b}相差约{times}倍，疑为计量单位（元/千元/万元）填写错误，请核对。",
    variants={"odd": "{left}“{ind}”{a}，与{right}均相差约{times}倍，疑为{left}计量单位（元/千元/万元）填写错误，请核对。"},
    hint="请核对报表的计量单位：企业财务统计为千元，投资统计与申请书为万元，审计报告多为元。",
    uses=(*USES, "tolerances.statistics_correct"),
)
def unit_slip(case: Case) -> Iterator[Finding]:
    """计量单位错误

    What it does:
        同一指标两处数据之比约为10、1000、10000或1亿倍时，按单位填写错误提出，先于一切容差比较；
        一处与其余各处都差同样倍数、其余各处相互一致的，只提一条，指明是哪一处。
    Why:
        单位错误是最常见的填报差错，不能当作数据造假。
    Bad:
        申请书营业收入120000（按万元填，实为千元数），审计报告1.2亿元。
    Good:
        换算成元后一致。
    Known false alarms:
        两个本来不同的数恰好相差10倍的概率很小，仍请核对原表。
    """
    application, statistics, audit = (list(f(case.view)) for f in (application_figures, statistics_figures, audit_figures))
    slips: dict[tuple[str, int], list[Slip]] = {}
    for left, right in ((application, audit), (application, statistics), (statistics, audit)):
        for a, b in pairs(case, iter(left), iter(right)):
            power = slip_power(case.policy, a.amount, b.amount)
            if power is not None:
                slips.setdefault((a.key, a.year), []).append((a, b, power))
    for (key, year), found in slips.items():
        subject, title = Subject(type="field", id=key, year=year), case.policy.statistics.indicators[key].title
        odd = _odd_one(case, found)
        if odd is not None:
            yield _odd_slip(case, subject, *odd, title)
        else:
            for a, b, power in found:
                yield _slip(case, subject, a, b, power, title)
    yield from _list_slips(case)


def _odd_one(case: Case, slips: list[Slip]) -> tuple[Figure, list[Figure], int] | None:
    """One wrong unit makes a slip against every other source. The figure that is in all of them, when it is off by one and the same
    factor and the others agree among themselves; None when the papers do not tell which figure is the wrong one."""
    for odd in slips[0][:2] if len(slips) > 1 else ():
        others = [b if a == odd else a for a, b, _ in slips if odd in (a, b)]
        powers = {power if a == odd else -power for a, _, power in slips}
        near = case.policy.tolerances.statistics_correct.value
        if len(others) == len(slips) and len(powers) == 1 and all(differs(others[0].amount, o.amount) <= near for o in others[1:]):
            return odd, others, abs(powers.pop())
    return None


def _odd_slip(case: Case, subject: Subject, odd: Figure, others: list[Figure], power: int, title: str) -> Finding:
    return case.finding(
        subject, [e for f in (odd, *others) for e in f.evidence], variant="odd", doubtful=not all(f.sure for f in (odd, *others)),
        discriminator=odd.where, ind=f"{odd.year}年{title}", left=odd.where, a=both_units(odd.amount), times=_times(power),
        right="、".join(f"{o.where}{both_units(o.amount)}" for o in others),
        data={**_both(odd, others[0]), "third": f"{others[1].amount:.2f}", "third_source": others[1].where, "power": power},
    )  # fmt: skip


def _list_slips(case: Case) -> Iterator[Finding]:
    for view in case.view.lists:
        rows = [r.get("declared_amount") for r in view.rows if r.get("declared_amount").status != "missing"]
        total = sum((f.money or Decimal(0) for f in rows), Decimal(0))
        proof = case.view.place(view.document)
        listed = Figure("list", 0, total, all(f.sure for f in rows) and view.complete, "清单各行之和", proof)
        stated = view.document.get("declared_total")
        if stated.money is not None and (power := slip_power(case.policy, stated.money, total)) is not None:
            head = Figure("list", 0, stated.money, stated.sure, "清单合计", stated.evidence or proof)
            yield _slip(case, case.view.subject(view.document), head, listed, power, "申报投入")
        for form in case.dossier.of_kind("application_form"):
            told = form.get("declared_investment")
            if told.money is not None and (power := slip_power(case.policy, told.money, total)) is not None:
                a = Figure("list", 0, told.money, told.sure, "申请书", told.evidence or case.view.place(form))
                yield _slip(case, case.view.subject(form), a, listed, power, "申报投入")


def _slip(case: Case, subject: Subject, a: Figure, b: Figure, power: int, title: str) -> Finding:
    return case.finding(
        subject, [*a.evidence, *b.evidence], doubtful=not (a.sure and b.sure), discriminator=f"{a.where}|{b.where}",
        ind=f"{a.year}年{title}" if a.year else title, left=a.where, right=b.where, a=both_units(a.amount), b=both_units(b.amount), times=_times(abs(power)),
        data={**_both(a, b), "power": power},
    )  # fmt: skip
