"""Forms: labels with the values beside them, wrapped or not, in boxes or on lines.

A value may stand in the label's own line (``申报单位：某公司``), in the next cell, or run over several lines around the height
of its label. Pieces without a label to their left are given to the label they stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extractors.identifiers import is_tax_id, is_uscc, normal_id
from extractors.layout import Label, Run, find_labels, level, page_rows, slope
from extractors.page import ReadPage
from extractors.values import clean_name, money_text, narrow, paired_year, parse_date, parse_money, squash, unit_worth
from extractors.witness import Sighting, ValueType, resolve
from pipeline.model import Field

Parser = Callable[[str], str | None]
_REACH = 1.9
"""Line pitch over line height up to which lines of one cell follow each other; the next form row is farther away."""


@dataclass
class _Slot:
    label: Label
    runs: list[Run]


class Form:
    """The labelled values of one page. ``labels`` maps a name to its wordings; names that only end other values belong
    there too."""

    def __init__(self, page: ReadPage, labels: Mapping[str, Sequence[str]], *, least: float = 0.86) -> None:
        self.page = page
        self._names = {word: name for name, words in labels.items() for word in words}
        self._least = least

    @cached_property
    def rows(self) -> list[Run]:
        return page_rows(self.page)

    @cached_property
    def labels(self) -> list[Label]:
        """Labels that stand at the start of a cell or line: what precedes them is nothing, a blank, a sign or another label.

        A wording that is found inside running text (``…改造项目`` beside ``单位：元`` reads as 项目单位) is put aside for its row, so
        that the label it hides is found.
        """
        kept: list[Label] = []
        for row in self.rows:
            names = list(self._names)
            for _ in range(4):
                found = find_labels(self.page, names, rows=[row], least=self._least)
                astray = {label.name for label in found if not self._starts(label)}
                if not astray:
                    break
                names = [name for name in names if name not in astray]
            kept.extend(label for label in found if self._starts(label))
        return sorted(kept, key=lambda n: (n.box[1], n.start))

    @staticmethod
    def _starts(label: Label) -> bool:
        first = label.run.pieces[0]
        before = first.line.text[: first.start].rstrip()
        if not before or before[-1] in ":：;；。）)】、.．·*★" or narrow(before[-1]).isdigit():
            return True
        # 地址、电话 beside each other in one line: a wide gap inside the line also starts a label.
        return first.line.text[: first.start] != before or len(before) <= 2

    @cached_property
    def values(self) -> dict[str, list[Run]]:
        """Name → texts beside its labels, top to bottom."""
        slots: dict[int, _Slot] = {i: _Slot(label, []) for i, label in enumerate(self.labels)}
        orphans: list[Run] = []
        for row in self.rows:
            mine = sorted(((i, s.label) for i, s in slots.items() if s.label.row is row), key=lambda item: item[1].start)
            edge = mine[0][1].start if mine else len(row.text)
            if edge > 0:
                orphans.extend(_pieces(row.cut(0, edge)))
            for place, (index, label) in enumerate(mine):
                end = mine[place + 1][1].start if place + 1 < len(mine) else len(row.text)
                if label.end < end:
                    rest = row.cut(label.end, end).trimmed()
                    if rest.text.strip():
                        slots[index].runs.append(rest)
        self._adopt(slots, orphans)
        out: dict[str, list[Run]] = {}
        tilt = slope(self.page)
        for slot in slots.values():
            if slot.runs:
                ordered = sorted(slot.runs, key=lambda r: level(r, tilt))
                joined = Run(tuple(p for r in ordered for p in r.pieces))
                out.setdefault(self._names[slot.label.name], []).append(joined)
        return out

    def _adopt(self, slots: dict[int, _Slot], orphans: list[Run]) -> None:
        tilt = slope(self.page)
        waiting = list(orphans)
        changed = True
        while changed and waiting:
            changed = False
            for orphan in list(waiting):
                best = min(
                    (d, i) for i, s in slots.items() if (d := self._distance(s, orphan, tilt)) is not None
                ) if any(self._distance(s, orphan, tilt) is not None for s in slots.values()) else None  # fmt: skip
                if best is not None:
                    slots[best[1]].runs.append(orphan)
                    waiting.remove(orphan)
                    changed = True

    def _distance(self, slot: _Slot, orphan: Run, tilt: float) -> float | None:
        """How far an orphan stands from a slot's text, or None when it cannot belong there."""
        height = orphan.box[3] - orphan.box[1]
        like = slot.label.box[3] - slot.label.box[1]
        if orphan.box[0] < slot.label.box[2] - 0.01 or not 0.5 * like <= height <= 1.7 * like:
            return None  # a title or small print is no part of a value
        height = min(height, like)
        between = [s for s in self.labels if s.box[0] > slot.label.box[2] and s.box[2] <= orphan.box[0] + 0.01
                   and abs(level(s.run, tilt) - level(slot.label.run, tilt)) < height]  # fmt: skip
        if between:
            return None
        if slot.runs and min(abs(r.box[0] - orphan.box[0]) for r in slot.runs) > 0.04:
            return None
        near = [abs(level(r, tilt) - level(orphan, tilt)) for r in slot.runs] or [abs(level(slot.label.run, tilt) - level(orphan, tilt))]
        to_label = abs(level(slot.label.run, tilt) - level(orphan, tilt))
        if min(near) > _REACH * height:
            return None
        return to_label

    def words(self, name: str) -> tuple[str, ...]:
        """The wordings that mean ``name``."""
        return tuple(word for word, meant in self._names.items() if meant == name)


def _pieces(run: Run) -> list[Run]:
    return [Run((piece,)) for piece in run.pieces if piece.text.strip()]


def sighting(run: Run, value: str) -> Sighting:
    """What is printed at ``run``, read as ``value``."""
    return Sighting(source=run.source, value=value, evidence=run.evidence(), raw=run.text.strip(), confidence=run.confidence)


def sightings(runs: Iterable[Run], parse: Parser) -> list[Sighting]:
    """The readings of ``runs`` that parse. A reading that is a part of another is an unfinished line and is left out."""
    found = [sighting(run, value) for run in runs if (value := parse(run.text)) is not None]
    kept: list[Sighting] = []
    for one in found:
        if any(one.value != other.value and squash(one.value) in squash(other.value) for other in found):
            continue
        kept.append(one)
    return kept


def form_field(forms: Sequence[Form], name: str, parse: Parser, value_type: ValueType, label: str, *, most: int = 2) -> Field:
    """One field from all pages of a form: up to ``most`` readings at different places speak for it."""
    runs = [run for form in forms for run in form.values.get(name, [])]
    return resolve(sightings(runs, parse)[:most], value_type=value_type, label=label)


def raw_field(forms: Sequence[Form], name: str, parse: Parser, label: str) -> Field:
    """A field whose reading exists but does not parse is doubtful with its raw text, never silently missing."""
    runs = [run for form in forms for run in form.values.get(name, []) if run.text.strip()]
    if not runs or any(parse(run.text) is not None for run in runs):
        return Field(status="missing", why=f"未在材料上找到“{label}”。")
    read = sighting(runs[0], runs[0].text.strip())
    return Field(
        value=None, raw=read.raw, confidence=read.confidence, status="doubtful", reason="illegible",
        why=f"“{label}”处的文字“{read.raw}”无法识别为有效内容，请人工核对。", witnesses=(read.witness(),),
    )  # fmt: skip


def best_field(forms: Sequence[Form], name: str, parse: Parser, value_type: ValueType, label: str, *, most: int = 2) -> Field:
    """``form_field``, or the unreadable raw text as doubtful."""
    field = form_field(forms, name, parse, value_type, label, most=most)
    return field if field.status != "missing" else raw_field(forms, name, parse, label)


def id_field(readings: Sequence[Sighting], *, old_ids: bool, label: str) -> Field:
    """A USCC (or old tax id) with its check digit as a derived witness that proves or doubts."""
    checked: list[Sighting] = list(readings)
    if readings:
        first = readings[0]
        fits = is_tax_id(first.value) if old_ids else is_uscc(first.value)
        checked.append(Sighting(source="check_digit", value=first.value, evidence=first.evidence, doubts=not fits))
    return resolve(checked, value_type="id", label=label)


# --- parsers: text → canonical value or None ---------------------------------------------------------------------------------


def as_name(text: str) -> str | None:
    """A company's or person's name."""
    name = clean_name(text)
    return name if len(name) >= 2 and any("\u4e00" <= c <= "\u9fff" for c in name) else None


def as_prose(text: str) -> str | None:
    """Running text as printed, blanks between Chinese characters taken out."""
    plain = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.strip(" :：;；_|"))
    return plain or None


def as_date(text: str) -> str | None:
    found = parse_date(text)
    return found.isoformat() if found else None


def as_uscc(text: str) -> str | None:
    code = normal_id(text)
    return code if len(code) in (15, 18, 20) else None


def as_id(text: str) -> str | None:
    plain = "".join(narrow(text).split()).strip(":：;；.。_")
    return paired_year(plain) or None


_LONG_FRACTION = re.compile(r"[¥￥]?(-?)(\d{1,3}(?:[,，]\d{3})*|\d+)[.．](\d{3,8})")
"""Thousands with commas and a long fraction: 万元 to the cent has six decimals (``2,015.041913``)."""


def as_money(unit: str) -> Parser:
    """Amounts in yuan, read in ``unit`` unless the amount names its own."""

    def parse(text: str) -> str | None:
        long = _LONG_FRACTION.fullmatch(squash(text)) if unit != "元" else None
        worth = unit_worth(unit)
        if long is not None and worth is not None:
            return money_text(Decimal(f"{long[1]}{re.sub('[,，]', '', long[2])}.{long[3]}") * worth)
        found = parse_money(text, unit=unit)
        return money_text(found) if found is not None else None

    return parse
