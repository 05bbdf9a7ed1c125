"""《项目建设实施方案》 after the outlines 1-1, 1-2 and 1-3 of the guide's 附件1: cover, contents, chapters, pictures, tables, seals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from samples.documents.draft import Draft, chinese_date, seal_by_applicant
from samples.documents.plan import outline_1_1, outline_1_2, outline_1_3
from samples.documents.plan.book import LEFT, WIDTH, Book, Entry
from samples.documents.plan.contents import contents_pages, cover
from samples.documents.plan.facts import facts_of
from samples.documents.plan.style import PlanStyle, some_style
from samples.documents.plan.text import Block, Chapter, Chart, Photos, Table, Teller
from samples.world.model import PlanFacts, World

KIND = "implementation_plan"
_OUTLINES: Mapping[Literal["1-1", "1-2", "1-3"], tuple[tuple[str, str], Callable[[Teller], tuple[Chapter, ...]]]] = {
    "1-1": (outline_1_1.TITLE, outline_1_1.chapters), "1-2": (outline_1_2.TITLE, outline_1_2.chapters), "1-3": (outline_1_3.TITLE, outline_1_3.chapters),
}  # fmt: skip


def draw_plan(world: World) -> Draft:
    """The plan of ``world``: 14–30 pages, 6–9 where the world is short.

    Notes ``project_name`` and ``applicant_name`` on the cover, and the table ``sections``: number, title and page as the 目录
    prints them, number and title where the heads stand. Raises ValueError for a world without a plan.
    """
    plan = world.plan
    if plan is None:
        raise ValueError("这份材料没有实施方案，请换用类别2、3或5的样例。")
    title, outline = _OUTLINES[plan.outline]
    style = _short(some_style(world.rng(KIND, "style"))) if world.short else some_style(world.rng(KIND, "style"))
    tell = Teller(world, KIND, facts_of(world), brief=world.short)
    book = Book(world, KIND, style, world.project.name)
    unnumbered = frozenset({5}) if plan.outline == "1-2" and not plan.numbered_fifth else frozenset()
    chapters = outline(tell)
    book.set(_order(plan, [_lean(c) for c in chapters] if world.short else chapters), unnumbered=unnumbered)
    _sign_off(world, book, style)
    front = cover(world, KIND, title, style)
    listed = listed_entries(book.entries, style, world)
    rng = world.rng(KIND, "contents")
    # Two passes: how many pages the contents take decides, where the cover counts, what pages they name.
    ahead = 1 + (0 if plan.no_contents else len(contents_pages(listed, [1] * len(listed), style, world.rng(KIND, "contents"))))
    first = ahead + 1 if style.count_cover else 1
    pages = [_named(plan, entry, first) for entry in listed]
    lists = [] if plan.no_contents else contents_pages(listed, pages, style, rng)
    _note_heads(book, listed)
    papers = [front, *lists, *book.papers]
    total = len(papers) if style.count_cover else len(book.papers)
    for index, paper in enumerate(papers):
        number = index + 1 if style.count_cover else index + 1 - ahead
        if index and number >= 1:
            style.page_foot(paper, number, total)
    return Draft(KIND, papers, "".join(title), seam=True, key=KIND)


def _short(style: PlanStyle) -> PlanStyle:
    """The same author on less paper."""
    return replace(style, face="serif", size=10.0, leading=5.3, own_page=False, gap=0.0)


def _lean(chapter: Chapter) -> Chapter:
    """The chapter without drawings, pictures of products and the tables that prove nothing; the list of patents is cut."""

    def kept(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        spare = ("对比项目", "产品型号", "装备名称")
        left = [b for b in blocks if not isinstance(b, Chart) and not (isinstance(b, Photos) and b.key == "products") and not (isinstance(b, Table) and b.heads[0] in spare)]
        return tuple(replace(b, rows=b.rows[:4]) if isinstance(b, Table) and b.heads[0] == "序号" and b.heads[1] == "名称" else replace(b, height=40.0) if isinstance(b, Photos) else b for b in left)

    return replace(chapter, sections=tuple(replace(s, blocks=kept(s.blocks)) for s in chapter.sections))


def _order(plan: PlanFacts, chapters: Sequence[Chapter]) -> list[Chapter]:
    """What the author left of the outline, in the author's order. A chapter keeps its words, its number follows its place."""
    kept = [c for c in chapters if c.number not in plan.missing_chapters]
    if plan.swapped_chapters is not None:
        a, b = (next((i for i, c in enumerate(kept) if c.number == n), None) for n in plan.swapped_chapters)
        if a is not None and b is not None:
            kept[a], kept[b] = kept[b], kept[a]
    if plan.missing_chapters or plan.swapped_chapters is not None:
        return [Chapter(n, c.title, c.sections) for n, c in enumerate(kept, 1)]
    return kept


def listed_entries(entries: Sequence[Entry], style: PlanStyle, world: World) -> list[Entry]:
    """The heads that the contents name: chapters and sections, or chapters only."""
    deep = world.rng(KIND, "depth").random() < 0.8
    return [e for e in entries if e.level == 1 or deep]


def _named(plan: PlanFacts, entry: Entry, first: int) -> int:
    """The page that the contents name for ``entry``."""
    page = first + entry.page
    if plan.contents_shift is not None and entry.chapter == plan.contents_shift[0]:
        page += plan.contents_shift[1]
    return page


def _note_heads(book: Book, listed: Sequence[Entry]) -> None:
    for row, entry in enumerate(listed):
        paper = book.papers[entry.page]
        x0, y0, x1, y1 = entry.box
        share = (len(entry.text) - len(entry.title)) / max(1, len(entry.text))
        split = x0 + (x1 - x0) * share
        if entry.number:
            paper.note_row("sections", row, "number", entry.number, (x0, y0, split, y1))
        paper.note_row("sections", row, "title", entry.title, (split, y0, x1, y1))


def _sign_off(world: World, book: Book, style: PlanStyle) -> None:
    """Name, day and seal at the end."""
    rng, flow = world.rng(KIND, "end"), book.flow
    flow.need(style.leading * 3 + 8)
    flow.skip(style.leading * 1.5)
    right = LEFT + WIDTH - rng.uniform(4, 14)
    flow.paper.text(right, flow.y, world.party.name, style.size, face=style.face, align="r")
    flow.skip(style.leading * 1.2)
    flow.paper.text(right - 10, flow.y, chinese_date(world.application.applied_on), style.size, face=style.face, align="r")
    seal_by_applicant(world, KIND, flow.paper, right - rng.uniform(18, 34), flow.y - rng.uniform(2, 8), rng)
