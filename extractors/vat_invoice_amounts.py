"""合计金额, 合计税额, 价税合计 (figures and words): found by region and structure, tied together by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.capital import find_capital
from extractors.layout import Run, find_in_row
from extractors.values import money_text, parse_money, squash
from extractors.vat_invoice_frame import Frame
from extractors.vat_invoice_heading import print_sighting
from extractors.witness import Sighting

_STARS = re.compile(r"^[*＊×xX]{1,5}$|^[-—]{2,3}$|^免税$|^不征税$")


@dataclass(frozen=True)
class Amounts:
    """Printed witnesses of the four amounts; ``capital_raw`` is the text in words when it could not be read as a number."""

    amount: tuple[Sighting, ...] = ()
    tax: tuple[Sighting, ...] = ()
    total: tuple[Sighting, ...] = ()
    capital: tuple[Sighting, ...] = ()
    capital_raw: Run | None = None


@dataclass(frozen=True)
class _Figure:
    run: Run
    value: Decimal
    currency: bool
    stars: bool = False


def _figures(frame: Frame) -> list[_Figure]:
    found: list[_Figure] = []
    for row in frame.within((frame.header or 0.3), frame.foot):
        for piece in row.pieces:
            for hit in re.finditer(r"[-−]?\s*[¥￥]\s*[-−]?\s*[\d.,，\s]+|[^\s|()（）:：]+", piece.text):
                text = hit[0].strip()
                value = parse_money(text)
                stars = bool(_STARS.match(squash(text)))
                if value is None and not stars:
                    continue
                digits = re.sub(r"\D", "", text)
                if not stars and ("%" in text or not re.search(r"\d[.,，]\s?\d\d$|[¥￥]", text) or len(digits) > 14):
                    continue
                run = Run((piece.cut(*hit.span()).trimmed(),))
                found.append(_Figure(run, value or Decimal(0), bool(re.search("[¥￥]", text)), stars))
    return found


def read_amounts(frame: Frame) -> Amounts:
    """The amounts' printed witnesses, each one first in its list."""
    figures = _figures(frame)
    total = _total(frame, figures)
    capital, raw = _capital(frame)
    amount, tax = _pair(frame, [f for f in figures if total is None or f.run.box != total.run.box], total, capital)
    return Amounts(
        (print_sighting(amount.run, money_text(amount.value)),) if amount else (),
        (print_sighting(tax.run, money_text(tax.value)),) if tax else (),
        (print_sighting(total.run, money_text(total.value)),) if total else (),
        capital,
        raw,
    )


def _total(frame: Frame, figures: Sequence[_Figure]) -> _Figure | None:
    """Right of （小写）; else the figure with a currency sign nearest to the height of 价税合计, on the right half."""
    labels = [row.cut(s, e) for row in frame.rows for s, e, _ in find_in_row(row, "小写") if frame.level(row) > frame.head_end]
    best: tuple[float, _Figure] | None = None
    for figure in figures:
        if figure.stars:
            continue
        x, y = figure.run.box[0], frame.level(figure.run)
        if labels:
            away = min(abs(y - frame.level(label)) + (0 if x > label.box[0] else 1) for label in labels)
            limit = 0.035 * frame.size
        else:
            away, limit = abs(y - frame.capital_level) + (0 if x > 0.5 else 1), 0.035 * frame.size
        if away < limit and (best is None or (away - 0.02 * frame.size * figure.currency) < best[0]):
            best = (away - 0.02 * frame.size * figure.currency, figure)
    return best[1] if best else None


def _capital(frame: Frame) -> tuple[tuple[Sighting, ...], Run | None]:
    """价税合计（大写）: the longest amount in words below the items' header, or the raw text where the grammar fails."""
    best: tuple[int, Sighting] | None = None
    for row in frame.within(frame.head_end, frame.foot):
        for piece in row.pieces:
            hit = find_capital(piece.text)
            if hit and (best is None or hit[2] - hit[1] > best[0]):
                run = Run((piece.cut(hit[1], hit[2]),))
                where = run.evidence()
                best = (
                    hit[2] - hit[1],
                    Sighting(
                        "capital_amount", money_text(hit[0]), where, raw=run.text, confidence=run.confidence, group="capital"
                    ),
                )
    if best:
        return (best[1],), None
    if frame.capital is not None:
        rest = frame.capital.row.cut(frame.capital.end, len(frame.capital.row.text))
        hit_raw = re.search(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{2,}[^(（¥￥]*", rest.text)
        if hit_raw:
            return (), rest.cut(*hit_raw.span()).trimmed()
    return (), None


def _pair(
    frame: Frame, figures: Sequence[_Figure], total: _Figure | None, capital: Sequence[Sighting]
) -> tuple[_Figure | None, _Figure | None]:
    """合计金额 and 合计税额: the lowest figures of their columns above 价税合计; where the columns are unclear, the pair with
    currency signs. When several could be meant, those that add up to the total are taken: choosing which printed figure is
    the sum is layout, the figures themselves stay as printed."""
    above = [
        f
        for f in figures
        if (frame.header or 0.3) + 0.01 * frame.size < frame.level(f.run) < frame.capital_level + 0.012 * frame.size
    ]
    amounts = _column(frame, above, "amount")
    taxes = _column(frame, above, "tax")
    if not amounts or not taxes:
        signed = sorted((f for f in above if f.currency or f.stars), key=lambda f: f.run.box[0])
        if len(signed) >= 2 and not amounts and not taxes:
            amounts, taxes = [signed[0]], [signed[-1]]
        elif not taxes and amounts:
            taxes = [f for f in signed if f.run.box[0] > amounts[0].run.box[2]][-1:]
        elif not amounts and taxes:
            amounts = [f for f in signed if f.run.box[2] < taxes[0].run.box[0]][-1:]
    targets = [f.value for f in (total,) if f] + [Decimal(s.value) for s in capital]
    near = [(a, t) for a in amounts[:3] for t in taxes[:3] if abs(frame.level(a.run) - frame.level(t.run)) < 0.03 * frame.size]
    for target in targets:
        for a, t in near:
            if a.value + t.value == target:
                return a, t
    return (amounts[0] if amounts else None), (taxes[0] if taxes else None)


def _column(frame: Frame, figures: Sequence[_Figure], name: str) -> list[_Figure]:
    """The figures under a column's header that may be its sum: those with a currency sign, else the lowest."""
    span = frame.columns.get(name)
    if span is None:
        return []
    middle, half = (span[0] + span[1]) / 2, (span[1] - span[0]) / 2
    fits = [
        f for f in figures
        if abs((f.run.box[0] + f.run.box[2]) / 2 - middle) < half + 0.035 and (name == "tax" or not f.stars)
    ]  # fmt: skip
    # The sums carry a currency sign and the items do not: where one does, no other figure may stand in for it, or a wrong
    # sum would be repaired by an item's amount.
    signed = [f for f in fits if f.currency or f.stars]
    low = max((frame.level(f.run) for f in fits), default=0.0)
    chosen = signed or [f for f in fits if frame.level(f.run) > low - 0.01 * frame.size]
    return sorted(chosen, key=lambda f: -frame.level(f.run))


def arithmetic(target: Sighting | None, value: Decimal | None) -> list[Sighting]:
    """A computed witness for ``target``, standing at the same place."""
    if target is None or value is None:
        return []
    return [Sighting("arithmetic", money_text(value), target.evidence, group="arithmetic")]
