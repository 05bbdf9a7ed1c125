"""M34: 募集资金投资项目可行性研究报告, written before the money was raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from samples.documents.draft import Draft, copy_remark, seal_by_applicant, wan
from samples.documents.listing_papers.approval import KIND
from samples.documents.plan import building, outcome
from samples.documents.plan.book import Book
from samples.documents.plan.contents import contents_pages
from samples.documents.plan.facts import facts_before, month, planned_goods, round_wan
from samples.documents.plan.style import PlanStyle, some_style
from samples.documents.plan.text import Block, Chapter, Prose, Section, Table, Teller
from samples.paper import Paper
from samples.world.model import Listing, PaperKey, World


def draw_study(world: World, listing: Listing, key: PaperKey) -> Draft:
    """Ten to twenty pages (four or five where the world is short) that name the raised project and its 实施主体."""
    rng = world.rng(KIND, key)
    style = some_style(world.rng(KIND, key, "style"))
    style = replace(style, size=max(style.size, 12.0), leading=max(style.leading, 7.4))
    if world.short:
        style = replace(style, face="serif", size=11.0, leading=6.8, own_page=False, gap=0.0)
    day = listing.announced_on - timedelta(days=rng.randint(120, 420))
    name, title = listing.raised_project, "可行性研究报告"
    facts = facts_before(world) | {"project": name, "implementer": listing.implementer, "raised": round_wan(listing.planned)}
    chapters = _chapters(Teller(world, key, facts, brief=world.short), listing)
    book = Book(world, key, style, f"{name}{title}")
    book.set(chapters[:2] + chapters[-3:] if world.short else chapters)
    front = _cover(world, listing, key, style, day)
    listed = [e for e in book.entries if e.level == 1 or len(book.entries) < 30]
    lists: list[Paper] = []
    if not world.short:
        ahead = 1 + len(contents_pages(listed, [1] * len(listed), style, world.rng(KIND, key, "contents"), noted=False))
        first = ahead + 1 if style.count_cover else 1
        lists = contents_pages(listed, [first + e.page for e in listed], style, world.rng(KIND, key, "contents"), noted=False)
    papers = [front, *lists, *book.papers]
    for index, paper in enumerate(papers):
        number = index + 1 if style.count_cover else index - len(lists)
        if index and number >= 1:
            style.page_foot(paper, number, len(papers) if style.count_cover else len(book.papers))
    seal_by_applicant(world, key, papers[-1], rng.uniform(120, 160), min(book.flow.y + 14, 250.0), world.rng(KIND, key, "end seal"))
    return Draft(KIND, papers, "募集资金投资项目可行性研究报告", day.year, subtype="M34", seam=True, key=key)


def _cover(world: World, listing: Listing, key: PaperKey, style: PlanStyle, day: date) -> Paper:
    rng = world.rng(KIND, key, "cover")
    paper = Paper()
    y = rng.uniform(64, 80)
    own, size = world.party.name, rng.choice((16.0, 18.0))
    paper.put("company_name", own, 105, y, own, size, face=style.face, align="c")
    y += 22
    full = f"{listing.raised_project}可行性研究报告"
    seen = []
    for line in (*paper.wrap(listing.raised_project, 150, 24, style.head_face), "可行性研究报告"):
        seen.append(paper.text(105, y, line, 24, face=style.head_face, bold=True, align="c"))
        y += 13.5
    paper.note("title", full, (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3]))
    label = rng.choice(("编制单位：", "建设单位：", ""))
    box = paper.put("issuer", own, 105 + paper.text_width(label, 15, style.face) / 2, 216, own, 15, face=style.face, align="c")
    paper.text(box[0], 216, label, 15, face=style.face, align="r")
    # Studies are dated by the month; the day is not on the paper.
    shown = paper.text(105, 228, f"{'二〇' + '〇一二三四五六七八九'[day.year // 10 % 10] + '〇一二三四五六七八九'[day.year % 10]}年{('', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二')[day.month]}月" if rng.random() < 0.5 else month(day), 15, face=style.face, align="c")
    paper.note("issue_date", f"{day:%Y-%m}-01", shown)
    copy_remark(world, key, paper, rng.uniform(112, 150), rng.uniform(208, 220), world.rng(KIND, key, "copy"))
    return paper


def _chapters(tell: Teller, listing: Listing) -> list[Chapter]:
    return [
        Chapter(1, "总论", (Section("项目概况", _general(tell, listing)), Section("编制依据和研究范围", _basis(tell)))),
        Chapter(2, "项目背景及必要性", (Section("行业背景", _industry(tell)), Section("项目建设的必要性", _need(tell)))),
        Chapter(3, "市场分析与建设规模", (Section("市场需求分析", _market(tell)), Section("建设规模及产品方案", _scale(tell)))),
        Chapter(4, "技术方案", (Section("工艺技术方案", building.technology(tell)), Section("信息系统方案", (*building.modules(tell), *building.measures(tell))))),
        Chapter(5, "设备方案及建设条件", (Section("主要设备选型", _machines(tell)), Section("建设地点和建设条件", _site(tell)))),
        Chapter(6, "环境保护、节能与安全", (Section("", _environment(tell)),)),
        Chapter(7, "投资估算与资金筹措", (Section("投资估算", _estimate(tell)), Section("资金筹措", _money(tell, listing)))),
        Chapter(8, "经济效益分析", (Section("", outcome.finances(tell)),)),
        Chapter(9, "风险分析与结论", (Section("风险及对策", outcome.risks(tell)), Section("研究结论", _end(tell)))),
    ]


def _general(tell: Teller, listing: Listing) -> tuple[Block, ...]:
    return tell.prose(
        "general",
        "项目名称：<project>。", "项目实施主体：<implementer>。",
        "建设地点：<location>。{建设期自<start>至<end>|项目计划于<start>启动，<end>建成}。",
        "项目总投资<total>万元，其中固定资产投资<fixed>万元，拟使用募集资金<raised>万元，其余由公司自有资金解决。{项目达产后，形成年产<product><cap_after><cap_unit>的生产能力|达产年生产能力为<cap_after><cap_unit>}。",
        "项目承担单位成立于<founded>，{位于深圳市|注册地在深圳}，主要从事<scope>的研发、生产和销售，{具备实施本项目的技术、人才和管理基础|在行业内具有较高的知名度}。",
    )  # fmt: skip


def _basis(tell: Teller) -> tuple[Block, ...]:
    return (
        *tell.prose("basis", "本报告依据{《投资项目可行性研究指南》、国家及深圳市有关产业政策|国家有关法律法规、产业政策和行业规范}，以及项目单位提供的{技术资料和市场调研资料|基础资料}编制，{遵循客观、公正、科学的原则|力求数据可靠、结论客观}。"),
        *tell.more("range", "研究范围包括项目背景与必要性、市场预测、建设规模、技术与设备方案、建设条件、环保节能、投资估算、资金筹措、经济效益和风险分析等。", chance=0.9),
    )


def _industry(tell: Teller) -> tuple[Block, ...]:
    return tell.prose(
        "industry",
        "<industry>行业是{我国制造业的重要组成部分|电子信息与先进制造产业的基础}。{近年来|“十三五”以来}，国家{大力推进智能制造和产业转型升级|鼓励企业加大技术改造投入}，{行业技术进步加快，产品更新换代周期缩短|下游应用不断扩展，市场容量稳步扩大}，国内市场规模约<market>亿元，年均增长<market_growth>%。",
        "{行业竞争格局方面|从竞争格局看}，{国际领先企业占据高端市场|高端市场主要由外资企业占据}，国内企业在{成本、服务和响应速度|本地化服务和交付能力}方面具有优势，{正在由中低端向高端渗透|国产替代进程加快}。{人工成本上升、客户质量要求提高|劳动力成本逐年上升}使自动化、智能化改造成为{企业发展的必然选择|行业共识}。",
    ) + tell.more("industry more", "深圳市{产业配套完善|具有完整的产业链}，{拥有大量装备、软件和系统集成企业|物流、人才、资本要素集聚}，为项目实施提供了{良好的外部环境|便利条件}。", chance=0.9)


def _need(tell: Teller) -> tuple[Block, ...]:
    return (
        *tell.prose(
            "need",
            "1、{扩大产能、满足市场需求|突破产能瓶颈的需要}。公司现有<product>年生产能力<cap_before><cap_unit>，{产能利用率已处于高位|旺季产能严重不足}，{部分订单需要外协完成|影响了新客户的开发}，项目实施后可{有效缓解产能压力|满足未来三至五年的发展需要}。",
            "2、{提高装备水平和产品质量|提升品质与效率的需要}。公司部分关键工序仍以人工和半自动设备为主，{自动化率约<automation_before>%|效率和一致性有待提高}，项目引进<good_0>、<good_1>等先进设备，{产品一次合格率可提高到<good_after>%|可显著降低不良率}。",
            "3、{增强公司竞争力|实现公司发展战略的需要}。项目是公司{“做强主业”战略的重要举措|战略规划的重要组成部分}，有利于{形成规模效应、降低单位成本|巩固行业地位}，{为股东创造持续回报|提升公司盈利能力}。",
        ),
    )


def _market(tell: Teller) -> tuple[Block, ...]:
    return tell.prose(
        "market",
        "<product>主要应用于{通信、汽车电子、工业控制和医疗|消费电子、新能源和高端装备}等领域。{根据公司对主要客户的调研|根据行业研究机构预测}，未来五年下游需求将保持{10%以上|两位数}的增长，{新增市场空间足以消化本项目新增产能|产品市场前景广阔}。",
        "公司与<customers>家客户建立了合作关系，{国内市场占有率约<share>%|在细分领域处于前列}，{新增产能拟优先满足现有客户|将通过拓展新应用和海外市场消化新增产能}。{公司将加强营销队伍建设，完善售后服务网络|营销措施包括深化大客户合作、参加专业展会、拓展海外代理}。",
    )


def _scale(tell: Teller) -> tuple[Block, ...]:
    return (
        *tell.prose("scale", "综合考虑{市场需求、场地条件和资金能力|市场容量与公司实力}，项目确定建设<product>生产线<new_lines>条，达产后年产能由<cap_before><cap_unit>提高到<cap_after><cap_unit>。{产品方案以现有成熟产品为主，兼顾新品|产品规格根据订单调整}。"),
        Table("表：建设规模及产品方案", ("项目", "单位", "现状", "达产后"), (
            ("生产线", "条", tell.facts["lines"], str(int(tell.facts["lines"]) + int(tell.facts["new_lines"]))), ("年产能", tell.facts["cap_unit"], tell.facts["cap_before"], tell.facts["cap_after"]),
            ("关键工序自动化率", "%", tell.facts["automation_before"], tell.facts["automation_after"]),
        ), (4, 2, 3, 3), frozenset({0, 1})),
    )  # fmt: skip


def _machines(tell: Teller) -> tuple[Block, ...]:
    rng = tell.world.rng(tell.paper, "machines")
    rows = []
    for n, good in enumerate(planned_goods(tell.world)[: rng.randint(14, 22)], 1):
        guess, count = round(good.price * 1.05 / 10_000), rng.randint(1, max(1, good.most))
        rows.append((str(n), good.name, str(count), good.unit, f"{guess:,}", f"{guess * count:,}"))
    return (
        *tell.prose("machines told", "设备选型遵循{技术先进、经济合理、安全可靠、节能环保|先进性、可靠性与经济性相统一}的原则，{优先选用国产设备，关键设备可选用进口|充分考虑与现有设备的兼容}。主要设备{估算如下|见下表}："),
        Table("表：主要设备估算表（单位：万元）", ("序号", "设备名称", "数量", "单位", "估算单价", "估算金额"), tuple(rows), (1, 5, 1.6, 1.4, 2.2, 2.4), frozenset({1})),
    )


def _site(tell: Teller) -> tuple[Block, ...]:
    return tell.prose(
        "site",
        "项目在<location>实施，{利用现有厂房改造|不新增建设用地}，厂房建筑面积<area>平方米，{交通便利，距高速公路出入口不远|周边道路、供水、供电、通讯等市政设施完善}。供电由{市政电网|园区变电所}接入，{现有变压器容量可满足新增负荷|拟增设配电设施}；给排水、压缩空气{依托现有公用工程|利用现有系统并适当扩容}。",
        "项目所需原材料{国内市场供应充足|均有稳定的供应商}，{采购渠道稳定|价格透明}。人力资源方面，{通过内部培养和社会招聘解决|深圳及周边技术工人充足}，公司将对操作和维护人员进行{系统培训|岗前培训}。",
    )


def _environment(tell: Teller) -> tuple[Block, ...]:
    return tell.prose(
        "environment",
        "环境保护：项目生产过程中的污染物主要为{少量有机废气、噪声和固体废物|少量废气、一般固废和生活污水}，{废气经收集处理后达标排放|通过集气和活性炭吸附处理}，噪声采取{减振、隔声|厂房隔声和减振}措施，固体废物{分类收集、委托处置|由有资质单位回收}，对周边环境影响较小。",
        "节能措施：选用{高效节能型设备和变频控制|节能型设备}，{建立能源计量和管理制度|对主要用能设备分项计量}，单位产品电耗预计由<energy_before>千瓦时下降到<energy_after>千瓦时。",
        "劳动安全卫生：{设备配备安全防护和联锁装置|严格执行“三同时”制度}，{对职工进行安全培训，配发劳保用品|建立安全生产责任制}，{消防设施按规范配置|符合职业卫生要求}。",
    )


def _estimate(tell: Teller) -> tuple[Block, ...]:
    project, rng = tell.world.project, tell.world.rng(tell.paper, "estimate")
    fixed = project.fixed_investment
    shares = (rng.randint(60, 74), rng.randint(8, 14), rng.randint(4, 8))
    parts = [fixed * s // 100 // 10000 * 10000 for s in shares]
    parts.append(fixed - sum(parts))
    rows: list[tuple[str, ...]] = [(str(n), name, wan(v), f"{v / project.total_investment * 100:.2f}%") for n, (name, v) in enumerate(zip(("设备购置费", "建筑工程（改造）费", "安装工程费", "工程建设其他费用"), parts, strict=True), 1)]
    rest = project.total_investment - fixed
    if rest > 0:
        rows.append(("5", "预备费及铺底流动资金", wan(rest), f"{rest / project.total_investment * 100:.2f}%"))
    rows.append(("", "合计", wan(project.total_investment), "100.00%"))
    return (
        *tell.prose("estimate", "项目总投资估算为<total>万元，其中固定资产投资<fixed>万元，{估算构成如下|投资构成见下表}。"),
        Table("表：总投资估算表（单位：万元）", ("序号", "项目", "金额", "比例"), tuple(rows), (1, 5, 3, 2), frozenset({1})),
    )


def _money(tell: Teller, listing: Listing) -> tuple[Block, ...]:
    own = tell.world.project.total_investment - listing.planned
    told = "项目拟使用募集资金<raised>万元" + (f"，其余{round_wan(own)}万元由公司自有资金解决。" if own > 0 else "。")
    return tell.prose("money", told + "{募集资金到位前可用自筹资金先行投入|如募集资金不足，由公司自筹解决}。")


def _end(tell: Teller) -> tuple[Block, ...]:
    return (Prose(tell.say("end", "综上所述，<project>符合国家产业政策和公司发展战略，{技术方案成熟可靠，市场前景良好|建设条件具备，资金有保障}，经济效益{和社会效益显著|较好，抗风险能力较强}，项目{是可行的|具备可行性，建议尽快实施}。")),)
