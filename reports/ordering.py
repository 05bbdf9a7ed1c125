"""In which order findings are shown, everywhere the same, so that number 7 on the screen is number 7 in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import SEVERITIES, SEVERITY_WORDS, Finding, Report, Severity
from reports.writing import clean, one_line

_CJK = re.compile("[\u4e00-\u9fff]")
_UNSAFE = re.compile("[^A-Za-z0-9_-]")


@dataclass(frozen=True)
class Numbered:
    """A finding with its running number and the name of its place in ``report.html``."""

    number: int
    finding: Finding

    @property
    def anchor(self) -> str:
        return anchor_of(self.finding)


@dataclass(frozen=True)
class Topic:
    """Findings of one severity that belong together."""

    title: str
    items: tuple[Numbered, ...]


@dataclass(frozen=True)
class Block:
    """All open findings of one severity."""

    severity: Severity
    word: str
    topics: tuple[Topic, ...]

    @property
    def count(self) -> int:
        return sum(len(topic.items) for topic in self.topics)


def anchor_of(finding: Finding) -> str:
    """An id that is safe in HTML, in a URL and as a location in a workbook."""
    return "f-" + _UNSAFE.sub("_", finding.id)


def applicant_findings(report: Report) -> tuple[Finding, ...]:
    """What a paper for the applicant may speak of: open, curable, and meant for the applicant.

    Suspicion is for the office's eyes only (rule-book, part J); this is the only door to the notice.
    """
    return tuple(f for f in report.findings if f.audience == "applicant" and f.severity == "correct" and f.waived is None)


def undecided(report: Report) -> tuple[Finding, ...]:
    """Open reviews that a person may turn into a demand on the applicant; while there are any, a notice is a draft.

    Internal ones never become a demand, so they hold no notice back.
    """
    return tuple(f for f in report.findings if f.audience == "applicant" and f.severity == "review" and f.waived is None)


def numbered(findings: Sequence[Finding]) -> tuple[Numbered, ...]:
    """All findings: open ones by severity and topic, then the waived ones."""
    blocks, waived = arrange(findings)
    return tuple(n for b in blocks for t in b.topics for n in t.items) + waived


def arrange(findings: Sequence[Finding]) -> tuple[tuple[Block, ...], tuple[Numbered, ...]]:
    """Open findings by severity and topic (both in the order of the rules), and the waived ones."""
    number = 0
    blocks: list[Block] = []
    for severity in SEVERITIES:
        topics: list[Topic] = []
        for members in by_topic(f for f in findings if f.severity == severity and f.waived is None):
            items = tuple(Numbered(number + i, f) for i, f in enumerate(members, 1))
            number += len(items)
            topics.append(Topic(topic_title(members), items))
        if topics:
            blocks.append(Block(severity, SEVERITY_WORDS[severity], tuple(topics)))
    waived = tuple(Numbered(number + i, f) for i, f in enumerate((f for f in findings if f.waived is not None), 1))
    return tuple(blocks), waived


def by_topic(findings: Iterable[Finding], *, same_rule: bool = False) -> list[tuple[Finding, ...]]:
    """Findings gathered by their group (else by rule), in order of first appearance.

    Within a group those of one rule stand together. Args:
        same_rule: keep the rules of one group apart, for papers where one item has one demand.
    """
    gathered: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        gathered.setdefault(finding.group or finding.rule, {}).setdefault(finding.rule, []).append(finding)
    if same_rule:
        return [tuple(members) for rules in gathered.values() for members in rules.values()]
    return [tuple(f for members in rules.values() for f in members) for rules in gathered.values()]


def topic_title(members: tuple[Finding, ...]) -> str:
    """What to call some findings together."""
    titles = list(dict.fromkeys(one_line(f.title) for f in members))
    if len(titles) == 1:
        return titles[0]
    group = clean(members[0].group)
    return group if _CJK.search(group) else f"{titles[0]}等"
