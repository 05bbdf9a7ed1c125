"""Page numbers: sequences, outliers and gaps (R-088, part J). Two numbering systems live in one pile: that of the bound volume and
those that documents brought along."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOTAL = re.compile(r"共\s*(\d{1,4})\s*页|\d{1,4}\s*[/／]\s*(\d{1,4})")


NEAR = 6
"""How many pages around a gap have a say in whether one misreading explains it."""


@dataclass(frozen=True)
class Label:
    """A number read on a page. ``position`` counts the pages of the file, blank ones too."""

    position: int
    number: int
    total: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Gap:
    """More numbers are missing between two labelled pages than there are pages between them. ``sure``: both labels are borne out by
    a neighbour, and no single misreading explains the gap."""

    before: Label
    after: Label
    sure: bool

    @property
    def missing(self) -> int:
        """At least how many numbered pages are not there."""
        return (self.after.number - self.before.number) - (self.after.position - self.before.position)


def total_of(text: str | None) -> int | None:
    """The total that a label states (``第5页 共20页``, ``5/20``)."""
    found = _TOTAL.search(text or "")
    return int(found.group(1) or found.group(2)) if found else None


def without_outliers(labels: Sequence[Label]) -> list[Label]:
    """Drops labels that contradict two neighbours who agree with each other: most likely misread."""
    kept = sorted(labels, key=lambda label: label.position)
    changed = True
    while changed:
        changed = False
        for i in range(1, len(kept) - 1):
            before, here, after = kept[i - 1], kept[i], kept[i + 1]
            if _follows(before, after) and not (before.number < here.number < after.number):
                del kept[i]
                changed = True
                break
    return kept


def _follows(a: Label, b: Label) -> bool:
    """Could ``b`` come after ``a`` without anything missing?"""
    return 0 < b.number - a.number <= b.position - a.position


def gaps(labels: Sequence[Label]) -> list[Gap]:
    """Gaps in one numbering. Unread labels and blank backs make no gap: they add pages, not numbers."""
    kept = without_outliers(labels)
    found: list[Gap] = []
    for i in range(len(kept) - 1):
        before, after = kept[i], kept[i + 1]
        if not _jumps(before, after):
            continue
        left = i > 0 and _follows(kept[i - 1], before)
        right = i + 2 < len(kept) and _follows(after, kept[i + 2])
        if left or right:
            found.append(Gap(before, after, left and right and _survives(labels, before, after)))
    return found


def _jumps(a: Label, b: Label) -> bool:
    return b.number - a.number > b.position - a.position


def _survives(labels: Sequence[Label], before: Label, after: Label) -> bool:
    """Is there still a gap at this place whichever single label near it is taken to be misread?"""
    near = [label for label in labels if before.position - NEAR <= label.position <= after.position + NEAR]
    for dropped in near:
        rest = without_outliers([label for label in near if label is not dropped])
        pairs = itertools.pairwise(rest)
        if not any(_jumps(a, b) and a.position <= after.position and b.position >= before.position for a, b in pairs):
            return False
    return True


def increasing(labels: Sequence[Label]) -> bool:
    """Does one numbering run through all of them?"""
    return all(a.number < b.number for a, b in itertools.pairwise(labels))
