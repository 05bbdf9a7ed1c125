"""The plan's cover and its 目录, set when the body is laid out and the pages of all heads are known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

from samples.documents.draft import chinese_date, seal_by_applicant
from samples.documents.plan.book import LEFT, TOP, WIDTH, Entry
from samples.documents.plan.style import PlanStyle
from samples.paper import Paper
from samples.world.model import World

Leader = Literal["dots", "middle", "none"]


def contents_pages(entries: Sequence[Entry], pages: Sequence[int], style: PlanStyle, rng: random.Random, *, noted: bool = True) -> list[Paper]:
    """目录 with one line for each of ``entries`` and the page it names; ``noted``: as rows of the table ``sections``."""
    leader: Leader = rng.choice(("dots", "dots", "middle", "none"))
    size, levels = rng.choice((10.5, 12.0, 12.0)), 2
    step = min(rng.uniform(8.2, 9.8), 9.8) if len(entries) < 26 else 8.2
    papers: list[Paper] = []
    y = 1e9
    for row, (entry, page) in enumerate(zip(entries, pages, strict=True)):
        if y > 262:
            paper = Paper()
            paper.text(paper.width / 2, TOP + 8, "目　录" if rng.random() < 0.7 else "目 录", 18, face=style.head_face, bold=True, align="c")
            papers.append(paper)
            y = TOP + 26
        paper = papers[-1]
        x = LEFT + (0.0 if entry.level == 1 else 7.4)
        bold = entry.level == 1 and levels > 1
        box = paper.text(x, y, entry.text, size, face=style.head_face if bold else style.face)
        number = paper.text(LEFT + WIDTH, y, str(page), size, align="r")
        _leader(paper, box[2] + 1.5, number[0] - 1.5, y, size, leader)
        y += step
        if not noted:
            continue
        at = len(entry.text) - len(entry.title)
        split = x + paper.text_width(entry.text[:at], size, style.head_face if bold else style.face)
        if entry.number:
            paper.note_row("sections", row, "number", entry.number, (box[0], box[1], split, box[3]))
        paper.note_row("sections", row, "title", entry.title, (split, box[1], box[2], box[3]))
        paper.note_row("sections", row, "page", str(page), number)
    return papers


def _leader(paper: Paper, x0: float, x1: float, y: float, size: float, leader: Leader) -> None:
    if leader == "none" or x1 <= x0:
        return
    dot = "." if leader == "dots" else "…"
    count = int((x1 - x0) / paper.text_width(dot, size))
    paper.text(x1, y, dot * max(2, count), size, align="r")


def cover(world: World, key: str, title: Sequence[str], style: PlanStyle, *, kind: str = "") -> Paper:
    """The cover: title, project, applicant, day; the applicant's seal."""
    rng = world.rng(key, "cover")
    variant, size, top = rng.randrange(3), rng.uniform(22, 28), rng.uniform(58, 82)
    name_label = rng.choice(("项目名称：", "项目名称：", "项目名称"))
    owner_label = rng.choice(("申报单位：", "申请单位：", "项目单位（盖章）：", "申报单位（盖章）："))
    day = rng.choice((chinese_date(world.application.applied_on), f"{world.application.applied_on.year}年{world.application.applied_on.month}月", "二〇二〇年六月"))
    framed = rng.random() < 0.25
    paper = Paper()
    middle = paper.width / 2
    if framed:
        paper.frame((18, 18, paper.width - 18, paper.height - 18), 0.5)
        paper.frame((19.5, 19.5, paper.width - 19.5, paper.height - 19.5), 0.2)
    for i, line in enumerate(title):
        paper.text(middle, top + i * size * 0.62, line, size, face=style.head_face, bold=True, align="c")
    if kind:
        paper.text(middle, top + len(title) * size * 0.62 + 2, kind, 15, face=style.face, align="c")
    own = world.party.name
    if variant == 0:
        y, size_of = rng.uniform(158, 176), 14.0
        for label, name, text in ((name_label, "project_name", world.project.name), (owner_label, "applicant_name", own)):
            box = paper.text(34, y, label, size_of, face=style.face)
            x = max(box[2] + 2, 62.0)
            seen = []
            for line in paper.wrap(text, 180 - x, size_of, style.face):
                seen.append(paper.text(x, y, line, size_of, face=style.face))
                paper.line(x - 1, y + 4.2, 182, y + 4.2, 0.15)
                y += 9.5
            paper.note(name, text, (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3]))
            y += 6
        date_y = y + rng.uniform(12, 26)
    else:
        y = top + 26 + size
        lines = paper.wrap(world.project.name if variant == 1 else f"（{world.project.name}）", 150, 16, "kai")
        seen = []
        for line in lines:
            seen.append(paper.text(middle, y, line, 16, face="kai", align="c"))
            y += 10
        paper.note("project_name", world.project.name, (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3]))
        y = rng.uniform(206, 222)
        paper.put("applicant_name", own, middle, y, own, 16, face=style.face, align="c")
        date_y = y + rng.uniform(11, 15)
    paper.text(middle, date_y, day, 14, face=style.face, align="c")
    seal_by_applicant(world, key, paper, middle + rng.uniform(-12, 28), date_y - rng.uniform(2, 10), rng)
    return paper
