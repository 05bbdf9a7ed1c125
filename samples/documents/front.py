"""The volume's cover and its list of materials (装订成册, guide 六)."""

from __future__ import annotations

from typing import Literal

from samples.documents.draft import Draft, chinese_date, seal_by_applicant
from samples.fonts import Face
from samples.paper import Paper
from samples.world.model import World

KIND = "supporting"
KEY = "front"
_NAMES = {
    "1": "技术改造投资项目", "2": "技术装备及管理智能化提升项目", "3": "重大项目奖补", "4a": "技术改造投融资项目（贷款贴息）", "4b": "技术改造投融资项目（融资租赁贴息）", "5": "上市公司本地改造提升项目",
}  # fmt: skip


def draw_front(world: World, contents: list[tuple[str, int | None]]) -> Draft:
    """Cover and 材料目录; ``contents`` holds titles and the volume page each starts on (None where the files are separate).

    Notes ``title``. The number of pages depends on the number of entries alone, not on the pages they name.
    """
    cover = _cover(world)
    return Draft(KIND, [cover, *_contents(world, contents)], "申报材料封面及目录", subtype="front", seam=True, key=KEY)


def _cover(world: World) -> Paper:
    rng = world.rng(KEY, "cover")
    face: Face = rng.choice(("serif", "serif", "sans", "kai"))
    variant, framed = rng.randrange(3), rng.random() < 0.3
    top, size = rng.uniform(56, 72), rng.uniform(24, 30)
    labels = rng.choice((("项目名称", "申报类别", "申报单位", "申报日期"), ("项目名称", "项目类别", "申请单位（盖章）", "日　　期"), ("项　目", "类　别", "单　位", "日　期")))
    phones = rng.random() < 0.4
    paper = Paper()
    if framed:
        paper.frame((15, 15, 195, 282), 0.7)
    lines = (("2020年度", "深圳市企业技术改造扶持计划", "申 报 材 料"), ("深圳市企业技术改造扶持计划", "申报材料"), ("2020年深圳市企业技术改造扶持计划", "项目申请材料"))[variant]
    y, boxes = top, []
    for line in lines:
        fits = size if paper.text_width(line, size, "sans") < 172 else size * 172 / paper.text_width(line, size, "sans")
        boxes.append(paper.text(105, y, line, fits, face="sans", bold=True, align="c"))
        y += size * 0.66
    paper.note("title", "".join(lines).replace(" ", ""), (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]))
    named = "、".join(f"项目类别{c[0]}（{_NAMES[c]}）" for c in world.categories)
    rows = [*zip(labels, (world.project.name, named, world.party.name, chinese_date(world.application.applied_on)), strict=True)]
    if phones:
        rows.insert(3, ("联系人及电话", f"{world.company.contact} {world.company.phone}"))
    y = rng.uniform(150, 168)
    seal_y = y
    for label, text in rows:
        box = paper.text(32, y, f"{label}：", 14, face=face)
        x = max(62.0, box[2] + 1)
        for line in paper.wrap(text, 182 - x, 14, face):
            paper.text(x, y, line, 14, face=face)
            paper.line(x - 1, y + 4.4, 184, y + 4.4, 0.15)
            y += 9.6
        if text == world.party.name:
            seal_y = y - 9
        y += 4
    seal_by_applicant(world, KEY, paper, rng.uniform(98, 150), seal_y + rng.uniform(0, 8), rng)
    return paper


def _contents(world: World, contents: list[tuple[str, int | None]]) -> list[Paper]:
    rng = world.rng(KEY, "contents")
    style: Literal["dots", "table"] = rng.choice(("dots", "dots", "table"))
    face: Face = rng.choice(("serif", "serif", "kai"))
    numbered = rng.choice(("{n}. ", "{n}、", "（{n}）", "附件{n}："))
    heading, size = rng.choice(("材 料 目 录", "目　录", "申报材料目录")), rng.choice((12.0, 12.0, 13.0))
    step, per = (10.5, 20) if style == "dots" else (11.0, 19)
    papers: list[Paper] = []
    for first in range(0, max(1, len(contents)), per):
        paper = Paper()
        paper.text(105, 34, heading, 20, face="sans", bold=True, align="c")
        papers.append(paper)
        y = 54.0
        if style == "table":
            _row(paper, y, step, ("序号", "材料名称", "页码"), 11, "sans")
            y += step
        for n, (title, page) in enumerate(contents[first : first + per], first + 1):
            if style == "table":
                _row(paper, y, step, (str(n), title, "" if page is None else str(page)), 11, face)
            else:
                box = paper.text(28, y, numbered.format(n=n) + title, size, face=face)
                if page is not None:
                    end = paper.text(184, y, str(page), size, align="r")
                    count = int((end[0] - box[2] - 4) / paper.text_width(".", size))
                    paper.text(end[0] - 2, y, "." * max(3, count), size, align="r")
            y += step
    return papers


def _row(paper: Paper, y: float, step: float, cells: tuple[str, str, str], size: float, face: Face) -> None:
    for (x0, x1), text in zip(((26, 42), (42, 164), (164, 184)), cells, strict=True):
        paper.cell((x0, y, x1, y + step), text, size, face=face, align="l" if x0 == 42 and face != "sans" else "c")
