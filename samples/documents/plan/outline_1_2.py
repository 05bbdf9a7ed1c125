"""附件1-2: the plan of a major project (category 3), seven chapters; the guide itself prints the fifth without its number."""

from __future__ import annotations

from samples.documents.plan import building, feasibility, outcome, unit
from samples.documents.plan.text import Chapter, Section, Teller

TITLE = ("重大工业项目", "建设实施方案")


def chapters(tell: Teller) -> tuple[Chapter, ...]:
    """The chapters in the order of the guide, complete."""
    plan = tell.world.plan
    assert plan is not None
    return (
        Chapter(1, "项目单位介绍", (Section("单位概况及发展历程", unit.overview(tell)), Section("经营规模与财务状况", unit.results(tell)))),
        Chapter(2, "项目实施背景", (
            Section("建设项目的必要性和可行性", (*feasibility.background(tell), *feasibility.policy(tell))), Section("国内外现状和技术发展趋势", feasibility.demand(tell)),
            Section("行业差距与技术研发基础", (*feasibility.strengths(tell), *feasibility.lead(tell))), Section("预期经济和社会效益", feasibility.expected(tell)),
        )),
        Chapter(3, "项目建设方案", (
            Section("前期准备工作及行政审批手续", building.preparation(tell)), Section("建设内容、规模和地点", building.content(tell)),
            Section("技术路线及工艺流程", building.technology(tell)), Section("设备购置和工程方案", building.equipment(tell)),
            Section("建设进展、进度安排及年度目标", (*building.progress(tell), *(building.photos(tell, plan.photos)))),
        )),
        Chapter(4, "项目投资计划", (Section("投资规模及资金使用、筹措方案", outcome.investment(tell)), Section("贷款偿还及奖补资金申请", outcome.repayment(tell)))),
        Chapter(5, "项目实施效果", (
            Section("主要经济指标", outcome.finances(tell)), Section("主要技术指标提升情况", outcome.measured(tell)), Section("社会投资拉动情况", outcome.society(tell)),
        )),
        Chapter(6, "项目风险分析", (Section("", outcome.risks(tell)),)),
        Chapter(7, tell.say("seventh", "{其它需说明的问题|其它需说明的问题|其他需说明的问题}"), (Section("", outcome.others(tell)),)),
    )  # fmt: skip
