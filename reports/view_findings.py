"""Findings made ready for a page: cards, topics, pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import SEVERITIES, SEVERITY_WORDS, Finding, Rounds
from reports import words
from reports.base import Pictures
from reports.crops import PICTURE_BUDGET, Crop, CropSheet, Wish, cut
from reports.ordering import Block, Numbered, arrange
from reports.places import Place, Places, row_words
from reports.writing import clean, one_line, shorten

_PICTURES_OF_A_FINDING = 3
_FOLD_FROM = 4
"""A rule with so many findings in one topic has them folded, one line each."""


@dataclass(frozen=True)
class SpotView:
    place: Place
    crop: Crop | None


@dataclass(frozen=True)
class Pair:
    label: str
    value: str


@dataclass(frozen=True)
class CardView:
    """One finding, ready for the page."""

    number: int
    anchor: str
    severity: str
    word: str
    rule: str
    title: str
    message: str
    hint: str
    clause: str
    where: str
    stake: str
    deduct: str
    internal: bool
    round: str
    waived: str
    folded: bool
    data: tuple[Pair, ...]
    spots: tuple[SpotView, ...]
    more_spots: tuple[Place, ...]


@dataclass(frozen=True)
class TopicView:
    title: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class LeadView:
    """One line of what to look at first: a rule with its most important finding."""

    card: CardView
    count: int


@dataclass(frozen=True)
class BlockView:
    severity: str
    word: str
    count: int
    topics: tuple[TopicView, ...]


@dataclass(frozen=True)
class FindingsView:
    """All findings; ``counts`` holds (severity, word, number of open ones)."""

    blocks: tuple[BlockView, ...]
    waived: tuple[CardView, ...]
    counts: tuple[tuple[str, str, int], ...]
    sheet: CropSheet


def view_findings(
    findings: Sequence[Finding],
    places: Places,
    pictures: Pictures,
    *,
    rounds: Rounds | None = None,
    clauses: Mapping[str, str] | None = None,
    picture_budget: int = PICTURE_BUDGET,
) -> FindingsView:
    """Findings in their order, with their places and pictures."""
    blocks, waived = arrange(findings)
    flat = [n for b in blocks for t in b.topics for n in t.items] + list(waived)
    spots = [places.of_finding(n.finding) for n in flat]
    wishes: list[list[Wish]] = [[p.picture for p in ps if p.picture is not None][:_PICTURES_OF_A_FINDING] for ps in spots]
    sheet = cut(wishes, pictures, shape=places.shape, budget=picture_budget)
    crowd = Counter((f.severity, f.group or f.rule, f.rule) for f in findings if f.waived is None)
    views: dict[str, CardView] = {}
    for i, (item, at) in enumerate(zip(flat, spots, strict=True)):
        crops = {wish: sheet.crops.get((i, k)) for k, wish in enumerate(wishes[i])}
        alike = crowd[(item.finding.severity, item.finding.group or item.finding.rule, item.finding.rule)]
        folded = alike >= _FOLD_FROM or item.finding.waived is not None
        views[item.anchor] = _card(item, at, crops, rounds, clauses or {}, folded=folded)
    return FindingsView(
        blocks=tuple(_block(b, views) for b in blocks),
        waived=tuple(views[n.anchor] for n in waived),
        counts=tuple((s, SEVERITY_WORDS[s], sum(b.count for b in blocks if b.severity == s)) for s in SEVERITIES),
        sheet=sheet,
    )


def _block(block: Block, views: Mapping[str, CardView]) -> BlockView:
    topics = tuple(TopicView(t.title, tuple(views[n.anchor] for n in t.items)) for t in block.topics)
    return BlockView(block.severity, block.word, block.count, topics)


def leads_of(blocks: tuple[BlockView, ...]) -> tuple[LeadView, ...]:
    """The first findings of the worst rules, one line a rule; notes hold nothing back and are left out."""
    cards: dict[tuple[str, str], list[CardView]] = {}
    for block in blocks:
        for topic in block.topics:
            for card in topic.cards:
                if block.severity != "note":
                    cards.setdefault((block.severity, card.rule), []).append(card)
    return tuple(LeadView(members[0], len(members)) for members in cards.values())


def _card(
    item: Numbered,
    at: tuple[Place, ...],
    crops: Mapping[Wish, Crop | None],
    rounds: Rounds | None,
    clauses: Mapping[str, str],
    *,
    folded: bool,
) -> CardView:
    finding = item.finding
    shown = tuple(SpotView(p, crops.get(p.picture) if p.picture else None) for p in at[:_PICTURES_OF_A_FINDING])
    return CardView(
        number=item.number,
        anchor=item.anchor,
        severity=finding.severity,
        word=SEVERITY_WORDS[finding.severity],
        rule=clean(finding.rule),
        title=one_line(finding.title),
        message=clean(finding.message),
        hint=clean(finding.hint),
        clause=clean(words.clause_words(finding.clause, clauses)),
        where=shorten(row_words(finding) or next((p.short for p in at if p.short), ""), 60),
        stake=words.money_words(finding.at_stake) if finding.at_stake else "",
        deduct=f"{words.money_words(finding.deduct.amount)}（{clean(finding.deduct.reason)}）" if finding.deduct else "",
        internal=finding.audience == "internal",
        round=round_word(finding, rounds),
        waived=clean(f"{finding.waived.by}（{finding.waived.at}）：{finding.waived.why}") if finding.waived else "",
        folded=folded,
        data=tuple(Pair(label, shorten(value, 300)) for label, value in words.facts_of(finding)),
        spots=shown,
        more_spots=at[_PICTURES_OF_A_FINDING:],
    )


def round_word(finding: Finding, rounds: Rounds | None) -> str:
    """How a finding stands to the previous round."""
    if rounds is None:
        return ""
    for ids, word in ((rounds.missed_before, "上次漏报"), (rounds.open, "上次已指出"), (rounds.changed, "有变化"), (rounds.new, "新发现")):
        if finding.id in ids:
            return word
    return ""
