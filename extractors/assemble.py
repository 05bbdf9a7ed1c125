"""A stream of pages → papers: where one ends and the next begins (the volume may be one file or a hundred).

Evidence in this order: a title that stands by itself, printed page numbers (``第2页 共5页``) that go on or start anew, the end of a
file, words that only one kind holds. File names are not asked: they are often wrong, and pages tell more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.audit_report import OPINIONS
from extractors.page import ReadPage
from extractors.page_kinds import Look, look_at
from pipeline.model import PageLabel
from pipeline.reading.running import is_bare

SINGLE = frozenset({
    "tax_certificate", "business_licence", "filing_certificate", "vat_invoice", "payment_slip", "interest_receipt", "acceptance_bill",
    "customs_payment", "accounting_voucher", "asset_card", "delivery_acceptance",
})  # fmt: skip
"""Papers of one page as a rule; a second page needs a reason."""

_REPORT_NUMBER = re.compile(r"[一-鿿]{1,8}[〔【\[（(]\s*20\d{2}\s*[〕】\])）]\s*第?\s*[-\d]{1,12}\s*号")
_FISCAL = re.compile(r"(20\d{2})年(?:度|12月31日)")


@dataclass(frozen=True)
class Draft:
    """Pages that make one paper. ``copy`` says that an earlier draft has the very same pages."""

    kind: str
    pages: tuple[ReadPage, ...]
    subtype: str | None = None
    confidence: float = 0.0
    note: str = ""
    copy: bool = False


@dataclass
class _Open:
    """A paper that is still growing."""

    kind: str
    confidence: float
    subtype: str | None
    note: str
    pages: list[ReadPage] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    @property
    def last(self) -> ReadPage:
        return self.pages[-1]

    @property
    def text(self) -> str:
        return "".join(look.text for look in self.looks)


def split(pages: Sequence[ReadPage]) -> list[Draft]:
    """Papers in page order. Blank pages stay inside a paper when it goes on behind them; pages with an error are left out."""
    done: list[_Open] = []
    current: _Open | None = None
    blanks: list[ReadPage] = []
    for page in pages:
        if page.reading.error is not None:
            continue
        if page.reading.blank:
            blanks.append(page)
            continue
        look = look_at(page)
        if current is not None and _goes_on(current, page, look, blanks):
            current.pages += [b for b in blanks if b.file == page.file]
            current.pages.append(page)
            current.looks.append(look)
            _learn(current, look)
        else:
            current = _start(page, look)
            done.append(current)
        blanks = []
    return _drafts(done)


def _start(page: ReadPage, look: Look) -> _Open:
    kind, note = look.kind, ""
    if kind is None and look.statement:
        kind = "financial_statement"
    if kind is None:
        kind = "unknown"
        seen = look.text[:24]
        note = f"未找到可识别的标题或栏目（页面开头为“{seen}”），请人工归类。" if seen else "页面没有可识别的文字，请人工查看。"
    confidence = look.confidence or (0.7 if kind == "financial_statement" else 0.2)
    return _Open(kind, confidence, look.subtype, note, [page], [look])


def _learn(current: _Open, look: Look) -> None:
    """A later page may say what the first did not, or make the guess surer."""
    if current.kind == "unknown" and look.kind is not None and not look.title:
        current.kind, current.confidence, current.note = look.kind, look.confidence, ""
    elif current.kind == "financial_statement" and look.kind == "audit_report":
        current.kind, current.confidence = "audit_report", 0.85
    elif look.kind == current.kind:
        current.confidence = max(current.confidence, look.confidence)


# --- does the paper go on? -------------------------------------------------------------------------------------------------


def _goes_on(current: _Open, page: ReadPage, look: Look, blanks: Sequence[ReadPage]) -> bool:
    numbers = _numbers(current, page)
    if page.file != current.last.file:
        # One picture a page: only its number can tie it to the page before.
        return numbers == "on" and not (look.title and look.kind != current.kind) and _small(page, current)
    if numbers == "anew" and not _unnumbered_front(current):
        return False
    if look.title and look.kind is not None:
        return _same_paper(current, page, look, numbers)
    if look.statement:
        return current.kind in ("audit_report", "financial_statement", "capital_verification")
    if numbers == "on":
        return True
    if current.kind in SINGLE:
        return False
    if look.kind is not None and look.kind != current.kind and current.kind != "audit_report" and _is_whole(current):
        return False
    if look.kind is not None and look.kind != current.kind:
        # Words alone do not close a long paper: notes of accounts speak of taxes, plans of invoices.
        return not (look.confidence >= 0.7 and current.kind in ("unknown", "supporting", "investment_list"))
    if current.kind == "supporting" and current.subtype == "front":
        return look.contents
    return True


def _is_whole(current: _Open) -> bool:
    """Its last page says 第5页 共5页."""
    label = own_label(current.last)
    return label is not None and label.total is not None and label.number == label.total


def _small(page: ReadPage, current: _Open) -> bool:
    """Pages of one paper kept as pictures, each in its own file."""
    return page.index == 0 and len({p.index for p in current.pages}) == 1


def _numbers(current: _Open, page: ReadPage) -> str:
    """``on``: the printed number follows the last one; ``anew``: it starts again; ``none``: it says nothing."""
    label = own_label(page)
    before = next((found for p in reversed(current.pages) if (found := own_label(p)) is not None), None)
    if label is None or before is None:
        return "none"
    gap = label.number - before.number
    same_total = label.total is None or before.total is None or label.total == before.total
    if 0 < gap <= 3 and same_total:
        return "on"
    if label.number <= 1 or not same_total or gap < 0:
        return "anew"
    return "none"


def own_label(page: ReadPage) -> PageLabel | None:
    """The paper's own page number. A bare figure without total may as well be the bound volume's running number, which goes on
    through all papers: it says nothing about where one ends."""
    return None if is_bare(page.reading.label) else page.reading.label


def _unnumbered_front(current: _Open) -> bool:
    """Cover pages often carry no number: the text behind them starts with 1."""
    return all(own_label(p) is None for p in current.pages) and len(current.pages) <= 4


def _same_paper(current: _Open, page: ReadPage, look: Look, numbers: str) -> bool:
    """A titled page behind others: the same paper again, a part of it, or the next paper?"""
    if current.kind == "audit_report":
        return _same_report(current, look, numbers)
    if look.kind != current.kind:
        if current.kind in ("application_form", "implementation_plan") and numbers == "on":
            return True  # 附表 and headings inside numbered papers
        return current.kind == "supporting" and current.subtype == "front" and look.subtype == "front"
    if current.kind in SINGLE:
        return numbers == "on"
    if current.kind in ("investment_list", "application_form", "implementation_plan"):
        # The title is printed again on each sheet of a list, and on the page behind a cover.
        return numbers == "on" or (numbers == "none" and (current.kind == "investment_list" or len(current.pages) <= 2))
    if current.kind == "supporting":
        return look.subtype == current.subtype == "front"
    return numbers == "on" or (len(current.pages) <= 2 and current.looks[0].cover)


def _same_report(current: _Open, look: Look, numbers: str) -> bool:
    if look.kind == "audit_report":
        has_opinion = any(p.pattern.search(current.text) for p in OPINIONS)
        if not has_opinion and len(current.pages) <= 4:
            return not _other_year(current, look)
        return numbers == "on" and not look.cover and not _other_number(current, look)
    if numbers == "on":
        return True
    if look.kind in ("business_licence", "supporting"):
        # The firm's own licence and its accountants' certificates are bound in behind the notes.
        return "会计师事务所" in look.text or "注册会计师" in look.text
    return False


def _other_year(current: _Open, look: Look) -> bool:
    mine, theirs = _FISCAL.search(current.text), _FISCAL.search(look.text)
    return bool(mine and theirs and mine[1] != theirs[1])


def _other_number(current: _Open, look: Look) -> bool:
    mine, theirs = _REPORT_NUMBER.search(current.text), _REPORT_NUMBER.search(look.text)
    return bool(mine and theirs and mine[0] != theirs[0])


# --- the end ---------------------------------------------------------------------------------------------------------------


def _drafts(done: Sequence[_Open]) -> list[Draft]:
    seen: set[tuple[str, ...]] = set()
    out: list[Draft] = []
    for paper in done:
        content = tuple(page.reading.content for page in paper.pages)
        out.append(Draft(paper.kind, tuple(paper.pages), paper.subtype, round(paper.confidence, 3), paper.note, copy=content in seen))
        seen.add(content)
    return out
