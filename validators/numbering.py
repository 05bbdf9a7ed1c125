"""Page numbers: sequences, outliers and gaps (R-088, part J). Two numbering systems live in one pile: that of the bound volume and
those that documents brought along."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOTAL = re.compile(r"共\s*(\d{1,4})\s*页|\d{1,4}\s*[/／]\s*(\d{1,4})")


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
    a neighbour or by the same printed total, so that no single misreading explains the gap."""

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


def _same_total(a: Label, b: Label) -> bool:
    return a.total is not None and a.total == b.total and a.number < b.number <= a.total


def gaps(labels: Sequence[Label]) -> list[Gap]:
    """Gaps in one numbering. Unread labels and blank backs make no gap: they add pages, not numbers."""
    kept = without_outliers(labels)
    found: list[Gap] = []
    for i in range(len(kept) - 1):
        before, after = kept[i], kept[i + 1]
        if after.number - before.number <= after.position - before.position:
            continue
        left = i > 0 and _follows(kept[i - 1], before)
        right = i + 2 < len(kept) and _follows(after, kept[i + 2])
        if _same_total(before, after) or (left and right):
            found.append(Gap(before, after, True))
        elif left or right:
            found.append(Gap(before, after, False))
    return found


def increasing(labels: Sequence[Label]) -> bool:
    """Does one numbering run through all of them?"""
    return all(a.number < b.number for a, b in itertools.pairwise(labels))
