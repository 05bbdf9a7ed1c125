"""What the form asks of everyone: unit, project, indicators, investment, prior support, papers handed in, commitment."""

from __future__ import annotations

from decimal import Decimal

from samples.documents.application_form.layout import FormPages, Pair
from samples.documents.draft import seal_by_applicant, sign, wan
from samples.documents.flow import write_marked
from samples.documents.plan.facts import facts_before, planned_goods
from samples.documents.plan.text import Teller
from samples.money import plain
from samples.world.model import YEARS, World

KIND = "application_form"
CATEGORY_NAMES = {"1": "技术改造投资项目", "2": "技术装备及管理智能化提升项目", "3": "重大项目奖补", "4a": "技术改造投融资项目（贷款贴息）", "4b": "技术改造投融资项目（融资租赁贴息）", "5": "上市公司本地改造提升项目"}
_OTHER_INDUSTRIES = {"6510": "软件开发"}


def applicant_name(world: World) -> str:
    """As the form writes it."""
    return world.application.applicant_name or world.party.name


def project_name(world: World) -> str:
    return world.application.project_name or world.project.name


def category_text(world: World) -> str:
    return "；".join(f"项目类别{c[0]}：{CATEGORY_NAMES[c]}" for c in world.categories)


def cover(world: World, pages: FormPages) -> None:
    """Title, project, unit, day, seal."""
    rng, style = world.rng(KIND, "cover"), pages.style
    paper = pages.turn()
    top, size = rng.uniform(56, 70), rng.uniform(21, 25)
    year_line = rng.random() < 0.7
    title = rng.choice(("深圳市企业技术改造扶持计划", "企业技术改造扶持计划"))
    paper.text(105, top, title, size, face="sans", bold=True, align="c")
    paper.text(105, top + 15, rng.choice(("项 目 申 请 书", "项目申请书")), size + 2, face="sans", bold=True, align="c")
    if year_line:
        paper.text(105, top + 28, "（2020年度）", 14, face=style.face, align="c")
    y = rng.uniform(136, 150)
    labels = rng.choice((("项目名称", "项目类别", "申请单位", "联 系 人", "联系电话", "填报日期"), ("项目名称", "申报类别", "申报单位（盖章）", "联系人", "手机", "申报日期")))
    for label, text in zip(labels, (project_name(world), category_text(world), applicant_name(world), world.company.contact, world.company.phone, style.day(world.application.applied_on)), strict=True):
        box = paper.text(34, y, f"{label}：", 13, face=style.face)
        x = max(66.0, box[2] + 1)
        lines = paper.wrap(text, 178 - x, 13, style.value_face)
        for line in lines:
            paper.text(x, y, line, 13, face=style.value_face)
            paper.line(x - 1, y + 4.2, 180, y + 4.2, 0.15)
            y += 9.5
        y += 4.0
    seal_by_applicant(world, KIND, paper, rng.uniform(100, 146), y - rng.uniform(22, 36), rng)
    paper.text(105, 264, rng.choice(("深圳市工业和信息化局 制", "深圳市工业和信息化局")), 13, face=style.face, align="c")


def unit(world: World, pages: FormPages, n: int) -> int:
    """一、单位基本情况."""
    company, style = world.company, pages.style
    pages.heading(f"{style.number(n)}申请单位基本情况")
    name, code = applicant_name(world), world.application.uscc or company.party.uscc
    capital_label = "注册资本（万元）"
    pages.pairs((
        Pair("单位名称", name, "applicant_name", name, long=True), Pair("统一社会信用代码", code, "uscc", code),
        Pair("法定代表人", company.legal_representative, "legal_representative", company.legal_representative), Pair("成立日期", style.day(company.established_on)),
        Pair(capital_label, wan(company.registered_capital)), Pair("注册地址", company.party.address, long=True), Pair("开户银行", company.party.bank),
        Pair("银行账号", company.party.account), Pair("联系人", company.contact, "contact", company.contact), Pair("联系电话", company.phone, "phone", company.phone),
        Pair("单位电话", company.party.phone), Pair("财务负责人", company.finance_head), Pair("单位类型", "企业（独立法人）"), Pair("是否上市", "是" if world.listing else "否"),
    ))  # fmt: skip
    tell = Teller(world, KIND, facts_before(world) | {"location": world.project.location}, brief=world.short)
    pages.text_block("单位简介（主营业务、生产规模、技术水平等）", "".join(p.text for p in tell.prose(
        "profile", "<company>成立于<founded>，主要从事<scope>的研发、生产和销售，现有厂房面积<area>平方米，<product>生产线<lines>条，"
        "{年生产能力<cap_before><cap_unit>|拥有较完善的检测和试验条件}。公司拥有专利<patents>项、软件著作权<programs>项，{产品在细分市场占有率约<share>%|产品销往国内外<customers>余家客户}，"
        "{已通过ISO9001质量管理体系认证|为国家高新技术企业}。",
    )))  # fmt: skip
    return n + 1


def project(world: World, pages: FormPages, n: int) -> int:
    """二、项目基本情况."""
    style, facts, application = pages.style, world.project, world.application
    pages.heading(f"{style.number(n)}申报项目基本情况")
    code = application.industry_code or facts.industry_code
    own_name = facts.industry_name if code == facts.industry_code else _OTHER_INDUSTRIES.get(code, "")
    ticks = "　".join(style.tick(any(c[0] == digit for c in world.categories), f"类别{digit}") for digit in "12345")
    pages.pairs((
        Pair("项目名称", project_name(world), "project_name", project_name(world), long=True),
        Pair("项目类别", f"{ticks}（{category_text(world)}）" if world.categories[0][0] == "4" else ticks, "category", ",".join(world.categories), long=True),
    ))  # fmt: skip
    if "3" in world.categories or style.always_renewal:
        first = application.first_or_renewal == "first"
        pages.pairs((Pair("申报方式", f"{style.tick(first, '首次申报')}　{style.tick(not first, '续报')}", "first_or_renewal", application.first_or_renewal, long=True),))
    pages.pairs((
        Pair("所属行业代码", f"{code}　{own_name}".rstrip("　"), "industry_code", code), Pair("建设性质", facts.construction_kind),
        Pair("项目实施地址", facts.location, "location", facts.location, long=True),
        *((Pair("备案编号", facts.filing_number), Pair("项目代码", facts.project_code)) if facts.renovation else (Pair("项目代码", facts.project_code),)),
        Pair("项目开始时间", style.day(facts.starts), "period_start", facts.starts.isoformat()), Pair("项目结束时间", style.day(facts.ends), "period_end", facts.ends.isoformat()),
        Pair("主要产品", facts.product), Pair(f"项目总投资（{style.unit}）", style.money(facts.total_investment)),
        Pair(f"其中：固定资产投资（{style.unit}）", style.money(facts.fixed_investment)),
        Pair(f"申报投入金额（{style.unit}）", style.money(application.declared_investment), "declared_investment", plain(application.declared_investment)),
        *((Pair(f"申请资助金额（{style.unit}）", style.money(application.requested)),) if application.requested is not None else ()),
    ))  # fmt: skip
    tell = Teller(world, KIND, facts_before(world) | {"location": world.project.location}, brief=world.short)
    told = [p.text for p in tell.prose(
        "content",
        "<content>{项目对原有<product>生产线进行改造|项目围绕<product>的生产过程}，购置<good_0>、<good_1>、<good_2>、<good_3>等设备，{配套建设制造执行系统和数据采集系统|同步实施厂房适应性改造和信息系统建设}，"
        "{实现关键工序自动化、生产过程可视化|提升生产效率和产品质量}。",
    )]  # fmt: skip
    told += [p.text for p in tell.more(
        "content more", "项目建成后，年产能由<cap_before><cap_unit>提高到<cap_after><cap_unit>，产品一次合格率由<good_before>%提高到<good_after>%，{单位产品电耗下降<energy_gain>%|订单交付周期由<cycle_before>天缩短到<cycle_after>天}，"
        "{人均产值提高<head_gain>%|设备故障率下降到<fail_after>%}，{具有较好的经济效益和社会效益|对行业具有示范作用}。", chance=1.0,
    )]  # fmt: skip
    pages.text_block("项目主要建设内容", "".join(told))
    return n + 1


def indicators(world: World, pages: FormPages, n: int) -> int:
    """三、近三年主要经济指标, every figure noted."""
    style = pages.style
    pages.heading(f"{style.number(n)}申请单位近三年主要经济指标")
    names = list(dict.fromkeys(i.name for i in world.application.indicators))
    found = {(i.name, i.year): i for i in world.application.indicators}
    rows = []
    for name in names:
        unit_of = next(i.unit for i in world.application.indicators if i.name == name)
        texts = []
        for year in YEARS:
            value = found[(name, year)].value if (name, year) in found else None
            texts.append("" if value is None else f"{value:,f}" if style.separators else f"{value:f}")
        rows.append((name, unit_of, *texts))
    boxes = pages.table(("指标名称", "计量单位", *(f"{y}年" for y in YEARS)), rows, (3.4, 1.6, 2.3, 2.3, 2.3), aligns=("l" if style.align == "l" else "c", "c", "r", "r", "r"))
    index = 0
    for row, name in enumerate(names):
        for column, year in enumerate(YEARS, 2):
            if (name, year) not in found:
                continue
            fact, (paper, box) = found[(name, year)], boxes[row][column]
            paper.note_row("indicators", index, "name", name, boxes[row][0][1])
            paper.note_row("indicators", index, "year", str(year), box)
            paper.note_row("indicators", index, "value", f"{fact.value:f}", box)
            paper.note_row("indicators", index, "unit", fact.unit, boxes[row][1][1])
            index += 1
    pages.note_line("注：以上数据应与经审计的财务报表及报送统计部门的数据一致。")
    return n + 1


def investment(world: World, pages: FormPages, n: int) -> int:
    """四、投资构成 and the main machines."""
    style, facts, rng = pages.style, world.project, world.rng(KIND, "investment")
    pages.heading(f"{style.number(n)}项目投资构成及资金来源")
    shares = (rng.randint(55, 72), rng.randint(8, 16), rng.randint(4, 9))
    parts = [facts.fixed_investment * s // 100 // 10000 * 10000 for s in shares]
    parts.append(facts.fixed_investment - sum(parts))
    rest = max(facts.total_investment - facts.fixed_investment, Decimal(0))
    rows = [(name, style.money(value)) for name, value in zip(("设备及工器具购置", "建筑（改造）工程", "安装工程", "其他固定资产投资（软件等）"), parts, strict=True)]
    rows += [("非固定资产投资（配套、技术服务等）", style.money(rest)), ("计划总投资合计", style.money(sum(parts) + rest))]
    pages.table(("投资类别", f"计划投资额（{style.unit}）"), rows, (5, 4), aligns=("l", "r"))
    pages.pairs((
        Pair("资金来源", "企业自筹（自有资金及金融机构融资），不含政府投资资金", long=True), Pair("是否政府投资项目", f"{style.tick(False, '是')}　{style.tick(True, '否')}", long=True),
    ))  # fmt: skip
    goods = planned_goods(world)[: 4 if world.short else rng.randint(8, 14)]
    pages.y += 4
    pages.need(40)
    pages.table(
        ("序号", "主要设备名称", "计量单位", "用途"), [(str(i), g.name, g.unit, g.smart or "生产设备") for i, g in enumerate(goods, 1)], (1, 5, 2, 5), aligns=("c", "l", "c", "l"),
    )  # fmt: skip
    return n + 1


def support(world: World, pages: FormPages, n: int) -> int:
    """以前获得扶持, and other city money for the same investment (R-046)."""
    style, application = pages.style, world.application
    pages.heading(f"{style.number(n)}财政资金支持情况")
    none = application.other_funds_note.strip() in ("", "无")
    pages.pairs((
        Pair("同一项目或同一投入是否申报其他市级资金", f"{style.tick(not none, '是')}　{style.tick(none, '否')}", long=True), Pair("如是，请说明项目、年度、金额及原因", application.other_funds_note or "无", long=True),
        Pair("是否被列为失信联合惩戒对象", f"{style.tick(False, '是')}　{style.tick(True, '否')}", long=True), Pair("是否存在验收不合格未满三年或逾期一年以上未验收项目", f"{style.tick(False, '是')}　{style.tick(True, '否')}", long=True),
    ))  # fmt: skip
    return n + 1


_PAPERS: tuple[tuple[str, str], ...] = (
    ("营业执照", "12345"), ("技术改造项目备案表", "12345"), ("项目投入明细清单", "12345"), ("上三个年度纳税证明", "235"), ("上三个年度财务审计报告", "235"), ("项目建设实施方案", "235"), ("技术改造投融资利息费用清单", "4"),
    ("贷款合同或融资租赁合同", "4"), ("证监会核发的IPO批文", "5"), ("上市公司募集资金公告和证监会核准文件", "5"), ("募集资金存放与实际使用情况的专项报告", "5"), ("与募集资金相关的验资报告", "5"), ("募集资金投资的可行性研究报告", "5"),
    ("资质、检测报告、专利、用户意见等证明材料及目录", "235"), ("企业认为需补充说明的材料", "235"),
)  # fmt: skip


def papers_list(world: World, pages: FormPages, n: int) -> int:
    """The list of uploads as the system prints it."""
    pages.heading(f"{pages.style.number(n)}申请材料清单")
    digits = {c[0] for c in world.categories}
    wanted = [name for name, of in _PAPERS if digits & set(of)]
    optional = ("资质、检测", "企业认为")
    rows = [(str(i), name, "原件" if name in ("项目投入明细清单", "项目建设实施方案", "技术改造投融资利息费用清单") else "复印件", "非必要" if name.startswith(optional) else "必要") for i, name in enumerate(("企业技术改造扶持计划项目申请书", *wanted), 1)]
    rows[0] = (rows[0][0], rows[0][1], "原件", "必要")
    pages.table(("序号", "材料名称", "材料形式", "必要性"), rows, (1, 8, 2, 2), aligns=("c", "l", "c", "c"))
    return n + 1


_PROMISES = (
    "本单位申报的所有材料均依据相关项目申报要求，据实提供，{真实、准确、完整、有效|内容真实、合法、有效}，{纸质材料与网上填报内容一致|网上填报内容与纸质材料完全一致}。",
    "本单位依法经营，{未被列为失信联合惩戒对象|不违反国家、省、市联合惩戒政策和制度规定}，不存在国家、省、市专项资金扶持的项目验收不合格未满3年或项目逾期未申请验收达1年以上的情形。",
    "申报项目不属于国家、省、市产业导向目录中的{禁止类和限制类|限制类、禁止类}，且不属于政府投资建设项目；同一项目或同一投入未在市级政府资金中多头申报和重复申报。",
    "本单位提交的生产经营数据与报送市统计部门的数据一致；申报投入对应的发票、付款凭证、合同等原始凭证{真实有效并妥善保管|均真实、合法}，{接受并配合|自觉接受}专项审计、绩效评价和监督检查。",
    "本单位自主申报，未委托任何中介机构或个人以虚假材料申报。",
    "如违背以上承诺，{本单位愿意承担相关责任|由此产生的一切后果由本单位承担}，同意有关主管部门将相关失信信息记入公共信用信息系统，并按规定退回专项资金及孳息。",
)  # fmt: skip


def commitment(world: World, pages: FormPages, n: int) -> int:
    """承诺书 with 法定代表人签字 and the seal."""
    style, rng = pages.style, world.rng(KIND, "commitment")
    own_page = rng.random() < 0.7
    label = rng.choice(("法定代表人（签字）：", "法定代表人签字：", "法定代表人（签名）："))
    owner = rng.choice(("申请单位（盖章）：", "申报单位（公章）："))
    if own_page or pages.y > 130:
        pages.turn()
    title = rng.choice(("承 诺 书", "申请单位承诺书", "诚信承诺书"))
    pages.paper.text(105, pages.y + 4, title, 18, face="sans", bold=True, align="c")
    pages.y += 18
    tell = Teller(world, KIND, {})
    step = style.size * 0.3528 * 1.95
    size = style.size + 1
    pages.y = write_marked(pages.paper, style.left, pages.y, style.width, "深圳市工业和信息化局：", {}, size, leading=step + 1, indent=False, face=style.face)
    pages.y = write_marked(pages.paper, style.left, pages.y, style.width, f"{applicant_name(world)}就申报“{project_name(world)}”（申请编号：{world.application.number}）郑重承诺如下：", {}, size, leading=step + 1, face=style.face)
    for i, pattern in enumerate(_PROMISES):
        pages.y = write_marked(pages.paper, style.left, pages.y, style.width, f"{i + 1}．" + tell.say(f"promise {i}", pattern), {}, size, leading=step + 1, face=style.face)
    pages.need(62)
    x, y = style.left + rng.uniform(46, 62), pages.y + rng.uniform(12, 18)
    box = pages.paper.text(x, y, label, size + 0.5, face=style.face)
    sign(world, KIND, pages.paper, box[2] + 2, y - 1, world.company.legal_representative, rng)
    pages.paper.text(x, y + 16, owner, size + 0.5, face=style.face)
    pages.paper.text(x + 18, y + 32, style.day(world.application.applied_on) if rng.random() < 0.8 else "年　　月　　日", size + 0.5, face=style.face)
    seal_by_applicant(world, KIND, pages.paper, x + rng.uniform(36, 60), y + rng.uniform(19, 27), rng)
    pages.y = y + 40
    return n + 1
