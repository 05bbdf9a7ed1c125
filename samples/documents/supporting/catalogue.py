"""证明材料目录: the list of the proofs enclosed (M14)."""

from __future__ import annotations

from typing import Literal

from samples.documents.draft import Draft, chinese_date, seal_by_applicant
from samples.documents.flow import Border, grid_row
from samples.documents.supporting.proofs import KIND, proofs
from samples.fonts import Face
from samples.paper import Paper
from samples.world.model import PaperKey, World


def draw_catalogue(world: World, key: PaperKey) -> Draft:
    """One page: a table, or lines grouped by kind; the applicant's seal."""
    rng, rows = world.rng(KIND, "catalogue"), proofs(world).rows(world.project.product)
    style: Literal["table", "groups"] = rng.choice(("table", "table", "groups"))
    face: Face = rng.choice(("serif", "serif", "kai"))
    border: Border = rng.choice(("grid", "bold", "open"))
    title = rng.choice(("证明材料目录", "单位专业资质文件、检测报告、专利等证明材料目录", "相关证明材料清单"))
    left, tall, size = rng.uniform(22, 26), rng.uniform(11, 14), rng.choice((10.5, 11.0, 12.0))
    paper = Paper()
    box = paper.text(105, 38, title, 18 if len(title) < 12 else 15, face="sans", bold=True, align="c")
    paper.note("title", title, box)
    paper.text(left, 52, f"申报单位：{world.party.name}", size, face=face)
    paper.text(left, 60, f"项目名称：{world.project.name}", size, face=face)
    y, width = 68.0, 210 - 2 * left
    if style == "table":
        xs = [left, left + 13, left + width * 0.48, left + width * 0.66, left + width * 0.88, left + width]
        for row in (("序号", "材料名称", "材料类型", "证书（报告）编号", "份数"), *((str(n), p.title, p.kind, p.number, "1") for n, p in enumerate(rows, 1))):
            grid_row(paper, xs, y, tall, row, size - 1, face=face, bold=row[0] == "序号", aligns=["c", "l" if row[0] != "序号" else "c", "c", "c", "c"], border=border)
            y += tall
    else:
        for number, kind in enumerate(dict.fromkeys(p.kind for p in rows), 1):
            paper.text(left, y, f"{'零一二三四五六七八九'[number]}、{kind}", size + 1, face="sans")
            y += 10
            for n, proof in enumerate((p for p in rows if p.kind == kind), 1):
                for line in paper.wrap(f"{n}．{proof.title}（{proof.issuer}{f'，{proof.number}' if proof.number != '—' else ''}）", width - 10, size, face):
                    paper.text(left + 8, y, line, size, face=face)
                    y += 7.6
                y += 1.4
    y = max(y + 24, 196.0)
    paper.text(210 - left - 6, y, world.party.name, size + 1, face=face, align="r")
    paper.text(210 - left - 14, y + 9, chinese_date(world.application.applied_on), size + 1, face=face, align="r")
    seal_by_applicant(world, key, paper, 210 - left - rng.uniform(24, 44), y + rng.uniform(0, 8), rng)
    return Draft(KIND, [paper], "证明材料目录", subtype="M14", key=key)
