"""《企业技术改造扶持计划项目申请书》: five pages as the filing system would print them."""

from __future__ import annotations

from decimal import Decimal

from samples.documents.draft import Draft, chinese_date, foot, label_row, seal_by_applicant, wan
from samples.money import plain
from samples.paper import Paper
from samples.world import YEARS, World

KIND = "application_form"
TITLE = "深圳市企业技术改造扶持计划项目申请书"
_X, _W = 22.0, 166.0


def draw_application_form(world: World) -> Draft:
    papers = [_cover(world), _applicant(world), _project(world), _indicators(world), _promise(world)]
    for number, paper in enumerate(papers, start=1):
        paper.text(_X, 14, f"申请编号：{world.application_no}", 8, face="sans")
        paper.text(_X + _W, 14, "表单版本：2020-V1.2", 8, face="sans", align="r")
        foot(paper, number, len(papers))
    number_box = papers[0].text(_X, 14, f"申请编号：{world.application_no}", 8, face="sans")
    papers[0].note("application_no", world.application_no, number_box)
    papers[0].note("form_version", "2020-V1.2", (_X + 110, 12, _X + _W, 16))
    return Draft(KIND, papers, TITLE, seam=True)


def _cover(world: World) -> Paper:
    rng = world.rng(KIND, 1)
    paper = Paper()
    paper.text(105, 60, "深圳市企业技术改造扶持计划", 24, face="sans", bold=True, align="c")
    paper.text(105, 76, "项 目 申 请 书", 26, face="sans", bold=True, align="c")
    paper.text(105, 90, "（2020年度）", 14, align="c")
    entries = (
        ("项目名称", None, world.project.name), ("项目类别", None, f"类别{'、类别'.join(world.categories)}"),
        ("申请单位", "applicant_name", world.company.party.name), ("联 系 人", "contact", world.company.contact),
        ("联系电话", "phone", world.company.phone), ("填报日期", None, chinese_date(world.applied_on)),
    )  # fmt: skip
    for i, (name, field, text) in enumerate(entries):
        y = 140 + 14 * i
        paper.text(38, y, f"{name}：", 14)
        if field:
            paper.put(field, text, 66, y, text, 14)
        else:
            paper.text(66, y, text, 14)
        paper.line(65, y + 4, 176, y + 4, 0.15)
    seal_by_applicant(world, KIND, paper, 120, 178, rng)
    paper.text(105, 262, "深圳市工业和信息化局  制", 12, align="c")
    return paper


def _rows(paper: Paper, y: float, rows: list[tuple[str, str | None, str, str]]) -> float:
    """Label and value rows; ``(label, field, value, text)``."""
    for label, field, value, text in rows:
        height = 16.0 if len(text) > 60 else 11.5
        paper.cell((_X, y, _X + 46, y + height), label, 10.5)
        box = paper.cell((_X + 46, y, _X + _W, y + height), text, 10.5, align="l")
        if field:
            paper.note(field, value, box)
        y += height
    return y


def _applicant(world: World) -> Paper:
    company = world.company
    paper = Paper()
    paper.text(_X, 28, "一、申请单位基本情况", 14, face="sans", bold=True)
    _rows(paper, 36, [
        ("单位名称", None, "", company.party.name),
        ("统一社会信用代码", "uscc", company.party.uscc, company.party.uscc),
        ("企业类型", None, "", company.kind),
        ("法定代表人", "legal_representative", company.legal_representative, company.legal_representative),
        ("注册资本（万元）", None, "", wan(company.registered_capital)),
        ("成立日期", None, "", chinese_date(company.established_on)),
        ("注册地址", None, "", company.party.address),
        ("开户银行", None, "", company.party.bank),
        ("银行账号", None, "", company.party.account),
        ("联系人", None, "", company.contact),
        ("联系电话", None, "", company.phone),
        ("财务负责人", None, "", company.finance_head),
        ("在职人数（2019年末）", None, "", f"{world.headcount[2019]}人"),
        ("主营业务", None, "", company.scope),
    ])  # fmt: skip
    return paper


def _project(world: World) -> Paper:
    project = world.project
    total = world.declared_total
    paper = Paper()
    paper.text(_X, 28, "二、申报项目基本情况", 14, face="sans", bold=True)
    ticks = "　".join(f"{'☑' if c in world.categories else '☐'}类别{c}".replace("☑", "√").replace("☐", "□") for c in ("1", "2", "3", "4", "5"))
    end = _rows(paper, 36, [
        ("项目名称", "project_name", project.name, project.name),
        ("项目类别", "category", ",".join(world.categories), ticks),
        ("申报方式", "first_or_renewal", "first", "√首次申报　□续报"),
        ("项目所属行业代码", "industry_code", project.industry_code, f"{project.industry_code}（{project.industry_name}）"),
        ("项目实施地址", "location", project.location, project.location),
        ("备案编号", None, "", project.filing_number),
        ("项目总投资（万元）", None, "", wan(project.total_investment)),
    ])  # fmt: skip
    paper.cell((_X, end, _X + 46, end + 11.5), "建设起止时间", 10.5)
    start_text, end_text = chinese_date(project.starts), chinese_date(project.ends)
    paper.frame((_X + 46, end, _X + _W, end + 11.5))
    box = paper.text(_X + 46.8, end + 5.75, start_text, 10.5)
    paper.note("period_start", project.starts.isoformat(), box)
    mid = paper.text(box[2] + 2, end + 5.75, "至", 10.5)
    paper.note("period_end", project.ends.isoformat(), paper.text(mid[2] + 2, end + 5.75, end_text, 10.5))
    end = _rows(paper, end + 11.5, [
        ("2019年度申报投入金额（万元）", "declared_investment", plain(total), wan(total, 6)),
        ("其中：智能化改造投入（万元）", None, "", wan(world.smart_total, 6)),
        ("资金来源", None, "", "企业自筹及银行贷款，不含政府投资"),
        ("是否获其他市级资金", None, "", "□是　√否"),
    ])  # fmt: skip
    paper.paragraph(_X, end + 8, _W, "说明：申报投入金额为扣除可抵扣税款后的金额，与《项目投入明细清单》（表1）合计数一致；"
                    "金额单位为万元。", 9, leading=6)  # fmt: skip
    return paper


def _indicators(world: World) -> Paper:
    paper = Paper()
    paper.text(_X, 28, "三、申请单位近三年主要经济指标", 14, face="sans", bold=True)
    widths = [58.0, 24.0, 28.0, 28.0, 28.0]
    label_row(paper, _X, 36, widths, 11, ["指标名称", "计量单位", *(f"{y}年" for y in YEARS)], bold=True)
    books = world.books
    indicators: list[tuple[str, str, dict[int, Decimal], int]] = [
        ("营业收入", "万元", {y: books[y].revenue / 10000 for y in YEARS}, 2),
        ("利润总额", "万元", {y: books[y].total_profit / 10000 for y in YEARS}, 2),
        ("净利润", "万元", {y: books[y].net_profit / 10000 for y in YEARS}, 2),
        ("纳税总额", "万元", {y: world.tax_total(y) / 10000 for y in YEARS}, 2),
        ("资产总额", "万元", {y: books[y].total_assets / 10000 for y in YEARS}, 2),
        ("负债总额", "万元", {y: books[y].total_liabilities / 10000 for y in YEARS}, 2),
        ("研发费用", "万元", {y: books[y].research / 10000 for y in YEARS}, 2),
        ("从业人员平均人数", "人", {y: Decimal(world.headcount[y]) for y in YEARS}, 0),
    ]
    row = 0
    for i, (name, unit, values, places) in enumerate(indicators):
        y = 47 + 11 * i
        texts = [f"{values[year]:,.{places}f}" for year in YEARS]
        boxes = label_row(paper, _X, y, widths, 11, [name, unit, *texts], size=10)
        for year, box in zip(YEARS, boxes[2:], strict=True):
            paper.note_row("indicators", row, "name", name, boxes[0])
            paper.note_row("indicators", row, "year", str(year), box)
            paper.note_row("indicators", row, "value", f"{values[year]:.{places}f}", box)
            paper.note_row("indicators", row, "unit", unit, boxes[1])
            row += 1
    paper.paragraph(_X, 146, _W, "注：以上数据应与经审计的财务报表及报送统计部门的数据一致，货币单位为人民币万元。", 9, leading=6)
    paper.text(_X, 162, "四、项目主要内容", 14, face="sans", bold=True)
    paper.paragraph(_X, 172, _W - 4, (
        f"本项目对申请单位现有{world.project.product}生产线实施技术改造，购置高速贴片、在线检测、机器人装配、立体仓储等先进设备，"
        "同步建设制造执行系统、仓储管理系统和数据采集系统，实现关键工序智能化、生产过程可视化和物料流转自动化。"
        "项目建成后，产线综合效率、一次合格率明显提高，单位产品能耗与用工明显下降。"), 11)  # fmt: skip
    return paper


def _promise(world: World) -> Paper:
    rng = world.rng(KIND, 5)
    paper = Paper()
    paper.text(_X, 28, "五、申请单位承诺", 14, face="sans", bold=True)
    y = 40.0
    for text in (
        "1. 本单位所提交的申报材料及所附资料真实、准确、完整、有效，纸质材料与网上填报内容一致；",
        "2. 本单位依法经营，未被列入失信联合惩戒名单，不存在项目验收不合格未满三年或逾期未申请验收的情形；",
        "3. 申报项目不属于产业导向目录限制类、禁止类，非政府投资建设项目；",
        "4. 同一项目、同一投入未重复申报市级政府资金；申报投入对应的发票、付款凭证、采购合同等原始资料妥善保管，配合专项审计和监督检查；",
        "5. 如有虚假、隐瞒，本单位愿意承担相应的法律责任，并按规定退回扶持资金。",
    ):
        y = paper.paragraph(_X, y, _W - 2, text, 12, leading=8.5) + 2
    paper.text(_X + 40, 150, "法定代表人（签字）：", 12)
    paper.text(_X + 86, 149, world.company.legal_representative, 17, face="serif", ink=(30, 40, 110), spread=1.2)
    paper.text(_X + 40, 176, "申请单位（盖章）：", 12)
    paper.text(_X + 82, 176, world.company.party.name, 12)
    paper.text(_X + 96, 192, chinese_date(world.applied_on), 12)
    seal_by_applicant(world, KIND, paper, _X + 104, 185, rng)
    return paper
