"""The implementation plan and the papers of a listed company."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.forger.model import VOLUME, Forged, NotHere, Spot, defect, innocent
from samples.world.model import Category, Listing, PlanFacts, World

PLAN = "implementation_plan"
PLANNED: tuple[Category, ...] = ("2", "3", "5")


def _plan(world: World, note: str, *, longer: bool = False, **changes: object) -> Forged:
    """``longer``: the change makes the plan longer or shorter, so that the volume is numbered otherwise behind it."""
    if world.plan is None:
        raise NotHere("没有实施方案")
    plan: PlanFacts = replace(world.plan, **changes)  # type: ignore[arg-type]
    if plan == world.plan:
        raise NotHere("方案本来就是这样")
    return Forged(replace(world, plan=plan), (Spot(PLAN),), (PLAN, VOLUME, "front") if longer else (PLAN,), note)


@defect("plan_chapter_missing", "实施方案缺一章", "R-091", categories=PLANNED)
def _plan_chapter_missing(world: World) -> Forged:
    return _plan(world, "缺第四章", longer=True, missing_chapters=frozenset({4}))


@defect("plan_chapters_swapped", "实施方案章节顺序颠倒", "R-091", categories=PLANNED)
def _plan_chapters_swapped(world: World) -> Forged:
    return _plan(world, "第二、三章颠倒", longer=True, swapped_chapters=(2, 3))


@defect("plan_contents_wrong", "实施方案目录页码与正文不符", "R-090", categories=PLANNED)
def _plan_contents_wrong(world: World) -> Forged:
    return _plan(world, "目录上第三章的页码错了3页", contents_shift=(3, 3))


@defect("plan_without_contents", "实施方案没有目录", "R-090", categories=PLANNED)
def _plan_without_contents(world: World) -> Forged:
    return _plan(world, "没有目录", longer=True, no_contents=True)


@defect("plan_without_photos", "实施方案没有改造前后实景图片", "R-111", categories=("2", "5"))
def _plan_without_photos(world: World) -> Forged:
    return _plan(world, "没有图片", longer=True, photos=False)


@defect("subsidy_in_sources", "资金来源把申请奖补资金算入总投资", "R-115", "E-39", categories=("3",))
def _subsidy_in_sources(world: World) -> Forged:
    if world.plan is None or not world.plan.sources:
        raise NotHere("方案没有资金来源")
    (name, amount), *rest = world.plan.sources
    subsidy = Decimal("10000000")
    if amount <= subsidy:
        raise NotHere("首项资金太少")
    return _plan(world, "来源含申请奖补资金1000万元", sources=((name, amount - subsidy), *rest, ("申请奖补资金", subsidy)))


@defect("yearly_plan_sum", "分年度计划之和不等于总投资", "R-116", "E-39", categories=("3",))
def _yearly_plan_sum(world: World) -> Forged:
    if world.plan is None or not world.plan.yearly_plan:
        raise NotHere("方案没有分年度计划")
    (year, amount), *rest = world.plan.yearly_plan
    return _plan(world, "首年计划多2000万元", yearly_plan=((year, amount + Decimal("20000000")), *rest))


@innocent("fifth_unnumbered", "提纲1-2第五章没有编号", "R-091", "R-090", categories=("3",))
def _fifth_unnumbered(world: World) -> Forged:
    return _plan(world, "指南附件1-2本身漏印“五、”", numbered_fifth=False)


# ---------------------------------------------------------------- listed companies


def _listing(world: World, **changes: object) -> World:
    if world.listing is None:
        raise NotHere("不是上市公司项目")
    listing: Listing = replace(world.listing, **changes)  # type: ignore[arg-type]
    return replace(world, listing=listing)


_RAISED = ("listing_document::announcement", "listing_document::use:2018", "listing_document::use:2019", "listing_document::feasibility")


@defect("implementer_is_other", "募投项目实施主体是子公司", "R-029", "R-030", categories=("5",))
def _implementer_is_other(world: World) -> Forged:
    changed = _listing(world, implementer=world.company.sister.name)
    return Forged(changed, (Spot(_RAISED[0]), Spot(_RAISED[3])), _RAISED, "公告写明由关联公司实施")


@defect("raised_for_other_project", "募集资金用途与申报项目对不上", "R-030", categories=("5",))
def _raised_for_other_project(world: World) -> Forged:
    changed = _listing(world, raised_project="营销服务网络与总部大楼建设项目")
    return Forged(changed, (Spot(_RAISED[0]), Spot(_RAISED[3])), _RAISED, "公告里的募投项目是营销网络", frozenset({"raised project"}))


@defect("raised_amount_differs", "实施方案的募集金额与验资报告不符", "R-118", categories=("5",))
def _raised_amount_differs(world: World) -> Forged:
    if world.listing is None or world.plan is None:
        raise NotHere("不是上市公司项目")
    return _plan(world, "方案写的募集净额多1亿元", raised_net_stated=world.listing.raised_net + Decimal("100000000"))
