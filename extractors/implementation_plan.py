"""项目建设实施方案 (rule-book A.6): title, applicant, project, and the headings with their pages.

Headings come from the table of contents and from the text itself; a section is listed once, with the page its text stands on
where that is known (as printed, else counted inside the document).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.forms import Form, as_name, as_prose, best_field, sighting
from extractors.layout import Run, body_rows, page_rows
from extractors.page import ReadPage
from extractors.papers import ordinals, paper
from extractors.values import squash
from extractors.witness import resolve
from pipeline.model import Document, Field, Row, Table

LABELS = {
    "project_name": ("项目名称", "申报项目"),
    "applicant_name": ("申报单位", "项目单位", "申请单位", "建设单位", "编制单位", "承担单位"),
    "other": ("编制日期", "联系人", "项目类别", "日期", "盖章"),
}
_CHAPTER = re.compile(r"^(第[一二三四五六七八九十]{1,3}[章节部分]+|[一二三四五六七八九十]{1,3}[、.．,])(.{2,40})$")
_SECTION = re.compile(r"^([(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}[、.．])(.{2,40})$")
_TOC_TAIL = re.compile(r"[.·…．。\-—_ ]{2,}\s*[(（]?(\d{1,3})[)）]?$|\s{2,}(\d{1,3})$")
_SENTENCE = re.compile(r"[，。；;,]|：.{3,}|:.{3,}")


@dataclass(frozen=True)
class _Heading:
    number: str
    title: str
    run: Run
    page: int | None
    contents: bool
    chapter: bool


def extract_implementation_plan(pages: Sequence[ReadPage]) -> Document:
    """The plan; ``sections`` in the order of the document, chapters and their sub-headings."""
    forms = [Form(page, LABELS) for page in pages[:2]]
    fields: dict[str, Field] = {
        "project_name": best_field(forms, "project_name", as_prose, "text", "项目名称", most=1),
        "applicant_name": best_field(forms, "applicant_name", as_name, "text", "申报单位", most=1),
    }
    headings = _headings(pages)
    rows = _rows(headings)
    has_contents = any(h.contents for h in headings)
    title = next((squash(r.text) for r in page_rows(pages[0]) if "实施方案" in squash(r.text)), "项目建设实施方案") if pages else ""
    return paper(
        "implementation_plan", pages, fields, tables={"sections": Table(rows=rows)}, title=title[:60], confidence=0.9,
        note="" if has_contents else "未见目录。",
    )  # fmt: skip


def is_contents(page: ReadPage) -> bool:
    """A page of contents: titled 目录, or mostly lines that end in leaders and a number."""
    rows = page_rows(page)
    if any(squash(r.text) in ("目录", "目次", "材料目录", "目") for r in rows[:4]):
        return True
    ends = sum(bool(_TOC_TAIL.search(r.text.strip())) for r in rows)
    return len(rows) >= 4 and ends >= 0.6 * len(rows)


def _headings(pages: Sequence[ReadPage]) -> list[_Heading]:
    out: list[_Heading] = []
    for place, page in enumerate(pages):
        contents = is_contents(page)
        for row in body_rows(page):
            found = _heading(row, page, place, contents)
            if found is not None:
                out.append(found)
    return out


def _heading(row: Run, page: ReadPage, place: int, contents: bool) -> _Heading | None:
    text = row.text.strip()
    number: int | None = None
    if contents:
        tail = _TOC_TAIL.search(text) or re.search(r"(?<=[一-鿿])\s*(\d{1,3})$", text)
        if tail:
            number = int(next(g for g in tail.groups() if g))
            text = text[: tail.start()]
    plain = squash(text).rstrip(".·…—-_")
    for chapter, pattern in ((True, _CHAPTER), (False, _SECTION)):
        found = pattern.match(plain)
        if found is None:
            continue
        title = found[2].strip(":：。. ")
        if _SENTENCE.search(title) or not re.search(r"[一-鿿]{2}", title) or (len(title) > 26 and not contents):
            return None
        if not contents:
            label = page.reading.label
            number = label.number if label else place + 1
        mark = found[1].strip("、.．,").replace("(", "（").replace(")", "）")
        return _Heading(mark, title, row, number, contents, chapter)
    if squash(text) == "项目实施效果":  # the guide's own outline 1-2 prints this chapter without its number (rule-book 0.2)
        return _Heading("", "项目实施效果", row, number or place + 1, contents, True)
    return None


def _rows(headings: Sequence[_Heading]) -> tuple[Row, ...]:
    """One row a section: the heading in the text wins over its line in the contents."""
    in_text = {_key(h): h for h in reversed(headings) if not h.contents}
    chosen: list[_Heading] = []
    seen: set[str] = set()
    for heading in [*(h for h in headings if not h.contents), *(h for h in headings if h.contents and _key(h) not in in_text)]:
        if _key(heading) not in seen:
            seen.add(_key(heading))
            chosen.append(heading)
    ids = ordinals([_key(h) for h in chosen])
    out: list[Row] = []
    for row_id, heading in zip(ids, chosen, strict=True):
        cells = {"title": resolve([sighting(heading.run, heading.title)], label="标题")}
        if heading.number:
            cells["number"] = resolve([sighting(heading.run, heading.number)], label="序号")
        if heading.page is not None:
            cells["page"] = resolve([sighting(heading.run, str(heading.page))], value_type="int", label="页码")
        first = heading.run.pieces[0]
        out.append(Row(id=row_id, evidence=heading.run.evidence() if len(heading.run.pieces) > 1 else first.evidence(), cells=cells))
    return tuple(out)


def _key(heading: _Heading) -> str:
    return re.sub(r"[^一-鿿A-Za-z0-9]", "", heading.title)
