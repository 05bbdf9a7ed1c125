"""深圳市企业技术改造项目备案表 and 备案证 (rule-book B.6), downloaded from the filing system or issued by the district's office.

``form``: the boxed 备案表 of the system; ``certificate``: the 备案证, a letter-like grid with conditions, QR symbol and the office's seal.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from samples.documents.backdrop import waves
from samples.documents.draft import Draft, chinese_date, seal_by_applicant, wan
from samples.documents.qr import qr_picture
from samples.fonts import Face
from samples.money import plain
from samples.paper import MmBox, Paper
from samples.seals import authority_die, paste, strike
from samples.world.model import World

KIND = "filing_certificate"
TITLES = {"form": "深圳市企业技术改造项目备案表", "certificate": "深圳市企业技术改造项目备案证"}
_DISTRICTS = ("宝安", "龙岗", "南山", "福田", "罗湖", "盐田", "龙华", "坪山", "光明", "大鹏")
_CONDITIONS = (
    "1. 本备案根据项目单位自主填报的信息生成，项目单位对其真实性、合法性和完整性负责。",
    "2. 项目实施前应依法办理规划、用地、环保、节能、安全生产等手续。",
    "3. 项目建设内容、规模、地点等发生重大变化的，应当及时办理备案变更。",
    "4. 本备案证在有效期内有效，逾期未开工建设且未办理延期的，本备案自动失效。",
    "5. 本备案不作为享受财政资助的承诺。",
)


def filing_office(world: World) -> str:
    """The district's industry office for the project's site; until the reform of early 2019 it was called 经济促进局."""
    found = next((d for d in _DISTRICTS if d in world.project.location), None)
    new = world.project.filed_on >= date(2019, 2, 1)
    if found is None:
        return "深圳市工业和信息化局" if new else "深圳市经济贸易和信息化委员会"
    return f"深圳市{found}{'新区经济服务局' if found == '大鹏' else '区工业和信息化局' if new else '区经济促进局'}"


def draw_filing_certificate(world: World) -> Draft:
    """The filing as the applicant hands it in, sealed by the applicant."""
    rng = world.rng(KIND, "layout")
    style = rng.choice(("form", "form", "certificate"))
    body: Face = rng.choice(("serif", "serif", "kai", "sans"))
    paper = Paper()
    draw: Callable[[World, Paper, Face], float] = _form if style == "form" else _certificate
    y = draw(world, paper, body)
    x = rng.uniform(140, 156)
    paper.text(x - 22, min(y + 12, 280), "项目单位（盖章）" if style == "certificate" else "建设单位（盖章）", 11, face=body)
    seal_by_applicant(world, KIND, paper, x, min(y + 14, 272), world.rng(KIND, "sealed"))
    paper.coloured = True  # scanned in colour for its seal, whether or not somebody forgot to stamp it
    return Draft(KIND, [paper], TITLES[style], key=KIND)


def _pairs(world: World) -> list[tuple[tuple[str, ...], str, str, str]]:
    """Wordings of the label, field, canonical value, print."""
    project, party = world.project, world.party
    return [
        (("项目名称",), "project_name", project.name, project.name),
        (("建设单位", "项目单位", "企业名称"), "applicant_name", party.name, party.name),
        (("统一社会信用代码",), "uscc", party.uscc, party.uscc),
        (("建设性质",), "construction_kind", project.construction_kind, project.construction_kind),
        (("项目所属行业", "所属行业", "国标行业"), "industry_code", project.industry_code, f"{project.industry_code} {project.industry_name}"),
        (("建设地点", "项目建设地点"), "location", project.location, project.location),
        (("项目总投资（万元）",), "total_investment", plain(project.total_investment), wan(project.total_investment)),
    ]


def _ticks(text: str) -> str:
    """The chosen kind among the boxes of the form."""
    kinds = ("新建", "扩建", "技术改造")
    return "　".join(f"{'■' if kind == text else '□'}{kind}" for kind in kinds) if text in kinds else text


def _form(world: World, paper: Paper, body: Face) -> float:
    rng = world.rng(KIND, "form")
    project = world.project
    ticked, split = rng.random() < 0.3, rng.random() < 0.4
    paper.text(105, 28, TITLES["form"], rng.choice((18, 20)), face=rng.choice(("sans", "serif")), bold=True, align="c")
    code_first = rng.random() < 0.3
    heads = [("备案编号：", "filing_number", project.filing_number), ("项目代码：", "project_code", project.project_code)]
    for x, (label, name, value) in zip((22.0, 112.0), heads[::-1] if code_first else heads, strict=True):
        box = paper.text(x, 42, label, 10.5, face=body)
        paper.put(name, value, box[2] + 0.5, 42, value, 10, face=body)
    y, high, edge = 48.0, 10.5, 68.0
    for labels, name, value, text in _pairs(world):
        paper.cell((22, y, edge, y + high), rng.choice(labels), 10.5, face=body)
        box = paper.cell((edge, y, 188, y + high), _ticks(text) if ticked and name == "construction_kind" else text, 10.5, align="l", face=body)
        paper.note(name, value, box)
        y += high
    y = _of_which(world, paper, body, rng, edge, y, high)
    if split:
        quarter = (188 - edge) / 4
        for i, (label, name, day) in enumerate((("计划开工时间", "period_start", project.starts), ("计划竣工时间", "period_end", project.ends))):
            left = 22.0 if i == 0 else edge + 2 * quarter - 24
            inner = edge if i == 0 else left + 28
            right = edge + 2 * quarter - 24 if i == 0 else 188.0
            paper.cell((left, y, inner, y + high), label, 10, face=body)
            paper.field_cell(name, day.isoformat(), (inner, y, right, y + high), chinese_date(day), 10, face=body)
    else:
        paper.cell((22, y, edge, y + high), rng.choice(("建设起止年限", "建设起止时间")), 10.5, face=body)
        paper.frame((edge, y, 188, y + high))
        _period(world, paper, body, edge + 0.8, y + high / 2)
    y += high
    y = _content(world, paper, body, edge, y, 46)
    for label, name, day in (("备案日期", "issued_on", project.filed_on), ("有效期至", "valid_until", project.filing_valid_until)):
        paper.cell((22, y, edge, y + high), label, 10.5, face=body)
        paper.note(name, day.isoformat(), paper.cell((edge, y, 188, y + high), chinese_date(day), 10.5, align="l", face=body))
        y += high
    paper.text(24, y + 8, f"备案机关：{filing_office(world)}", 10.5, face=body)
    if rng.random() < 0.6:
        die = authority_die(filing_office(world), "备案专用章")
        if paper.photocopy:  # what was printed in red comes grey out of the copier
            strike(paper, die, 58, y + 10, world.rng(KIND, "copied"))
        else:
            paste(paper, die, 58, y + 10)
    paper.text(24, y + 16, "（本表由备案系统自动生成，可登录系统查验）", 9, face=body)
    if rng.random() < 0.6:
        paper.picture(qr_picture(f"https://tzxm.sample/jg?dm={project.project_code}", paper.dpi), 22, min(y + 22, 258))
    return y + 4


def _certificate(world: World, paper: Paper, body: Face) -> float:
    rng = world.rng(KIND, "certificate")
    project = world.project
    waves(paper, (12, 12, 198, 285), rng, (238, 240, 232), 3.6)
    paper.frame((10, 10, 200, 287), 0.6, (150, 120, 60))
    paper.frame((11.5, 11.5, 198.5, 285.5), 0.2, (150, 120, 60))
    paper.text(105, 30, TITLES["certificate"], 21, face="serif", bold=True, align="c")
    box = paper.text(188, 42, project.filing_number, 10.5, face=body, align="r")
    paper.note("filing_number", project.filing_number, box)
    paper.text(box[0] - 1, 42, "备案证编号：", 10.5, face=body, align="r")
    y, high = 48.0, 9.6
    pairs = [(("项目代码", "国家编码"), "project_code", project.project_code, project.project_code), *_pairs(world)]
    for labels, name, value, text in pairs:
        paper.cell((22, y, 60, y + high), rng.choice(labels), 10, face=body, border=0.3)
        paper.note(name, value, paper.cell((60, y, 188, y + high), text, 10, align="l", face=body, border=0.3))
        y += high
    paper.cell((22, y, 60, y + high), rng.choice(("建设起止年限", "项目起止年限")), 10, face=body, border=0.3)
    paper.frame((60, y, 188, y + high), 0.3)
    _period(world, paper, body, 61, y + high / 2)
    y = _content(world, paper, body, 60, y + high, 34)
    for i, text in enumerate(_CONDITIONS[: rng.choice((4, 5))]):
        if i == 0:
            paper.text(24, y + 7, "备注：", 10, face=body, bold=True)
            y += 7
        y = paper.paragraph(24, y + 6, 162, text, 9.5, leading=5, indent=False, face=body) - 5
    y += 12
    day = paper.text(24, y, "备案日期：", 10.5, face=body)
    paper.put("issued_on", project.filed_on.isoformat(), day[2] + 1, y, chinese_date(project.filed_on), 10.5, face=body)
    until = paper.text(24, y + 7, "有效期至：", 10.5, face=body)
    paper.put("valid_until", project.filing_valid_until.isoformat(), until[2] + 1, y + 7, chinese_date(project.filing_valid_until), 10.5, face=body)
    office = filing_office(world)
    paper.text(24, y + 14, f"备案机关：{office}", 10.5, face=body)
    strike(paper, authority_die(office, "备案专用章" if rng.random() < 0.5 else ""), 62 + rng.uniform(-4, 8), y + 14, rng)
    paper.picture(qr_picture(f"https://tzxm.sample/jg?dm={project.project_code}&bah={project.filing_number}", paper.dpi), 24, 250)
    return min(y + 8, 258)


def _of_which(world: World, paper: Paper, body: Face, rng: random.Random, edge: float, y: float, high: float) -> float:
    """How the investment is made up; not in the contract, but beside the total on every form."""
    project = world.project
    works = (project.total_investment - project.fixed_investment).max(project.total_investment / 20).quantize(project.total_investment)
    machines = project.total_investment - works
    paper.cell((22, y, edge, y + high), "其中：设备及技术投资", 10, face=body)
    if rng.random() < 0.5:
        paper.cell((edge, y, 188, y + high), f"{wan(machines)}万元", 10, align="l", face=body)
    else:
        thirds = (188 - edge) / 3
        cells: list[tuple[MmBox, str]] = [
            ((edge, y, edge + thirds, y + high), f"{wan(machines)}万元"), ((edge + thirds, y, edge + 2 * thirds, y + high), "土建及其他"),
            ((edge + 2 * thirds, y, 188, y + high), f"{wan(works)}万元"),
        ]  # fmt: skip
        for where, text in cells:
            paper.cell(where, text, 10, face=body)
    return y + high


def _period(world: World, paper: Paper, body: Face, x: float, y: float) -> None:
    project = world.project
    box = paper.put("period_start", project.starts.isoformat(), x, y, chinese_date(project.starts), 10.5, face=body)
    middle = paper.text(box[2] + 2, y, "至", 10.5, face=body)
    paper.put("period_end", project.ends.isoformat(), middle[2] + 2, y, chinese_date(project.ends), 10.5, face=body)


def _content(world: World, paper: Paper, body: Face, edge: float, y: float, high: float) -> float:
    paper.cell((22, y, edge, y + high), "建设规模及主要内容", 10, face=body)
    paper.frame((edge, y, 188, y + high))
    text, size = world.project.content, 10.5
    while size > 7 and len(paper.wrap("　　" + text, 182 - edge, size, body)) * size * 0.52 > high - 3:
        size -= 0.5
    paper.paragraph(edge + 3, y + size * 0.45 + 1.5, 182 - edge, text, size, leading=size * 0.52, face=body)
    return y + high
