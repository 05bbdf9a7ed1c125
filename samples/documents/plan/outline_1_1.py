"""附件1-1: the plan of category 2, five chapters."""

from __future__ import annotations

from samples.documents.plan import building, feasibility, outcome, unit
from samples.documents.plan.text import Chapter, Section, Teller

TITLE = ("技术装备及管理智能化提升", "项目建设实施方案")


def chapters(tell: Teller) -> tuple[Chapter, ...]:
    """The chapters in the order of the guide, complete."""
    plan = tell.world.plan
    assert plan is not None
    return (
        Chapter(1, "项目单位概述", (Section("项目单位概况", unit.overview(tell)), Section("项目单位经营业绩、发展趋势", unit.results(tell)))),
        Chapter(2, "项目建设的可行性和必要性", (
            Section("产业政策及行业准入方面", feasibility.policy(tell)), Section("项目单位建设本项目的优势", feasibility.strengths(tell)),
            Section("技术和产业发展需求", feasibility.demand(tell)), Section("产品技术水平领先情况", feasibility.lead(tell)),
        )),
        Chapter(3, "项目建设方案", (
            Section("项目内容概述", building.content(tell)), Section("项目采用生产技术工艺", building.technology(tell)),
            Section("智能化改造方案", (*building.smart(tell, plan.modes), *building.photos(tell, plan.photos))),
            Section("关键技术装备来源", building.equipment(tell)), Section("关键技术装备的应用环节", building.uses(tell)),
        )),
        Chapter(4, "项目实施效果", (
            Section("项目财务分析、经济分析及改造效果主要指标", outcome.finances(tell)), Section("改造效果", outcome.measured(tell)),
            Section("经济效益和社会效益分析", outcome.society(tell)),
        )),
        Chapter(5, tell.say("fifth", "{其它需说明的问题|其它需说明的问题|其他需说明的问题}"), (Section("", outcome.others(tell)),)),
    )  # fmt: skip
