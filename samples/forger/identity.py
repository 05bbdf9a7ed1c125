"""Who applies, for what, where: names, codes, licence, filing certificate, project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from samples.forger.model import FORM, LIST, STATISTICS, Forged, NotHere, Spot, defect, innocent
from samples.forger.tools import change_application, change_project, edit_ledger, plan_of, report, tax_paper
from samples.ids import random_uscc
from samples.layouts import volume_keys
from samples.money import plain
from samples.world.change import replace_part
from samples.world.model import PaperKey, Party, World
from samples.world.statistics import SURVEY_MINIMUM, TEN_THOUSAND, whole

LICENCE, FILING = "business_licence", "filing_certificate"


def _company(world: World, **changes: object) -> World:
    return replace(world, company=replace(world.company, **changes))  # type: ignore[arg-type]


def _swapped_digits(code: str) -> str:
    """Two neighbouring signs of the organisation code changed places: the check digit no longer fits."""
    at = next(i for i in range(9, 16) if code[i] != code[i + 1])
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]


@defect("other_uscc", "申请书上的统一社会信用代码写错", "R-007", "R-250")
def _other_uscc(world: World) -> Forged:
    changed = change_application(world, uscc=_swapped_digits(world.party.uscc))
    return Forged(changed, (Spot(FORM),), (FORM,), "代码有两位颠倒，校验位不符", frozenset({"form uscc"}))


@defect("other_name", "申请书上的单位名称与执照不一致", "R-007", "R-010", "R-082")
def _other_name(world: World) -> Forged:
    changed = change_application(world, applicant_name=world.company.sister.name)
    return Forged(changed, (Spot(FORM), Spot(LICENCE), Spot(FILING)), (FORM,), "申请书写成关联公司的名称", frozenset({"form name"}))


@defect("other_project", "申请书的项目名称与备案表不一致", "R-010", "R-007")
def _other_project(world: World) -> Forged:
    changed = change_application(world, project_name=world.project.product + "扩产与厂房建设项目")
    return Forged(changed, (Spot(FORM), Spot(FILING)), (FORM,), "项目名称不同", frozenset({"form project"}))


@defect("industry_outside", "行业代码不在制造业范围", "R-018", "R-019", "R-010", categories=("1", "2"))
def _industry_outside(world: World) -> Forged:
    return Forged(change_application(world, industry_code="6510"), (Spot(FORM),), (FORM,), "6510软件开发", frozenset({"form industry"}))


@defect("industry_unknown", "行业代码不在国民经济行业分类中", "R-018", "R-019", "R-010", categories=("1", "2"))
def _industry_unknown(world: World) -> Forged:
    return Forged(change_application(world, industry_code="3800"), (Spot(FORM),), (FORM,), "范围之内但没有这个小类", frozenset({"form industry"}))


def _refiled(world: World, **changes: object) -> World:
    """Another project was filed: certificate and the filing system's own record agree."""
    changed = change_project(world, **changes)
    project = changed.project
    own = {
        "location": project.location, "total_investment": plain(project.total_investment), "period_start": project.starts.isoformat(),
        "period_end": project.ends.isoformat(),
    }  # fmt: skip
    return edit_ledger(changed, "filings", lambda row: {**row, **own} if row.get("filing_number") == project.filing_number else row)


def _filing(world: World) -> PaperKey:
    if FILING not in volume_keys(world):
        raise NotHere("没有备案表")
    return FILING


@defect("site_outside", "项目实施地不在深圳", "R-017", "R-010")
def _site_outside(world: World) -> Forged:
    changed = _refiled(world, location="东莞市凤岗镇官井头村嘉辉路12号")
    touches = (FORM, _filing(world), *plan_of(world), "ledger:filings")
    return Forged(changed, (Spot(FORM), Spot(FILING)), touches, "申请书、备案表的地点都在东莞", frozenset({"site"}))


@defect("licence_expired", "营业执照已过期", "R-255")
def _licence_expired(world: World) -> Forged:
    return Forged(_company(world, valid_until=date(2020, 3, 31)), (Spot(LICENCE),), (LICENCE,), "营业期限到2020年3月31日", frozenset({"licence"}))


@defect("not_an_enterprise", "申报单位是合伙企业", "R-005", "R-006")
def _not_an_enterprise(world: World) -> Forged:
    return Forged(_company(world, kind="有限合伙企业"), (Spot(LICENCE),), (LICENCE,), "执照类型为有限合伙企业", frozenset({"licence"}))


@defect("filing_too_small", "申报投入超过备案总投资", "R-261", "E-37", "E-04", categories=("1", "2", "4a", "4b"))
def _filing_too_small(world: World) -> Forged:
    """All papers name the small total; only what is declared goes beyond it."""
    total = world.declared_total * 6 // 10 // 10000 * 10000
    if total < SURVEY_MINIMUM:
        raise NotHere("申报投入太少")
    changed = _refiled(world, total_investment=total, fixed_investment=min(world.project.fixed_investment, total * 9 // 10))
    if world.plan is not None:
        changed = replace(changed, plan=replace(world.plan, planned_total=total, yearly_plan=_scaled(world.plan.yearly_plan, total), sources=_scaled(world.plan.sources, total)))
    statistics = tuple(replace(v, value=whole(total, TEN_THOUSAND)) if (v.form, v.indicator) == ("206", "计划总投资") else v for v in world.statistics)
    touches = (_filing(world), FORM, *plan_of(world), "ledger:filings", STATISTICS, "ledger:statistics")
    return Forged(replace(changed, statistics=statistics), (Spot(FILING), Spot(LIST)), touches, "备案总投资只有申报投入的六成", frozenset({"filing total"}))


K = TypeVar("K")


def _scaled(parts: tuple[tuple[K, Decimal], ...], total: Decimal) -> tuple[tuple[K, Decimal], ...]:
    """``parts`` in proportion, so that they sum to ``total``; the first takes the rest."""
    old = sum((amount for _, amount in parts), Decimal(0))
    rest = [(name, amount * total / old // 10000 * 10000) for name, amount in parts[1:]]
    return ((parts[0][0], total - sum((amount for _, amount in rest), Decimal(0))), *rest)


@defect("filing_too_late", "备案建设期不含发票日期", "R-011", "R-260", "E-37", categories=("1", "2"))
def _filing_too_late(world: World) -> Forged:
    last = max(r.invoice_date for r in world.rows)
    changed = _refiled(world, starts=date(last.year, last.month, 1))
    touches = (_filing(world), FORM, *plan_of(world), "ledger:filings")
    return Forged(changed, (Spot(FILING), Spot(LIST)), touches, "大部分发票早于建设期", frozenset({"filing period"}))


@defect("tax_paper_of_other", "纳税证明是别的公司的", "R-272", "R-007", "R-095", categories=("2", "3", "5"))
def _tax_paper_of_other(world: World) -> Forged:
    paper = tax_paper(world, 2018)
    changed = replace_part(world, "tax_papers", paper.key, taxpayer=world.company.sister)
    return Forged(changed, (Spot(paper.key),), (paper.key,), "纳税人是关联公司")


@defect("audit_of_other", "审计报告是别的公司的", "R-096", "R-007", "R-287", categories=("2", "3", "5"))
def _audit_of_other(world: World) -> Forged:
    year = report(world, 2018).year
    changed = replace_part(world, "audit_reports", year, client=world.company.sister.name)
    return Forged(changed, (Spot(f"audit_report:{year}"),), (f"audit_report:{year}",), "被审计单位是关联公司")


@innocent("moved_in", "外地迁入、代码不是4403开头", "R-005", "R-007", "R-017", "R-250", "R-253")
def _moved_in(world: World) -> Forged:
    """Rule-book R-431: companies that moved in keep their code. Every paper carries it, so everything is drawn anew."""
    party = world.party
    old = party.uscc
    fresh = random_uscc(world.rng("forger", "moved_in"), "441900")
    changed = _everywhere(world, old, fresh)
    return Forged(changed, (Spot(LICENCE),), ("*",), "代码区划为441900，住所在深圳", frozenset({"uscc"}))


def _everywhere(world: World, old: str, fresh: str) -> World:
    """The same world with another USCC for the applicant; ids derived from it (15-digit ids) follow."""

    def party(p: Party) -> Party:
        return replace(p, uscc=fresh, old_tax_id=fresh[2:8] + fresh[8:17]) if p.uscc == old else p

    me = party(world.party)
    swap: dict[str, object] = {
        "company": replace(world.company, party=me),
        "invoices": tuple(replace(i, buyer=party(i.buyer), buyer_tax_id=fresh if i.buyer_tax_id == old else i.buyer_tax_id) for i in world.invoices),
        "imports": tuple(replace(e, consignee=party(e.consignee), end_user=party(e.end_user)) for e in world.imports),
        "contracts": tuple(replace(c, buyer=party(c.buyer)) for c in world.contracts),
        "payments": tuple(replace(p, payer=party(p.payer)) for p in world.payments),
        "loans": tuple(replace(x, borrower=party(x.borrower), receipts=tuple(replace(r, payer=party(r.payer)) for r in x.receipts)) for x in world.loans),
        "leases": tuple(replace(x, lessee=party(x.lessee), receipts=tuple(replace(r, payer=party(r.payer)) for r in x.receipts)) for x in world.leases),
        "ledgers": tuple(replace(t, rows=tuple({k: v.replace(old, fresh) for k, v in row.items()} for row in t.rows)) for t in world.ledgers),
    }
    return replace(world, **swap)  # type: ignore[arg-type]
