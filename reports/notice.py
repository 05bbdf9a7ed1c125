"""What the 补正通知书 says, before it is put on paper: everything curable at once (一次性告知), never anything internal."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Finding, Report
from reports import words
from reports.base import NoticeFacts
from reports.ordering import applicant_findings, by_topic, topic_title, undecided
from reports.places import Places, row_words
from reports.writing import clean, one_line

_PLACES_SHOWN = 3


@dataclass(frozen=True)
class NoticeLine:
    """One finding inside an item."""

    where: str
    message: str
    hint: str


@dataclass(frozen=True)
class NoticeItem:
    """One numbered demand: some findings of one rule and topic, told together.

    Attributes:
        hint: what to do, where it is the same for all lines; else "" and every line has its own.
        clauses: the clauses asked by, each once.
    """

    title: str
    lines: tuple[NoticeLine, ...]
    hint: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """The content of the paper.

    Attributes:
        draft: why it must not leave the office yet, one sentence; "" when it may.
    """

    applicant: str
    uscc: str
    categories: str
    items: tuple[NoticeItem, ...]
    draft: str

    @property
    def findings(self) -> int:
        return sum(len(item.lines) for item in self.items)


def build_notice(report: Report, facts: NoticeFacts) -> Notice:
    """Gather what the applicant has to mend."""
    places = Places(report.files, report.documents)
    wanted = applicant_findings(report)
    submission = report.submission
    again: frozenset[str] = frozenset(report.rounds.open) if report.rounds else frozenset()
    items = tuple(_item(members, places, again) for members in by_topic(wanted, same_rule=True))
    return Notice(
        applicant=one_line(submission.applicant or ""),
        uscc=one_line(submission.uscc or ""),
        categories="、".join(one_line(facts.category_titles.get(c, words.CATEGORY[c])) for c in submission.categories),
        items=items,
        draft=_draft(report, bool(items)),
    )


def _draft(report: Report, demands: bool) -> str:
    reasons: list[str] = []
    if report.verdict == "reject":
        reasons.append("本件有不予受理事项待经办人核定，本通知书不得发出")
    open_questions = len(undecided(report))
    if open_questions:
        reasons.append(f"尚有{open_questions}项需人工核验、可能转为补正，核验完毕前不得发出")
    # A paper that says "nothing to mend" must not go out over a matter the office itself has not settled.
    pending = [f for f in report.findings if f.audience == "internal" and f.severity == "correct" and f.waived is None]
    if not demands and pending and not reasons:
        reasons.append("本件尚有事项待经办人核定，核定前不得发出")
    if not report.submission.applicant:
        reasons.append("申报单位名称未能识别，请补填")
    return "；".join(reasons)


def _item(members: tuple[Finding, ...], places: Places, again: frozenset[str]) -> NoticeItem:
    hints = tuple(dict.fromkeys(one_line(f.hint) for f in members))
    same = len(hints) == 1
    return NoticeItem(
        title=topic_title(members),
        lines=tuple(
            NoticeLine(
                where=_where(f, places),
                message=clean(f.message) + ("（前次已告知，仍未补正）" if f.id in again else ""),
                hint="" if same else one_line(f.hint),
            )
            for f in members
        ),
        hint=hints[0] if same else "",
        clauses=tuple(dict.fromkeys(one_line(f.clause) for f in members if f.clause)),
    )


def _where(finding: Finding, places: Places) -> str:
    """Row, document and page; the register and other offices' extracts are never named to the applicant."""
    shown = [
        place
        for place in places.of_finding(finding)
        if place.public and place.short
    ]
    parts = [row_words(finding)] if finding.subject.row is not None else []
    for place in shown:
        # The row says what its cell would say again.
        if place.cell and finding.subject.row is not None and place.cell.endswith(f"{finding.subject.row}"):
            if not finding.subject.sheet:
                parts.append(place.short)
            continue
        parts.append(place.short)
    unique = list(dict.fromkeys(p for p in parts if p))
    more = f"等{len(unique)}处" if len(unique) > _PLACES_SHOWN else ""
    return "；".join(unique[:_PLACES_SHOWN]) + more
