"""深圳市企业技术改造项目备案表, one page, downloaded by the applicant from the filing system."""

from __future__ import annotations

from samples.documents.draft import Draft, chinese_date, seal_by_applicant, wan
from samples.money import plain
from samples.paper import Paper
from samples.world import World

KIND = "filing_certificate"
TITLE = "深圳市企业技术改造项目备案表"


def draw_filing(world: World) -> Draft:
    rng = world.rng(KIND)
    project, company = world.project, world.company
    paper = Paper()
    paper.text(105, 32, TITLE, 20, face="sans", bold=True, align="c")
    paper.text(22, 48, "备案编号：", 11)
    paper.put("filing_number", project.filing_number, 41, 48, project.filing_number, 11)
    paper.text(116, 48, "项目代码：", 11)
    paper.put("project_code", project.project_code, 135, 48, project.project_code, 10)
    y = 54.0
    rows: tuple[tuple[str, str | None, str, str], ...] = (
        ("项目名称", "project_name", project.name, project.name),
        ("建设单位", "applicant_name", company.party.name, company.party.name),
        ("统一社会信用代码", "uscc", company.party.uscc, company.party.uscc),
        ("建设性质", "construction_kind", "技术改造", "技术改造"),
        ("项目所属行业", "industry_code", project.industry_code, f"{project.industry_code} {project.industry_name}"),
        ("建设地点", "location", project.location, project.location),
        ("项目总投资（万元）", "total_investment", plain(project.total_investment), wan(project.total_investment)),
        ("其中：设备及技术投资", None, "", f"{wan(project.total_investment * 9 / 10)}万元"),
    )
    for label, field, value, text in rows:
        paper.cell((22, y, 68, y + 12), label, 10.5)
        box = paper.cell((68, y, 188, y + 12), text, 10.5, align="l")
        if field:
            paper.note(field, value, box)
        y += 12
    paper.cell((22, y, 68, y + 12), "建设起止年限", 10.5)
    paper.frame((68, y, 188, y + 12))
    box = paper.text(68.8, y + 6, chinese_date(project.starts), 10.5)
    paper.note("period_start", project.starts.isoformat(), box)
    mid = paper.text(box[2] + 2, y + 6, "至", 10.5)
    paper.note("period_end", project.ends.isoformat(), paper.text(mid[2] + 2, y + 6, chinese_date(project.ends), 10.5))
    y += 12
    paper.cell((22, y, 68, y + 50), "建设规模及主要内容", 10.5)
    paper.frame((68, y, 188, y + 50))
    paper.paragraph(71, y + 7, 112, (
        f"对现有{project.product}生产线进行技术改造，购置全自动贴片机、锡膏印刷机、回流焊炉、光学检测机、加工中心、数控车床、"
        "测试仪器、工业机器人、自动装配线、立体仓库等设备，配套制造执行系统、仓储管理系统、数据采集与监控系统等软件，"
        "并对生产车间进行洁净改造。"), 10.5)  # fmt: skip
    y += 50
    for label, name, day in (("备案日期", "issued_on", project.filed_on), ("有效期至", "valid_until", project.filing_valid_until)):
        paper.cell((22, y, 68, y + 12), label, 10.5)
        box = paper.cell((68, y, 188, y + 12), chinese_date(day), 10.5, align="l")
        paper.note(name, day.isoformat(), box)
        y += 12
    paper.text(24, y + 10, "备案机关：深圳市宝安区工业和信息化局", 10.5)
    paper.text(24, y + 18, "（本表由备案系统自动生成，可登录系统查验）", 9)
    paper.text(130, y + 30, "建设单位（盖章）", 11)
    paper.coloured = True  # scanned in colour for its seal, whether or not somebody forgot to stamp it
    seal_by_applicant(world, KIND, paper, 150, y + 30, rng)
    return Draft(KIND, [paper], TITLE)
