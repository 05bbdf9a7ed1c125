"""Money and effects: investment, sources, results of the project, risks, what else is to be said."""

from __future__ import annotations

from decimal import Decimal

from samples.documents.draft import wan
from samples.documents.plan.facts import effects, round_wan
from samples.documents.plan.text import Block, Chart, Point, Prose, Table, Teller


def finances(tell: Teller) -> tuple[Block, ...]:
    """内部收益率、投资利润率、投资回收期、贷款偿还期."""
    f = tell.facts
    return (
        *tell.prose(
            "finances",
            "{经测算|按照现行财税制度测算}，项目达产后年新增营业收入<more_revenue>万元，年新增利润总额<more_profit>万元，年新增税收<more_tax>万元。"
            "项目{财务内部收益率（所得税后）|税后内部收益率}为<irr>%，投资利润率为<return_rate>%，{静态投资回收期（含建设期）|投资回收期}为<payback>年，"
            "{贷款偿还期为<loan_years>年|如使用贷款，偿还期约<loan_years>年}，盈亏平衡点为<even>%。各项指标{优于行业基准|均好于行业平均水平}，项目在财务上可行。",
        ),
        Table(
            tell.say("finance table", "{表：项目主要财务指标|财务评价指标汇总}"), ("指标名称", "单位", "数值", "备注"),
            (
                ("项目总投资", "万元", f["total"], "含流动资金"), ("其中：固定资产投资", "万元", f["fixed"], ""), ("达产年新增营业收入", "万元", f["more_revenue"], ""),
                ("达产年新增利润总额", "万元", f["more_profit"], ""), ("达产年新增税收", "万元", f["more_tax"], ""), ("财务内部收益率", "%", f["irr"], "所得税后"),
                ("投资利润率", "%", f["return_rate"], ""), ("投资回收期", "年", f["payback"], "含建设期"), ("贷款偿还期", "年", f["loan_years"], ""), ("盈亏平衡点", "%", f["even"], "生产能力利用率"),
            ),
            (4, 1.4, 2.4, 2.6), frozenset({0, 3}),
        ),
        *forecast(tell),
        *tell.more(
            "sensitivity",
            "敏感性分析表明，{产品售价是最敏感的因素|售价和原材料价格对收益影响较大}，当售价下降5%时，项目内部收益率仍{高于行业基准收益率12%|保持在12%以上}，说明项目{具有较强的抗风险能力|抗风险能力较好}。",
            "运营方案方面，项目建成后{由制造部统一运营|纳入公司现有生产体系管理}，{实行两班制生产|按订单组织柔性生产}，达产年产值预计<revenue_after>万元。{管理模式上推行数据驱动的精益管理|以系统数据作为绩效考核依据}。",
        ),
    )  # fmt: skip


def forecast(tell: Teller) -> tuple[Block, ...]:
    """Five years of income and profit after the project, growing to the year of full production."""
    if tell.brief:
        return ()
    rng = tell.world.rng(tell.paper, "forecast")
    income, profit, tax = (Decimal(tell.facts[k].replace(",", "")) for k in ("more_revenue", "more_profit", "more_tax"))
    loads = (Decimal("0.5"), Decimal("0.75"), Decimal("0.9"), Decimal(1), Decimal(1))
    slack = Decimal(rng.randint(92, 99)) / 100
    incomes = [income * load * (slack if load < 1 else 1) for load in loads]
    profits, taxes = ([value * load * load for load in loads] for value in (profit, tax))
    costs = [i - p for i, p in zip(incomes, profits, strict=True)]
    rows = [(name, *(f"{v:,.0f}" for v in values)) for name, values in (("新增营业收入", incomes), ("新增营业成本及费用", costs), ("新增利润总额", profits), ("新增税收", taxes))]
    return (
        *tell.prose("forecast", "项目投产后按{50%、75%、90%、100%|逐年递增}的生产负荷测算，{五年|投产后五年}新增效益{预测如下|如下表}。"),
        Table(tell.say("forecast table", "{表：项目新增效益预测|投产后五年效益预测}（单位：万元）"), ("项目", "第1年", "第2年", "第3年", "第4年", "第5年"), tuple(rows), (3.4, 2, 2, 2, 2, 2)),
    )


def measured(tell: Teller) -> tuple[Block, ...]:
    """改造效果: 减员、增效、提质、保安全 with basis, formula, conversion factor and process."""
    own = effects(tell.world)
    rows = own.rows()
    told = tell.prose(
        "measured",
        "项目实施前后主要指标对比见下表，{实施前数据取自2018年度生产统计报表，实施后数据取自2019年第四季度统计报表|数据来源于公司生产、质量、人力资源和能源统计台账}。",
    )
    table = Table(
        tell.say("before after", "{表：项目实施前后主要指标对比|改造效果对比表}"), ("指标", "单位", "实施前", "实施后", "变化"), rows, (3, 2, 2, 2, 3), frozenset({0, 4}),
    )  # fmt: skip
    f = tell.facts
    points: list[Block] = [Point("（1）减员" if tell.brief else "减员情况")]
    points += tell.prose(
        "fewer",
        "项目实施前{相关工序及辅助岗位|公司}用工<staff_before>人，实施后<staff_after>人，减少<staff_saved>人，{按人均年用工成本8.6万元计算|人均年工资及社保按9.2万元测算}，年节约人工成本{约数百万元|明显}。{减少的岗位主要为搬运、目检和装配岗位，相关人员已转岗培训|富余人员经培训后转岗到设备维护和质量岗位}。",
    )
    points += [Point("（2）增效" if tell.brief else "增效情况")]
    points += tell.prose(
        "faster",
        "年产能由<cap_before><cap_unit>提高到<cap_after><cap_unit>，产能提升率＝（实施后产能－实施前产能）÷实施前产能×100%＝<cap_gain>%；人均产值由<head_before>万元提高到<head_after>万元，提高<head_gain>%；"
        "设备故障率由<fail_before>%降低到<fail_after>%，{订单交付周期由<cycle_before>天缩短到<cycle_after>天|交付周期缩短到<cycle_after>天}。",
    )
    points += [Point("（3）提质" if tell.brief else "提质情况")]
    points += tell.prose(
        "better",
        "产品一次合格率＝一次检验合格数÷检验总数×100%，由<good_before>%提高到<good_after>%，提高<good_gain>个百分点，{年减少不良损失约百万元|客户投诉明显减少}，{质量数据可按批次、工位、设备追溯|关键尺寸过程能力指数由1.12提高到1.52}。",
    )
    points += [Point("（4）节能与保安全" if tell.brief else "节能降耗与安全生产")]
    points += [
        Prose(tell.say("saving", "单位产品电耗由<energy_before>千瓦时下降到<energy_after>千瓦时，下降<energy_gain>%。按达产产量<cap_after><cap_unit>计算，年节电量＝（<energy_before>－<energy_after>）×<cap_after>＝<saved_power>万千瓦时，"
                       "按电力折标系数0.1229千克标准煤/千瓦时（当量值）折算，年节能量约<coal>吨标准煤。")),
        Prose(tell.say("safe", "危险和重体力岗位{由机器人代替|实现自动化作业}，{设备均配有安全光栅和联锁|作业现场粉尘、噪声明显改善}，工伤事故由每年<accidents>起下降为0起，{消除了伤亡事故|实现安全生产“零事故”}。")),
    ]  # fmt: skip
    chart = Chart("pairs", tell.say("pairs", "{图：项目实施前后指标对比|实施效果示意图}"), ("合格率(%)", "自动化率(%)"), (float(own.good_rate[0]), float(own.good_rate[1]), float(f["automation_before"]), float(f["automation_after"])))
    return (*told, table, *points, *(() if tell.brief else (chart,)))


def society(tell: Teller) -> tuple[Block, ...]:
    """经济效益和社会效益, 带动与推广."""
    return (
        *tell.prose(
            "society",
            "项目的实施{巩固了公司在<industry>行业的地位|有利于公司扩大市场份额}，{对同行业企业开展智能化改造具有示范和借鉴意义|带动了本地装备制造和工业软件企业的发展}，"
            "{有助于稳定产业链供应链|提升区域制造业整体水平}。项目{的经验、模式和方法可在离散制造企业推广|形成的标准化方案可复制到公司其他厂区}，推广前景良好。",
        ),
        *tell.more("society more", "项目新增税收<more_tax>万元，新增就业岗位<new_jobs>个，{并与高校、职业院校共建实训基地|促进产业工人技能提升}，{社会效益显著|具有良好的社会效益}。"),
    )


_RISKS: tuple[tuple[str, str], ...] = (
    ("市场风险", "{下游需求波动和竞争加剧可能影响产能消化|若下游行业景气下降，项目新增产能可能不能及时消化}。控制措施：{加强客户开发，优化产品结构|与主要客户签订长期协议，拓展新应用领域}，{提高高附加值产品比重|保持技术领先和成本优势}。"),
    ("资金风险", "{项目投资较大，资金不能及时到位将影响进度|存在原材料涨价、工程超支导致资金不足的可能}。控制措施：{合理安排用款计划，分期实施|保持多渠道融资能力}，{加强应收账款管理|严格控制预算}。"),
    ("政策风险", "{产业政策、出口政策和环保要求的变化可能对项目产生影响|国际贸易环境存在不确定性}。控制措施：{密切跟踪政策动向|提前做好合规与环保投入}，{及时调整产品和市场布局|加大内销比重}。"),
    ("技术风险", "{新工艺、新系统在磨合期可能不稳定|设备集成和系统开发难度较大}。控制措施：{选用成熟供应商，分步上线|充分试制验证}，{加强人员培训|预留工艺调整时间}。"),
    ("管理风险", "{项目涉及部门多、周期长，协调不力可能影响进度|智能化系统对人员素质提出更高要求}。控制措施：{成立项目办公室统一协调|完善管理制度和考核机制}，{引进和培养复合型人才|明确责任分工}。"),
)  # fmt: skip


def risks(tell: Teller) -> tuple[Block, ...]:
    """市场、资金、政策风险 and how they are held."""
    rng = tell.world.rng(tell.paper, "risks")
    extra = rng.sample((3, 4), rng.randint(0, 2))
    blocks: list[Block] = list(tell.prose("risks", "项目在{实施和运营过程中|建设期和运营期}可能面临的主要风险及{控制思路|应对措施}如下："))
    for i in (0, 1, 2, *(() if tell.brief else sorted(extra))):
        name, pattern = _RISKS[i]
        blocks += [Point(name), *tell.prose(f"risk {name}", pattern)]
    return tuple(blocks)


def others(tell: Teller) -> tuple[Block, ...]:
    """其它需说明的问题."""
    return (
        *tell.prose(
            "others",
            "1、本项目{投资全部由公司自主完成，不属于政府投资项目|资金由公司自行筹措，不使用政府投资}；{同一项目、同一投入未在市级其他专项资金中重复申报|项目投入未获得其他市级财政资金支持}。",
            "2、本实施方案所述内容和数据{真实、准确|均真实有效}，{公司对其真实性负责|如有虚假，公司愿承担相应责任}。",
        ),
        *tell.more("others more", "3、{项目相关的合同、发票、付款凭证和财务账册单独归档备查|项目资料已单独归集，公司将积极配合专项审计和现场核查}。"),
    )


def investment(tell: Teller) -> tuple[Block, ...]:
    """投资规模、分年度使用方案、资金筹措 (R-115, R-116)."""
    plan, project = tell.world.plan, tell.world.project
    assert plan is not None
    rng = tell.world.rng(tell.paper, "investment")
    shares = [rng.randint(52, 70), rng.randint(8, 16), rng.randint(5, 10)]
    fixed = project.fixed_investment
    parts = [fixed * s // 100 // 10000 * 10000 for s in shares]
    parts.append(fixed - sum(parts))
    names = ("设备及工器具购置费", "建筑（改造）工程费", "安装工程费", "其他费用（软件、设计、监理等）")
    rows = [(str(n), name, wan(amount), f"{amount / plan.planned_total * 100:.1f}%") for n, (name, amount) in enumerate(zip(names, parts, strict=True), 1)]
    rest = plan.planned_total - fixed
    rows += [("5", "铺底流动资金及预备费", wan(rest), f"{rest / plan.planned_total * 100:.1f}%")] if rest > 0 else []
    rows.append(("", "合计", wan(sum(parts) + max(rest, Decimal(0))), "100.0%"))
    yearly = [(f"{year}年", wan(amount)) for year, amount in plan.yearly_plan]
    return (
        Point("投资规模"),
        *tell.prose("investment", "项目计划总投资<planned>万元，其中固定资产投资<fixed>万元，占总投资的{绝大部分|主要部分}，{构成如下|投资构成见下表}。"),
        Table(tell.say("investment table", "{表：项目投资构成|投资估算表}（单位：万元）"), ("序号", "费用名称", "金额", "占比"), tuple(rows), (1, 5, 2.4, 1.8), frozenset({1})),
        Point("资金使用方案（分年度计划）"),
        *tell.prose("yearly", "根据建设进度，项目{分年度投资计划|各年度资金使用计划}如下表，"
                    + "、".join(f"{year}年{round_wan(amount)}万元" for year, amount in plan.yearly_plan) + "，{合计等于项目总投资|与建设进度相匹配}。" if sum(a for _, a in plan.yearly_plan) == plan.planned_total
                    else "根据建设进度，项目{分年度投资计划|各年度资金使用计划}如下表，" + "、".join(f"{year}年{round_wan(amount)}万元" for year, amount in plan.yearly_plan) + "。"),
        Table(tell.say("yearly table", "{表：分年度投资计划|分年度资金使用计划}（单位：万元）"), ("年度", "计划投资额"), tuple(yearly), (3, 4), frozenset({0})),
        Point("资金筹措方案"),
        *sources(tell),
    )  # fmt: skip


def sources(tell: Teller) -> tuple[Block, ...]:
    plan = tell.world.plan
    assert plan is not None
    told = "、".join(f"{name}{round_wan(amount)}万元" for name, amount in plan.sources)
    rows = [(str(n), name, wan(amount), f"{amount / plan.planned_total * 100:.1f}%") for n, (name, amount) in enumerate(plan.sources, 1)]
    rows.append(("", "合计", wan(sum((a for _, a in plan.sources), Decimal(0))), ""))
    return (
        *tell.prose("sources", f"项目总投资<planned>万元，资金来源为：{told}。{{资金已部分到位，能够保障项目建设|公司经营性现金流良好，资金来源可靠}}。"),
        Table(tell.say("source table", "{表：资金筹措方案|资金来源}（单位：万元）"), ("序号", "资金来源", "金额", "占比"), tuple(rows), (1, 5, 2.4, 1.8), frozenset({1})),
    )


def repayment(tell: Teller) -> tuple[Block, ...]:
    """贷款偿还计划 and 申请奖补资金额度 of outline 1-2."""
    plan = tell.world.plan
    assert plan is not None
    loan = dict(plan.sources).get("银行贷款", Decimal(0))
    blocks: list[Block] = [Point("贷款偿还计划")]
    if loan:
        per = loan // 5 // 10000 * 10000
        amounts = [per] * 4 + [loan - per * 4]
        last = tell.world.project.ends.year
        blocks += tell.prose("repay", f"项目银行贷款{round_wan(loan)}万元，{{以项目投产后的利润和折旧偿还|按约定分期偿还}}，{{分年度偿还计划如下|分五年偿还}}：")
        blocks.append(Table("表：贷款偿还计划（单位：万元）", ("年度", "偿还本金"), tuple((f"{last + i}年", wan(a)) for i, a in enumerate(amounts)), (3, 4), frozenset({0})))
    else:
        blocks += tell.prose("no loan", "本项目{未使用银行贷款|资金全部自筹}，{不涉及贷款偿还|无贷款偿还计划}。")
    blocks.append(Point("申请奖补资金额度"))
    blocks += tell.prose("subsidy", "公司按照操作规程申请重大项目奖补，{申请额度以专项审计核定的固定资产投资为基础，按不超过20%的比例、最高5000万元计算|具体额度以主管部门核定为准}，{申请奖补资金未计入项目总投资|奖补资金不作为项目资金来源}。")
    return tuple(blocks)
