"""The notes to financial statements (rule-book B.8): their pages, and the movements of fixed assets and construction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.layout import Run, cells_of, columns_of, find_in_row, page_rows
from extractors.page import ReadPage
from extractors.statement_items import plain_item
from extractors.values import squash


@dataclass(frozen=True)
class Movement:
    """What was added in the year: the ``item``'s plain name, where it stands, and the cell of the amount."""

    item: str
    item_run: Run
    amount: Run


_MOVES = ("期初余额", "年初余额", "期初数", "年初数", "上年年末余额"), ("本期增加", "本年增加", "本期增加额", "本年增加额"), ("期末余额", "年末余额", "期末数", "年末数")
_ROLLS = (
    (re.compile(r"^(固定资产)?(账面)?原[值价](合计)?$|^[一1][、.]?(固定资产)?(账面)?原[值价](合计)?$|固定资产原[值价]"), "固定资产原值本期增加"),
    (re.compile(r"累计折旧"), "累计折旧本期增加"),
)


def movements(page: ReadPage) -> list[Movement]:
    """``固定资产原值本期增加`` and ``在建工程本期增加`` from the tables of the notes (for R-290)."""
    rows = page_rows(page)
    out: list[Movement] = []
    about = ""
    heading: list[tuple[str, Run]] | None = None
    for row in rows:
        text = squash(row.text)
        topic = re.match(r"^[(（]?[\d一二三四五六七八九十]+[)）]?[、.．]?(固定资产|在建工程)", text)
        if topic and len(text) <= 16:
            about, heading = topic[1], None
            continue
        more = next((hit for word in _MOVES[1] for hit in find_in_row(row, word)), None)
        first = next((hit for word in _MOVES[0] for hit in find_in_row(row, word)), None)
        last = next((hit for word in _MOVES[2] for hit in find_in_row(row, word)), None)
        if more and first and last:
            items = next((hit for hit in find_in_row(row, "项目")), (0, max(1, first[0]), 0.0))
            parts = [("item", items), ("opening", first), ("more", more), ("closing", last)]
            less = next((hit for word in ("本期减少", "本年减少", "本期转出", "本期转入固定资产") for hit in find_in_row(row, word)), None)
            if less:
                parts.append(("less", less))
            heading = [(name, row.cut(hit[0], hit[1])) for name, hit in parts]
            continue
        if heading is None:
            continue
        cells = cells_of(row, columns_of([(n, r.box) for n, r in heading]))
        item, amount = cells.get("item"), cells.get("more")
        if item is None or amount is None:
            continue
        named = next((name for pattern, name in _ROLLS if pattern.search(plain_item(item.text))), None)
        if named is None and about == "在建工程" and re.search(r"合计|工程", item.text):
            named = "在建工程本期增加"
        if named and re.search(r"\d", amount.text):
            out.append(Movement(named, item, amount))
    return out


def is_of_notes(page: ReadPage) -> bool:
    """Does a page without a statement's title belong to the notes? Where their first page is gone, their headings and the tables of
    movements (期初 · 增加 · 减少 · 期末), which no statement has, still tell."""
    rows = page_rows(page)
    head = "".join(squash(r.text) for r in rows[:4])
    if re.search(r"报表附注|报表(?:主要|重要)?项目(?:的)?(?:注释|附注|说明)", head):
        return True
    return any(len(find_in_row(row, more)) > 0 for row in rows for more in _MOVES[1])
