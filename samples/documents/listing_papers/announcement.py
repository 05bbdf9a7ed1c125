"""M31a: the announcement of what the raised funds are for (after the approval, before the money has come)."""

from __future__ import annotations

from decimal import Decimal

from samples.documents.draft import Draft, chinese_date, copy_remark, wan
from samples.documents.listing_papers.approval import KIND, issued_shares
from samples.documents.listing_papers.notice import Notice, notice_style
from samples.documents.plan.facts import facts_before, round_wan
from samples.documents.plan.text import Table, Teller
from samples.world.model import Listing, PaperKey, World


def draw_announcement(world: World, listing: Listing, key: PaperKey) -> Draft:
    """Three to six pages; names the raised project, who carries it out, and how much is set aside."""
    rng, offering = world.rng(KIND, key), listing.ipo_number == listing.approval_number
    issue = "首次公开发行股票" if offering else "非公开发行股票"
    title = rng.choice((f"{issue}募集资金运用公告", f"关于{issue}募集资金投资项目的公告", f"{issue}募集资金使用计划公告"))
    number = f"{listing.announced_on.year}-{rng.randint(4, 88):03d}"
    tell = Teller(world, key, facts_before(world) | {"raised": listing.raised_project, "implementer": listing.implementer}, brief=world.short)
    notice = Notice(world, listing, notice_style(world), number)
    notice.head(title)
    flow, rest = notice.flow, listing.raised_net - listing.planned
    exchange = "上海证券交易所" if listing.stock_code.startswith("6") else "深圳证券交易所"
    flow.heading("一、本次发行基本情况", 2)
    flow.prose(
        f"经中国证券监督管理委员会“{listing.approval_number}”文核准，公司{issue}不超过{issued_shares(listing):,}万股人民币普通股（A股），每股面值1.00元，拟在{exchange}{listing.board}上市。"
        f"本次发行预计募集资金总额为{wan(listing.raised_gross)}万元，扣除发行费用后预计募集资金净额为{wan(listing.raised_net)}万元。"
    )
    flow.prose(tell.say("basis", "本次募集资金运用{已经公司董事会、股东大会审议通过|方案经公司董事会及股东大会审议批准}，{保荐机构、独立董事发表了同意意见|独立董事发表了明确同意的独立意见}。"))
    flow.heading("二、募集资金投资项目", 2)
    flow.prose(tell.say("projects", "本次募集资金扣除发行费用后，将{按轻重缓急投资于|全部用于}以下项目："))
    rows = [("1", listing.raised_project, listing.implementer, wan(world.project.total_investment), wan(listing.planned))]
    if rest > 0:
        rows.append(("2", "补充流动资金", world.party.name, wan(rest), wan(rest)))
    rows.append(("", "合计", "", wan(world.project.total_investment + max(rest, Decimal(0))), wan(listing.planned + max(rest, Decimal(0)))))
    notice.table(Table("单位：万元", ("序号", "项目名称", "实施主体", "项目总投资", "拟投入募集资金"), tuple(rows), (1, 4.6, 4.2, 2.4, 2.6), frozenset({0, 1, 2})))
    flow.prose(tell.say("gap", "若实际募集资金净额少于上述项目拟投入金额，不足部分由公司{以自有资金或自筹资金解决|自筹解决}；募集资金到位前，公司可{根据项目进度以自筹资金先行投入，到位后予以置换|先行投入并在到位后按规定置换}。"))
    flow.heading("三、募集资金投资项目概况", 2)
    flow.prose(f"1、项目名称：{listing.raised_project}")
    flow.prose(f"2、实施主体：{listing.implementer}")
    flow.prose(f"3、项目投资：总投资{round_wan(world.project.total_investment)}万元，其中固定资产投资{round_wan(world.project.fixed_investment)}万元，拟使用募集资金{round_wan(listing.planned)}万元。")
    flow.prose(tell.say("site", "4、建设地点及建设期：<location>，{建设期自<start>起，预计<end>完成|计划建设期为<start>至<end>}。"))
    flow.prose(tell.say("what", "5、建设内容：{项目通过购置|拟引进}<good_0>、<good_1>、<good_2>等设备，{对<product>生产线进行改造|建设<product>自动化生产线}，{形成<product>规模化生产能力|达产后年产能达到<cap_after><cap_unit>}。"))
    flow.prose(tell.say("gain", "6、效益分析：{经测算|根据可行性研究报告}，项目达产后预计年新增营业收入<more_revenue>万元、利润总额<more_profit>万元，{税后内部收益率<irr>%|投资回收期<payback>年（含建设期）}，{具有较好的经济效益|经济上可行}。"))
    for block in tell.more(
        "why",
        "{项目实施的必要性|必要性}：{公司现有产能利用率较高，不能满足客户增长的需求|<industry>行业竞争日益体现为装备与品质的竞争}，项目有利于{扩大产能、提升工艺水平|提高自动化水平和产品一致性}，{巩固和提高市场份额|增强公司核心竞争力}。",
        "{项目实施的可行性|可行性}：公司{从事<product>生产多年，积累了丰富的技术和管理经验|拥有稳定的研发团队和客户资源}，{具备实施项目的人员、技术和市场条件|与主要客户保持长期合作}。",
        chance=0.9,
    ):
        flow.prose(block.text)
    flow.heading("四、募集资金管理", 2)
    flow.prose(tell.say("account", "公司将按照《募集资金管理制度》{开立募集资金专项账户|对募集资金实行专户存储}，并在募集资金到位后一个月内与保荐机构、存放募集资金的商业银行签订三方监管协议。"))
    flow.heading("五、对公司的影响及风险提示", 2)
    flow.prose(tell.say("risk", "募集资金到位后，公司净资产将{增加|有所增长}，短期内净资产收益率可能下降。{项目实施过程中可能受市场、政策等因素影响|项目效益的实现存在不确定性}，敬请广大投资者{注意投资风险|谨慎决策，注意投资风险}。"))
    if not world.short:
        flow.heading("六、备查文件", 2)
        flow.prose(f"1、中国证券监督管理委员会核准批复（{listing.approval_number}）；")
        flow.prose("2、公司董事会决议、股东大会决议；")
        flow.prose(f"3、《{listing.raised_project}可行性研究报告》。")
    last, y = notice.sign(listing.announced_on)
    papers = notice.finish()
    copy_remark(world, key, papers[0], rng.uniform(130, 164), rng.uniform(226, 250), world.rng(KIND, key, "copy"))
    if len(papers) > 1 and rng.random() < 0.4:
        last.text(40, y + 6, f"（本公告于{chinese_date(listing.announced_on)}披露）", 9)
    return Draft(KIND, papers, "上市公司募集资金公告", listing.announced_on.year, subtype="M31a", seam=True, key=key)
