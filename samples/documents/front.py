"""The volume's cover and its list of materials."""

from __future__ import annotations

from samples.documents.draft import Draft, chinese_date, seal_by_applicant
from samples.paper import Paper
from samples.world import World

TITLE = "2020年度深圳市企业技术改造扶持计划申报材料"


def draw_front(world: World, contents: list[tuple[str, int]]) -> Draft:
    """Cover and 材料目录; ``contents`` gives each material's first volume page."""
    rng = world.rng("front")
    cover = Paper()
    cover.text(105, 62, "2020年度", 26, bold=True, align="c")
    cover.text(105, 78, "深圳市企业技术改造扶持计划", 26, bold=True, align="c")
    cover.note("title", TITLE, (40, 55, 170, 106))
    cover.text(105, 98, "申 报 材 料", 30, bold=True, align="c")
    for i, (name, text) in enumerate((
        ("项目名称", world.project.name), ("申报类别", f"项目类别{'、'.join(world.categories)}"),
        ("申报单位", world.company.party.name), ("申报日期", chinese_date(world.application.applied_on)),
    )):  # fmt: skip
        y = 168 + 13 * i
        cover.text(38, y, f"{name}：", 14)
        cover.text(64, y, text, 14)
    seal_by_applicant(world, "supporting", cover, 104, 206, rng)
    page = Paper()
    page.text(105, 34, "材 料 目 录", 18, face="sans", bold=True, align="c")
    for i, (title, number) in enumerate(contents):
        height = 54 + 10.5 * i
        page.text(28, height, f"{i + 1}. {title}", 12)
        left = 28 + page.text_width(f"{i + 1}. {title}", 12) + 3
        page.text(176, height, "." * max(3, int((174 - left) / page.text_width(".", 12))), 12, align="r")
        page.text(184, height, str(number), 12, align="r")
    return Draft("supporting", [cover, page], TITLE, seam=True)
