"""The running number of a bound volume, told from the papers' own page numbers. One page alone cannot tell a bare figure in a corner;
the pages of a file together can: where some pages show a figure beside their own number, that corner holds the volume's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import PageLabel, PageReading

LEAST = 2
"""So many pages must show both numbers; one alone may be a misreading. Chosen, not measured."""
NEAR_X, NEAR_Y = 0.05, 0.03
"""How far apart two figures in "the same corner" lie: a feeder shifts pages by some millimetres (A4: 10 mm and 9 mm)."""


def with_running_numbers(pages: Sequence[PageReading]) -> tuple[PageReading, ...]:
    """The pages of one file, in order, with bare figures that are the volume's moved from ``label`` to ``volume_label``.

    Nothing is changed where the volume's numbering is not established: by at least :data:`LEAST` pages with both numbers whose
    running numbers grow.
    """
    stamped = [page.volume_label for page in pages if page.volume_label is not None]
    if len(stamped) < LEAST or not _grow(stamped):
        return tuple(pages)
    return tuple(_moved(page, stamped) for page in pages)


def is_bare(label: PageLabel | None) -> bool:
    """A figure on its own: no word, dash or total says that it counts this paper's pages."""
    return label is not None and label.total is None and label.text.strip().isdigit()


def _moved(page: PageReading, stamped: Sequence[PageLabel]) -> PageReading:
    label = page.label
    if label is None or page.volume_label is not None or not is_bare(label) or not any(_same_corner(label, other) for other in stamped):
        return page
    return page.model_copy(update={"label": None, "volume_label": label})


def _grow(labels: Sequence[PageLabel]) -> bool:
    """Most pairs of neighbours grow; a misread figure spoils two pairs at most."""
    pairs = [a.number < b.number for a, b in pairwise(labels)]
    return sum(pairs) >= len(pairs) - 2 and sum(pairs) * 2 > len(pairs)


def _same_corner(a: PageLabel, b: PageLabel) -> bool:
    return abs(a.box[2] - b.box[2]) < NEAR_X and abs(a.box[3] - b.box[3]) < NEAR_Y
