"""Sentences out of patterns: ``{one|another}`` is chosen, ``<word>`` is a fact of the world.

Every paragraph has a stream of chance of its own, named by its key, and takes as many draws as it has choices: a changed fact
changes the words that name it and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from samples.world.model import World

_CHOICE = re.compile(r"\{([^{}]*)\}")
_FACT = re.compile(r"<([a-z_0-9]+)>")


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Point:
    """A run-in head of the third level with its own line."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with its caption. ``shares`` are relative widths; ``words`` are the columns of text."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    words: frozenset[int] = frozenset({0})


@dataclass(frozen=True)
class Photos:
    """Pictures beside each other with their captions; ``scene`` names the drawing of each (:mod:`samples.documents.plan.pictures`)."""

    scenes: tuple[tuple[str, str], ...]
    key: str
    height: float = 52.0


@dataclass(frozen=True)
class Chart:
    """A drawing made of boxes and arrows, or of bars; ``kind`` names it."""

    kind: str
    caption: str
    labels: tuple[str, ...]
    values: tuple[float, ...] = ()


Block = Prose | Point | Table | Photos | Chart


@dataclass(frozen=True)
class Section:
    """Text below a chapter; without ``title`` it stands directly under the chapter's head."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Chapter:
    """``number`` counts from 1 in the outline, whatever is left out or swapped."""

    number: int
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Teller:
    """Writes the sentences of one paper. ``facts`` are words for ``<word>``; ``brief`` papers leave out what can be left out."""

    world: World
    paper: str
    facts: Mapping[str, str] = field(default_factory=dict)
    brief: bool = False

    def say(self, key: str, pattern: str) -> str:
        """``pattern`` with its choices made and its facts filled in. Raises KeyError for a fact that is not known."""
        rng = self.world.rng(self.paper, "say", key)
        chosen = _CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), pattern)
        return _FACT.sub(lambda m: self.facts[m.group(1)], chosen)

    def prose(self, key: str, *patterns: str) -> tuple[Prose, ...]:
        """A paragraph for each pattern."""
        return tuple(Prose(self.say(f"{key}:{i}", pattern)) for i, pattern in enumerate(patterns))

    def more(self, key: str, *patterns: str, chance: float = 0.75) -> tuple[Prose, ...]:
        """Paragraphs that some authors write and others do not; a brief paper has none."""
        told = self.prose(key, *patterns)
        wanted = [self.world.rng(self.paper, "more", key, i).random() < chance for i in range(len(told))]
        return () if self.brief else tuple(p for p, yes in zip(told, wanted, strict=True) if yes)

    def list(self, key: str, patterns: tuple[str, ...], least: int, marks: str = "（{n}）") -> tuple[Prose, ...]:
        """Numbered paragraphs, at least ``least`` of ``patterns`` in their order; a brief paper has ``least``."""
        rng = self.world.rng(self.paper, "list", key)
        count = rng.randint(least, len(patterns))
        kept = sorted(rng.sample(range(len(patterns)), count))
        kept = kept[:least] if self.brief else kept
        return tuple(Prose(marks.format(n=n) + self.say(f"{key}:{i}", patterns[i])) for n, i in enumerate(kept, 1))
