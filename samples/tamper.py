"""What somebody did to one page of the second copy only: left the seal off, or printed other figures."""

from __future__ import annotations

import random

from samples.paper import Noted, Paper


def unseal(paper: Paper, text: str) -> None:
    """Takes the seal that reads ``text`` off the sheet: it was never struck on this one."""
    for seal in [s for s in paper.seals if s.text == text and s.role != "seam"]:
        paper.take_off(seal.box)
        paper.seals.remove(seal)


def alter(paper: Paper, rng: random.Random) -> None:
    """Prints another figure in place of the longest noted one, and notes it; a sheet without figures stays."""
    noted = [*paper.fields.values(), *(n for cells in paper.rows.values() for _, _, n in cells)]
    figures = [n for n in noted if _digits(n.value) > 1 and _same_figure(n.value, paper.written(n.box))]
    best = max(figures, key=lambda n: (_digits(n.value), n.box), default=None)
    if best is None or (written := paper.written(best.box)) is None:
        return
    places = [i for i, c in enumerate(best.value) if c.isdigit()]
    which = next((k for k, i in enumerate(places) if k > 0), 0)
    fresh = str((int(best.value[places[which]]) + rng.randint(2, 7)) % 10)
    changed = Noted(_with_digit(best.value, which, fresh), best.box)
    paper.rewrite(best.box, _with_digit(written, which, fresh))
    for name, field in paper.fields.items():
        if field is best:
            paper.fields[name] = changed
    for table, cells in paper.rows.items():
        paper.rows[table] = [(row, column, changed if n is best else n) for row, column, n in cells]


def _digits(value: str) -> int:
    """How many digits a money figure has; ids and dates are left alone."""
    body = value.replace(",", "")
    return sum(c.isdigit() for c in body) if body.count(".") == 1 and body.replace(".", "").isdigit() else 0


def _same_figure(value: str, written: str | None) -> bool:
    """Whether the first digits of both are the same: the paper may show the figure in 万元."""
    ours, theirs = ([c for c in text if c.isdigit()][:2] for text in (value, written or ""))
    return len(ours) == 2 and ours == theirs


def _with_digit(text: str, which: int, digit: str) -> str:
    """``text`` with its ``which``-th digit replaced."""
    seen = -1
    for i, char in enumerate(text):
        seen += char.isdigit()
        if seen == which and char.isdigit():
            return text[:i] + digit + text[i + 1 :]
    return text
