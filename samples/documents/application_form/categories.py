"""What the form asks in each category.

Only facts are printed that a defect elsewhere does not change: sums of rows and of 表4 stay in their lists.
"""

from __future__ import annotations

from decimal import Decimal

from samples.documents.application_form.layout import FormPages, Pair
from samples.documents.application_form.parts import CATEGORY_NAMES
from samples.documents.plan.facts import facts_before
from samples.documents.plan.modes import ELEMENTS
from samples.documents.plan.text import Teller
from samples.world.model import Category, World


def special(world: World, pages: FormPages, n: int) -> int:
    """One part for each category of the application."""
    for category in world.categories:
        pages.heading(f"{pages.style.number(n)}专项申报信息（项目类别{category[0]}：{CATEGORY_NAMES[category]}）")
        {"1": _first, "2": _smart, "3": _major, "4a": _loans, "4b": _leases, "5": _listed}[category](world, pages)
        n += 1
    return n


def _tell(world: World, category: Category) -> Teller:
    return Teller(world, f"application_form:{category}", facts_before(world) | {"location": world.project.location}, brief=world.short)


def _text(pages: FormPages, tell: Teller, label: str, key: str, *patterns: str) -> None:
    pages.text_block(label, "".join(p.text for p in tell.prose(key, *patterns)))


def _first(world: World, pages: FormPages) -> None:
    style = pages.style
    pages.pairs((
        Pair("投入期间", "2019年1月1日至2019年12月31日", long=True), Pair("是否有实际生产制造环节", f"{style.tick(True, '是')}　{style.tick(False, '否')}", long=True),
        Pair("是否同时申报类别2", f"{style.tick('2' in world.categories, '是')}　{style.tick('2' not in world.categories, '否')}", long=True), Pair("投入明细", "详见《项目投入明细清单》（表1）", long=True),
    ))  # fmt: skip
    _text(
        pages, _tell(world, "1"), "生产制造环节及配套环节说明", "stages",
        "公司在<location>设有生产车间，{生产制造环节包括原材料加工、装配、检测和包装|从来料检验、加工装配到成品入库均自主完成}，本项目投入用于<good_0>、<good_1>等生产设备及{仓储物流、检测、能源等配套环节|配套设施}，"
        "{均已在厂区内投入使用|设备已安装调试完毕}。",
    )  # fmt: skip


def _smart(world: World, pages: FormPages) -> None:
    style, modes = pages.style, world.plan.modes if world.plan else ()
    rng = world.rng("application_form", "result kind")
    results, chosen = ("智能单元", "智能生产线", "数字化车间", "智能工厂"), rng.randrange(4)
    pages.pairs((
        Pair("智能化技术模式", "　".join(style.tick(m in modes, m) for m in ELEMENTS), long=True),
        Pair("改造成果类型", "　".join(style.tick(i == chosen, r) for i, r in enumerate(results)), long=True), Pair("智能化改造投入", "详见《项目投入明细清单》（表1）智能化改造投入列", long=True),
    ))  # fmt: skip
    _text(
        pages, _tell(world, "2"), "智能化改造内容及效果（减员、增效、提质、保安全）", "effects",
        "项目{购置|应用}<good_0>、<good_1>、<good_2>等{智能装备|关键技术装备}，建设制造执行、数据采集等系统，关键工序自动化率由<automation_before>%提高到<automation_after>%。",
        "实施后{用工由<staff_before>人减少到<staff_after>人|减少用工<staff_saved>人}，产品一次合格率由<good_before>%提高到<good_after>%，人均产值由<head_before>万元提高到<head_after>万元，单位产品电耗下降<energy_gain>%，工伤事故降为零。",
    )  # fmt: skip


def _major(world: World, pages: FormPages) -> None:
    style, project, application = pages.style, world.project, world.application
    progress = application.declared_investment / project.fixed_investment * 100 if project.fixed_investment else Decimal(0)
    pages.pairs((
        Pair("是否列入《市重大工业项目名录》", f"{style.tick(True, '是')}　{style.tick(False, '否')}", long=True),
        Pair("本次申报投入期间", "2018年1月1日至申报截止日" if application.first_or_renewal == "first" else "上次审计截止日次日至申报截止日", long=True), Pair(f"计划总投资（{style.unit}）", style.money(project.total_investment)),
        Pair(f"计划固定资产投资（{style.unit}）", style.money(project.fixed_investment)), Pair("累计完成固定资产投资占计划比例", f"{progress:.2f}%"), Pair("是否纳入工业投资统计", f"{style.tick(True, '是')}　{style.tick(False, '否')}"),
        Pair("是否获得市产业链薄弱环节奖励", f"{style.tick(False, '是')}　{style.tick(True, '否')}", long=True),
    ))  # fmt: skip
    _text(
        pages, _tell(world, "3"), "项目进展情况", "progress",
        "项目于<start>{开工|启动}，计划<end>{竣工投产|全部建成}。{已完成厂房改造和首批设备的采购、安装|主要设备合同已陆续签订}，<product>生产设备{已陆续到货并投入使用|正在安装调试}，{项目按计划推进|整体进展顺利}。",
        "达产后预计新增产值<more_revenue>万元、新增税收<more_tax>万元，{新增就业<new_jobs>人|带动上下游配套企业发展}。",
    )  # fmt: skip


def _loans(world: World, pages: FormPages) -> None:
    style = pages.style
    pages.table(
        ("序号", "贷款合同编号", f"合同金额（{style.unit}）", "年利率"), [(str(i), x.contract_number, style.money(x.principal), f"{x.annual_rate * 100:.4f}%") for i, x in enumerate(world.loans, 1)], (1, 5, 4, 2.4),
    )  # fmt: skip
    pages.pairs((Pair("贷款用途", f"{style.tick(True, '固定资产投资')}　{style.tick(False, '流动资金')}", long=True), Pair("项目实施期", "2017年1月1日至2019年12月31日期间", long=True), Pair("利息费用", "详见《技术改造投融资利息费用清单》（表4）", long=True)))
    _text(pages, _tell(world, "4a"), "贷款使用情况", "loan", "贷款{专项|全部}用于<project>的设备购置及{相关工程|安装}，{资金使用符合合同约定|未挪作他用}，利息已按期支付，{银行出具了利息回单|回单齐备}。")


def _leases(world: World, pages: FormPages) -> None:
    style = pages.style
    pages.table(
        ("序号", "融资租赁合同编号", f"融资金额（{style.unit}）", "租赁物"),
        [(str(i), x.contract_number, style.money(x.financed), "、".join(g.name for g in x.goods[:3]) + ("等" if len(x.goods) > 3 else "")) for i, x in enumerate(world.leases, 1)], (1, 4, 3.4, 4.6),
    )  # fmt: skip
    pages.pairs((Pair("起租时间", "2017年1月1日至2019年12月31日期间，详见合同", long=True), Pair("融资费用", "详见《技术改造投融资利息费用清单》（表4）", long=True)))
    _text(pages, _tell(world, "4b"), "融资租赁使用情况", "lease", "租赁设备{已安装在项目实施地|均用于<product>的生产}，{使用正常|运行状况良好}，租金已按合同约定支付，{未发生逾期|无违约情形}。")


def _listed(world: World, pages: FormPages) -> None:
    listing, style = world.listing, pages.style
    if listing is not None:
        pages.pairs((
            Pair("上市板块", listing.board), Pair("证券代码", listing.stock_code), Pair("证券简称", listing.stock_name), Pair("IPO批文文号", listing.ipo_number), Pair("核准文件文号", listing.approval_number),
            Pair(f"募集资金净额（{style.unit}）", style.money(listing.raised_net)), Pair("资金到账日期", style.day(listing.arrived_on)),
            Pair("募投项目实施主体是否与申报单位一致", f"{style.tick(True, '是')}　{style.tick(False, '否')}", long=True), Pair("是否获得市产业链薄弱环节奖励", f"{style.tick(False, '是')}　{style.tick(True, '否')}", long=True),
        ))  # fmt: skip
    _text(
        pages, _tell(world, "5"), "募集资金使用及项目建设情况", "raised",
        "公司将募集资金{用于<product>生产线的改造提升|投入本项目建设}，{实行专户存储、专款专用|由保荐机构和存放银行共同监管}。截至申报时，{已购置生产和检测设备并投入使用|主要设备合同已签订并陆续到货}，{项目按计划实施|建设内容与公告一致}。",
    )  # fmt: skip
