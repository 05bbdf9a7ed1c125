"""Chapter one of all outlines: who the applicant is, and what it did in the three years before."""

from __future__ import annotations

from samples.documents.draft import wan
from samples.documents.plan.text import Block, Chart, Point, Prose, Table, Teller
from samples.world.model import YEARS


def overview(tell: Teller, *, listed: bool = False) -> tuple[Block, ...]:
    """注册资本、主营业务、经营年限、资产负债、股东构成、现有生产能力; ``listed`` adds 上市情况."""
    blocks: list[Block] = list(tell.prose(
        "overview",
        "<company>（以下简称“{公司|本公司|我公司|项目单位}”）成立于<founded>，注册资本<capital>万元人民币，法定代表人<legal>，统一社会信用代码<uscc>，"
        "注册地址{为|位于}<address>。公司主要从事<scope>的{研发、生产和销售|研发、设计、制造与销售服务}，{至今已有<age>年的经营历史|经营年限已达<age>年}，"
        "是一家{集研发、制造、销售和服务于一体的|具有自主研发能力的专业}<industry>企业。",
        "{截至|截止}2019年12月31日，公司资产总额<assets>万元，负债总额<debts>万元，所有者权益<equity>万元，资产负债率<debt_ratio>%，"
        "{资产结构合理，偿债能力良好|财务状况稳健，现金流充足|资信情况良好，无不良贷款记录}。公司现有员工<staff_after>人，其中研发及工程技术人员<engineers>人，"
        "硕士及以上学历<masters>人，{技术骨干均有十年以上行业经验|核心管理团队长期从事本行业，队伍稳定}。",
    ))  # fmt: skip
    blocks += tell.prose(
        "capacity",
        "公司现有厂房建筑面积<area>平方米，其中生产车间<workshop>平方米，建有<product>生产线<lines>条，项目实施前年生产能力为<cap_before><cap_unit>。"
        "{生产现场已推行5S和精益生产管理|公司已通过ISO9001质量管理体系认证|公司建立了较为完善的质量、环境和职业健康安全管理体系}，"
        "但随着订单增长，{原有产线在产能、效率和一致性方面的瓶颈日益明显|现有设备自动化程度不足、数据不能互通的问题逐步显现}。",
    )
    blocks += tell.more(
        "history",
        "发展历程：<founded_year>年，公司在深圳{注册成立|创立}，从事<product>的{来料加工|小批量生产}；此后{逐步建立自主研发团队，完成首批产品定型|引进成套生产设备，通过主要客户的供应商认证}；"
        "{近五年|2015年以来}，公司{抓住下游市场扩张的机遇，产能和收入翻番|陆续扩建厂房、更新装备，进入行业主流供应体系}；<start_year>年，公司启动<project>，{进入以智能制造推动高质量发展的新阶段|全面提升装备和管理水平}。",
    )
    blocks += tell.more(
        "shareholders",
        "股东构成方面，公司{实际控制人|第一大股东}为<legal>，{直接和间接|合计}持有公司<shareholder_share>%的股份，其余股份由{核心员工持股平台及财务投资人|其他自然人股东和员工持股平台}持有，"
        "{近三年股权结构未发生重大变化|股权结构清晰，不存在代持和纠纷}。",
        "公司组织机构{健全|完善}，{下设|设有}研发中心、工程部、制造部、品质部、供应链管理部、{市场营销部|销售中心}、财务部和{行政人事部|人力资源部}，"
        "各部门职责明确、流程清晰。本项目由{公司总经理|分管制造的副总经理}牵头成立项目组，{制造部、工程部和信息部共同参与|由工程部具体组织实施}。",
    )
    blocks.append(Chart("tree", tell.say("tree", "{图：公司组织机构图|公司组织架构}"), ("总经理", "研发中心", "制造部", "品质部", "供应链部", "营销部", "财务部")))
    if listed and tell.world.listing is not None:
        blocks += _listing(tell)
    blocks += tell.more(
        "honours",
        "公司{先后被认定为国家高新技术企业、深圳市专精特新企业|是国家高新技术企业，并获评区级工业百强企业}，"
        "拥有授权专利<patents>项（其中发明专利<inventions>项）、软件著作权<programs>项，{参与了多项行业标准的讨论和起草|产品多次获得客户颁发的优秀供应商称号}。",
    )
    return tuple(blocks)


def _listing(tell: Teller) -> tuple[Block, ...]:
    listing = tell.world.listing
    assert listing is not None
    day = listing.ipo_date
    return (
        Point("上市情况"),
        Prose(
            f"公司股票在{listing.board}上市，证券简称“{listing.stock_name}”，证券代码{listing.stock_code}。{day.year}年{day.month}月，中国证券监督管理委员会以"
            f"{listing.ipo_number}文件核准公司首次公开发行股票。" + tell.say("listed", "上市以来，公司{规范运作，信息披露真实、准确、完整|严格按照上市公司规范运作要求，不断完善法人治理结构}，"
            "{未受到过监管部门的处罚|连年现金分红，切实回报投资者}。")
        ),
    )  # fmt: skip


def results(tell: Teller) -> tuple[Block, ...]:
    """Three years' results and where they lead."""
    books = tell.world.books
    rows = tuple(
        (name, *(wan(getattr(books[y], attribute)) for y in YEARS))
        for name, attribute in (
            ("主营业务收入", "revenue"), ("主营业务成本", "cost"), ("利润总额", "total_profit"), ("净利润", "net_profit"), ("实际缴纳税收", "taxes_paid"),
            ("研发投入", "research"), ("资产总额", "total_assets"),
        )
    )  # fmt: skip
    told = tell.prose(
        "results",
        "{近三年|项目申报前三年}，公司经营规模{稳步扩大|持续增长}。2017年实现营业收入<revenue_2017>万元，利润总额<profit_2017>万元，纳税<tax_2017>万元；"
        "2018年实现营业收入<revenue_2018>万元，{同比变动|较上年变动}<growth_before>%，利润总额<profit_2018>万元，纳税<tax_2018>万元；"
        "2019年实现营业收入<revenue_2019>万元，{同比变动|较上年变动}<growth>%，利润总额<profit_2019>万元，纳税<tax_2019>万元。",
    )
    table = Table(tell.say("results table", "{表：公司近三年主要经济指标|近三年经营情况一览表}（单位：万元）"), ("指标", "2017年", "2018年", "2019年"), rows, (3, 2, 2, 2))
    after = tell.prose(
        "trend",
        "公司主要产品为<product>等，{产品技术水平处于国内先进|主要技术指标达到国内领先水平}，在细分市场的占有率约为<share>%，客户{覆盖<customers>余家国内外知名企业|超过<customers>家}，"
        "出口占比约<export_share>%。{产品售价随行业竞争略有下降，公司依靠工艺改进和规模效应保持了稳定的毛利水平|凭借稳定的品质和快速交付能力，公司与主要客户建立了长期战略合作关系}。",
        "{从发展趋势看|展望未来}，<industry>行业{正在由规模扩张转向质量效益提升|保持较快增长，客户对交付周期和质量追溯的要求不断提高}，"
        "公司将{以本项目为契机|抓住行业升级的机遇}，加快{自动化、数字化、智能化改造|生产装备更新和管理信息化建设}，预计未来三年营业收入年均增长{10%|12%|15%}以上。",
    )
    output = Table(
        tell.say("output table", "{表：近三年<product>产销情况|主要产品产量及销量}"), ("年度", f"产量（{tell.facts['cap_unit']}）", f"销量（{tell.facts['cap_unit']}）", "产销率（%）", "产能利用率（%）"), _output_rows(tell), (2, 3, 3, 2, 2.4),
    )  # fmt: skip
    chart = Chart(
        "bars", tell.say("bars", "{图：近三年营业收入（万元）|2017—2019年营业收入变化（单位：万元）}"), tuple(f"{y}年" for y in YEARS),
        tuple(float(books[y].revenue / 10000) for y in YEARS),
    )  # fmt: skip
    more = tell.more(
        "society",
        "社会效益方面，公司{近三年累计缴纳税收|2017年至2019年共缴纳各项税费}<tax_2017>万元、<tax_2018>万元和<tax_2019>万元，{带动上下游配套企业数十家|为周边社区提供就业岗位<staff_before>余个}，"
        "{同时积极参与扶贫济困和社区共建活动|并与本地职业院校合作培养技能人才}。",
    )
    return (*told, table, *after, *((chart, output) if not tell.brief else ()), *more)


def _output_rows(tell: Teller) -> tuple[tuple[str, ...], ...]:
    """Made and sold in three years, up to the capacity before the project."""
    rng = tell.world.rng(tell.paper, "output")
    capacity = int(tell.facts["cap_before"].replace(",", ""))
    rows = []
    for year in YEARS:
        use, sold = rng.uniform(0.84, 0.99), rng.uniform(0.94, 0.995)
        made = int(capacity * use)
        rows.append((f"{year}年", f"{made:,}", f"{int(made * sold):,}", f"{sold * 100:.1f}", f"{use * 100:.1f}"))
    return tuple(rows)
