"""附件1-3: the plan of a listed company (category 5), six chapters."""

from __future__ import annotations

from decimal import Decimal

from samples.documents.draft import chinese_date, wan
from samples.documents.plan import building, feasibility, outcome, unit
from samples.documents.plan.facts import round_wan
from samples.documents.plan.text import Block, Chapter, Point, Prose, Section, Table, Teller

TITLE = ("上市公司本地改造提升项目", "建设实施方案")


def chapters(tell: Teller) -> tuple[Chapter, ...]:
    """The chapters in the order of the guide, complete."""
    plan = tell.world.plan
    assert plan is not None
    return (
        Chapter(1, "项目单位概述", (Section("项目单位概况", unit.overview(tell, listed=True)), Section("项目单位经营业绩、发展趋势", unit.results(tell)))),
        Chapter(2, "项目建设的可行性和必要性", (
            Section("产业政策及行业准入方面", feasibility.policy(tell)), Section("项目单位建设本项目的优势", feasibility.strengths(tell)),
            Section("技术和产业发展需求", feasibility.demand(tell)), Section("产品技术水平领先情况", feasibility.lead(tell)),
        )),
        Chapter(3, "资金募集及项目投资情况", (
            Section("募集资金基本情况", raised(tell)), Section("项目投资规模及资金使用方案", outcome.investment(tell)), Section("募集资金管理情况", managed(tell)),
        )),
        Chapter(4, "项目建设方案", (
            Section("项目建设概述", building.content(tell)), Section("项目采用生产技术工艺", building.technology(tell)),
            Section("项目改造技术方案", (*building.smart(tell, plan.modes, head="技术"), *building.photos(tell, plan.photos))),
            Section("关键技术装备来源", building.equipment(tell)), Section("关键技术装备的应用环节", building.uses(tell)),
        )),
        Chapter(5, "项目实施效果", (
            Section("项目经济效益和社会效益分析", (*outcome.finances(tell), *outcome.society(tell))), Section("改造效果", outcome.measured(tell)), Section("风险分析及控制", outcome.risks(tell)),
        )),
        Chapter(6, tell.say("sixth", "{其它需说明的问题|其它需说明的问题|其他需说明的问题}"), (Section("", outcome.others(tell)),)),
    )  # fmt: skip


def raised(tell: Teller) -> tuple[Block, ...]:
    """实际募集资金金额、到账时间、用途、使用和结余 (R-118)."""
    listing, plan = tell.world.listing, tell.world.plan
    if listing is None or plan is None:
        return tell.prose("not raised", "项目资金{由公司自筹|来源于公司自有资金}。")
    net = plan.raised_net_stated if plan.raised_net_stated is not None else listing.raised_net
    used = sum((a for _, a in listing.used), Decimal(0))
    rows = (
        ("募集资金总额", wan(listing.raised_gross)), ("发行费用", wan(listing.raised_gross - listing.raised_net)), ("募集资金净额", wan(net)),
        ("资金到账时间", chinese_date(listing.arrived_on)), ("拟投入本项目募集资金", wan(listing.planned)), ("本项目累计已使用", wan(used)), ("本项目结余（未含利息）", wan(listing.planned - used)),
    )  # fmt: skip
    return (
        Prose(
            f"经中国证券监督管理委员会{listing.approval_number}文件核准，公司公开发行股票募集资金，扣除发行费用后实际募集资金净额为{wan(net)}万元，"
            f"上述资金已于{chinese_date(listing.arrived_on)}到账，{listing.verifier}进行了审验并出具了{listing.verification_number}《验资报告》。"
        ),
        Table(tell.say("raised table", "{表：募集资金基本情况|募集资金使用情况}（单位：万元）"), ("项目", "金额（内容）"), rows, (4, 4), frozenset({0})),
        *tell.prose("purpose", f"本项目拟使用募集资金{round_wan(listing.planned)}万元，{{用于设备购置、安装及软件系统建设|用途与募集资金公告披露的内容一致}}，{{其余由公司自有资金解决|不足部分以自有资金投入}}。"),
    )  # fmt: skip


def managed(tell: Teller) -> tuple[Block, ...]:
    """募集资金管理情况."""
    return (
        *tell.prose("managed", "公司制定了《募集资金管理制度》，{对募集资金实行专户存储|开立募集资金专用账户}，与保荐机构、存放银行签订了{三方监管协议|《募集资金三方监管协议》}，{严格按照规定使用和披露|资金支付履行审批手续}。"),
        *([] if tell.brief else [Point("使用合规性")]),
        *tell.more("managed more", "公司{每半年|每年度}披露募集资金存放与实际使用情况的专项报告，{会计师事务所出具鉴证报告|保荐机构出具核查意见}，{不存在违规使用募集资金的情形|未发生变更募集资金用途的情况}。", chance=1.0),
    )  # fmt: skip
