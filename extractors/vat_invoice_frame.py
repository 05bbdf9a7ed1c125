"""The skeleton of an invoice page: where the heading ends, the items' columns, the totals, the two parties' blocks.

Dot-matrix print is shifted against the form by a row or two, photographs bend the rows: so the skeleton is taken from
the pre-printed words of the form, and values are looked for in regions by what they are, not by where they should be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression

from extractors.layout import Label, Piece, Run, as_piece, find_in_row, find_labels, level, page_rows, slope
from extractors.page import ReadPage
from extractors.values import squash

COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "name": ("货物或应税劳务、服务名称", "货物或应税劳务名称", "货物或应税劳务", "项目名称"),
    "spec": ("规格型号",),
    "unit": ("单位",),
    "quantity": ("数量",),
    "unit_price": ("单价",),
    "amount": ("金额",),
    "tax_rate": ("税率/征收率", "税率"),
    "tax": ("税额",),
}
SECRET = re.compile(r"^(?=.*[<>*+/])[0-9<>*+/\-±]{12,}$")
"""A line of the 密码区: a ragged mixture of digits and signs."""


@dataclass(frozen=True)
class Frame:
    """Levels are heights with the tilt taken out; ``columns`` hold the header words' spans in x."""

    page: ReadPage
    rows: tuple[Run, ...]
    tilt: float
    columns: dict[str, tuple[float, float]]
    header: float | None
    capital: Label | None
    capital_level: float
    divider: float
    """x that parts the parties' blocks from 密码区 and 备注."""
    side_by_side: bool
    """数电票: both parties stand at one height, the buyer on the left."""

    @property
    def size(self) -> float:
        """Height of the invoice as a fraction of the page: it may lie on A4 paper. From the items' header to 价税合计 it is
        0.32 of the form, whoever printed it."""
        if self.header is None or self.capital is None or self.capital_level - self.header < 0.05:
            return 1.0
        return min(1.1, (self.capital_level - self.header) / 0.32)

    @property
    def top(self) -> float:
        """Level of the invoice's upper edge."""
        return 0.0 if self.header is None else max(0.0, self.header - 0.36 * self.size)

    @property
    def foot(self) -> float:
        """Level of the invoice's lower edge, generously."""
        return 2.0 if self.header is None or self.size > 0.7 else self.capital_level + 0.36 * self.size

    @property
    def head_end(self) -> float:
        return self.header if self.header is not None else 0.33

    def level(self, piece: Piece | Run) -> float:
        return level(piece, self.tilt)

    def pieces(self) -> list[Piece]:
        """All lines as pieces, top to bottom."""
        found = [as_piece(self.page, line) for line in self.page.reading.lines if line.text.strip()]
        return sorted(found, key=self.level)

    def within(self, top: float, bottom: float, left: float = -1.0, right: float = 2.0) -> list[Run]:
        """Rows formed of only the lines whose middle lies in the region."""
        inside = (p for p in self.pieces() if top <= self.level(p) < bottom and left <= p.cx < right)
        return page_rows(self.page, [p.line for p in inside], tilt=self.tilt)


def frame_of(page: ReadPage) -> Frame:
    """The skeleton of ``page``; parts that are not found are None or the form's usual place."""
    rows, tilt = tuple(page_rows(page)), slope(page)
    columns, header, fitted = _columns(rows, tilt)
    if fitted is not None and abs(fitted - tilt) > 0.004:
        tilt, rows = fitted, tuple(page_rows(page, tilt=fitted))
        columns, header, _ = _columns(rows, tilt)
    capital = next(iter(find_labels(page, ("价税合计", "价税合计（大写）"), rows=rows, least=0.75)), None)
    capital_level = level(capital.run, tilt) if capital else (0.7 if header is None else header + 0.33)
    side = _side_by_side(rows, tilt, header)
    return Frame(page, rows, tilt, columns, header, capital, capital_level, 0.5 if side else _divider(page), side)


def _columns(rows: Sequence[Run], tilt: float) -> tuple[dict[str, tuple[float, float]], float | None, float | None]:
    """The header of the items: the band, two rows high at most, that holds the most column words. Also its level, and the
    tilt fitted through its words: pre-printed on one line right across the page, they tell it best."""
    hits: list[tuple[float, str, Run]] = []
    for row in rows:
        for name, words in COLUMN_WORDS.items():
            for word in words:
                spans = find_in_row(row, word, least=0.85)
                for start, end, _ in spans:
                    run = row.cut(start, end)
                    if _alone(row, start, end, name):
                        hits.append((level(run, tilt), name, run))
                if spans:
                    break
    best: dict[str, Run] = {}
    for top, _, first in hits:
        height = first.box[3] - first.box[1]
        band = {name: run for y, name, run in reversed(hits) if abs(y - top) < 1.7 * height}
        if len(band) > len(best):
            best = band
    if len(best) < 3 or not {"amount", "tax"} & set(best):
        return {}, None, None
    middles = [((r.box[0] + r.box[2]) / 2, (r.box[1] + r.box[3]) / 2) for r in best.values()]
    fitted = linear_regression(*zip(*middles, strict=True)).slope if len(middles) >= 5 else None
    at = sum(level(run, tilt) for run in best.values()) / len(best)
    return {name: (run.box[0], run.box[2]) for name, run in best.items()}, at, fitted if fitted and abs(fitted) < 0.1 else None


def _alone(row: Run, start: int, end: int, name: str) -> bool:
    """``单位`` must not be the tail of 销货单位, ``金额`` not that of 合计金额."""
    before = squash(row.text[max(0, start - 2) : start])
    after = squash(row.text[end : end + 1])
    if name == "unit":
        return not re.search(r"[货售买票算]$", before) and after not in ("：", ":")
    if name in ("amount", "tax"):
        return not re.search(r"(合计|总计|税|含)$", before) and after not in ("：", ":")
    return True


def _divider(page: ReadPage) -> float:
    """Left edge of the 密码区 and 备注 columns: their own text, or the upright words beside them."""
    edges = [line.box[0] - 0.035 for line in page.reading.lines if SECRET.match(squash(line.text)) and line.box[0] > 0.45]
    words = [
        line.box[0] - 0.005
        for line in page.reading.lines
        if squash(line.text) in ("密", "码", "区", "备", "注", "密码区", "密码", "备注") and 0.48 < line.box[0] < 0.68
    ]
    if words:
        return min(words)
    return min(edges) if edges else 0.56


def _side_by_side(rows: Sequence[Run], tilt: float, header: float | None) -> bool:
    """Two 纳税人识别号 labels at one height, above the items."""
    found: list[Run] = []
    for row in rows:
        found += [row.cut(start, end) for start, end, _ in find_in_row(row, "纳税人识别号", least=0.9)]
    limit = 0.5 if header is None else header
    found = [run for run in found if level(run, tilt) < limit]
    return any(
        abs(level(a, tilt) - level(b, tilt)) < 0.02 and b.box[0] - a.box[0] > 0.3 for a in found for b in found if a is not b
    )
