"""企业补充说明材料: what the project did for staff, output, quality and safety, with figures before and after (M15)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.documents.draft import Draft, chinese_date, seal_by_applicant
from samples.documents.plan import outcome
from samples.documents.plan.book import LEFT, WIDTH, Book
from samples.documents.plan.facts import effects, facts_before
from samples.documents.plan.style import some_style
from samples.documents.plan.text import Block, Chapter, Photos, Section, Table, Teller
from samples.documents.supporting.proofs import KIND
from samples.paper import Paper
from samples.world.model import PaperKey, World

_POSTS = ("来料检验", "自动上料", "装配", "焊接（加工）", "目视检验", "功能测试", "包装", "搬运及仓储", "统计及调度")


def draw_notes(world: World, key: PaperKey) -> Draft:
    """Two to five pages; the same measures as the plan tells."""
    rng = world.rng(KIND, "notes")
    style = replace(some_style(world.rng(KIND, "notes style")), heads="guide", own_page=False, running_head=False)
    tell = Teller(world, key, facts_before(world), brief=world.short)
    title = rng.choice(("关于项目实施效果的补充说明", "“减员、增效、提质、保安全”补充说明材料", "企业补充说明材料"))
    book = Book(world, key, style, "")
    paper = book.flow.paper
    size = 18.0
    box = paper.text(105, 38, title, size, face="sans", bold=True, align="c")
    paper.note("title", title, box)
    book.flow.y = 54.0
    intro = tell.prose("intro", "深圳市工业和信息化局：", "<company>申报的<project>{已按计划实施|实施情况良好}，现就项目{在减员、增效、提质、保安全方面的成效|实施前后用工人数、生产效率、产品质量等情况}补充说明如下：")
    photos = Photos((("before", "改造前现场"), ("after", "改造后现场")), "notes")
    chapters = [
        Chapter(1, "项目实施前后主要指标", (Section("", outcome.measured(replace(tell, brief=True))),)),
        Chapter(2, "用工情况", (Section("", (*_staff(tell),)),)),
        Chapter(3, "其他说明", (Section("", (*tell.prose("rest", "以上数据{来源于公司生产管理系统和财务、人力资源台账|均有原始记录可查}，{真实、准确|公司对其真实性负责}，可随时接受核查。"), *((photos,) if rng.random() < 0.6 and not world.short else ()))),)),
    ]
    book.add(intro)
    book.set(chapters if not world.short else chapters[:1])
    flow = book.flow
    flow.need(style.leading * 3 + 8)
    flow.skip(style.leading * 1.4)
    flow.paper.text(LEFT + WIDTH - 8, flow.y, world.party.name, style.size, face=style.face, align="r")
    flow.skip(style.leading * 1.2)
    flow.paper.text(LEFT + WIDTH - 16, flow.y, chinese_date(world.application.applied_on), style.size, face=style.face, align="r")
    seal_by_applicant(world, key, flow.paper, LEFT + WIDTH - rng.uniform(26, 44), flow.y - rng.uniform(2, 8), rng)
    papers: list[Paper] = book.papers
    for n, sheet in enumerate(papers, 1):
        style.page_foot(sheet, n, len(papers))
    return Draft(KIND, papers, "补充说明材料", subtype="M15", seam=len(papers) > 1, key=key)


def _staff(tell: Teller) -> tuple[Block, ...]:
    """Posts with people before and after; the sums are the company's."""
    own, rng = effects(tell.world), tell.world.rng(KIND, "posts")
    weights = [rng.randint(6, 20) for _ in _POSTS]
    rows: list[tuple[str, ...]] = []
    left = list(own.staff)
    for i, (post, weight) in enumerate(zip(_POSTS, weights, strict=True)):
        last = i == len(_POSTS) - 1
        before = left[0] if last else own.staff[0] * weight // sum(weights)
        after = left[1] if last else min(left[1], max(0, int(Decimal(own.staff[1]) * weight / sum(weights))))
        left = [left[0] - before, left[1] - after]
        rows.append((post, str(before), str(after), str(before - after)))
    rows.append(("合计", str(own.staff[0]), str(own.staff[1]), str(own.staff[0] - own.staff[1])))
    return (
        *tell.prose("staff", "项目实施前后各工序{用工人数|人员配置}如下表，{减少的人员主要通过转岗和自然减员消化|富余人员已转岗到其他岗位}，未发生劳动纠纷。"),
        Table("表：各工序用工人数对比（单位：人）", ("工序（岗位）", "实施前", "实施后", "减少"), tuple(rows), (4, 2, 2, 2)),
    )
