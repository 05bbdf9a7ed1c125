"""Buyer and seller of an invoice: names and taxpayer ids, told apart by their blocks, recognised by what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.identifiers import find_tax_ids, is_tax_id, normal_id, same_taxpayer
from extractors.layout import Run, find_in_row
from extractors.values import clean_name, squash
from extractors.vat_invoice_frame import Frame
from extractors.vat_invoice_heading import print_sighting
from extractors.witness import Sighting
from pipeline.model import PageEvidence, SealMark

ID_LABELS = ("统一社会信用代码/纳税人识别号", "纳税人识别号", "社会信用代码")
OTHER_LABELS = ("地址、电话", "地址电话", "开户行及账号", "开户行及帐号", "购买方", "销售方", "密码区", "备注", "规格型号")
_LABEL_WORDS = re.compile(
    r"^(名称|名|称|纳税人识别号|识别号|地址|电话|地址、?电话|开户行及[账帐]号|[购买销售货方单位密码区备注信息]{1,4}|统一社会信用代码.*)[:：;；]*$"
)
_COMPANY = re.compile(r"(公司|厂|店|所|部|中心|行|院|校|大学|局|会|社|站|馆|个人|集团|企业|合作社|餐厅|酒店|医院|学校|经营部)$")
_BANK = re.compile(r"银行|支行|分行|信用社|农行|工行|建行|中行|交行|招行|营业部|开户|[账帐]号")

Side = Literal["buyer", "seller"]


@dataclass(frozen=True)
class Party:
    """What the block says. ``blank_*`` tells that the label is there and its space empty."""

    names: tuple[Sighting, ...]
    ids: tuple[Sighting, ...]
    blank_name: bool
    blank_id: bool


def party(frame: Frame, side: Side) -> Party:
    """The block's witnesses: print first, then derived ones; the seal's text is added for the seller."""
    rows = _block(frame, side)
    reach = 0.075 * frame.size
    ids, id_label = _ids(rows, reach)
    names, name_label = _names(rows, reach)
    if side == "seller":
        ids = [*ids, *_seal_ids(frame, ids)]
        names = [*names, *_seal_names(frame, names)]
    ids = [*ids, *check_digits(ids)]
    return Party(tuple(names), tuple(ids), name_label and not names, id_label and not ids)


def _block(frame: Frame, side: Side) -> list[Run]:
    if frame.side_by_side:
        left, right = (-1.0, 0.5) if side == "buyer" else (0.5, 2.0)
        return frame.within(frame.top + 0.12 * frame.size, frame.head_end, left, right)
    if side == "buyer":
        return frame.within(frame.top + 0.12 * frame.size, frame.head_end, -1.0, frame.divider)
    return frame.within(frame.capital_level + 0.005 * frame.size, frame.foot, -1.0, frame.divider)


def _ids(rows: Sequence[Run], reach: float) -> tuple[list[Sighting], bool]:
    """Id-shaped runs, the one nearest to its label first; account and phone numbers are passed over."""
    labels: list[Run] = []
    found: list[tuple[float, Sighting]] = []
    for row in rows:
        for name in ID_LABELS:
            hits = find_in_row(row, name, least=0.8)
            if hits:
                labels.append(row.cut(*hits[0][:2]))
                break
    for row in rows:
        for piece in row.pieces:
            labelled = any(find_in_row(Run((piece,)), name, least=0.8) for name in ID_LABELS)
            for value, start, end in find_tax_ids(piece.text):
                rest = squash(piece.text[:start] + piece.text[end:])
                if not labelled and (rest.strip(":：;；.") or (_BANK.search(squash(row.text)) and not is_tax_id(value))):
                    continue
                run = Run((piece.cut(start, end),))
                y = (run.box[1] + run.box[3]) / 2
                away = min((abs(y - (b.box[1] + b.box[3]) / 2) for b in labels), default=0.05)
                if away > reach:
                    continue
                found.append((0.0 if labelled else away, print_sighting(run, normal_id(value))))
    found.sort(key=lambda item: item[0])
    return [sighting for _, sighting in found[:1]], bool(labels)


def _names(rows: Sequence[Run], reach: float) -> tuple[list[Sighting], bool]:
    """The text beside 名称; when the print is shifted, the nearest text in the block that looks like a name."""
    label: Run | None = None
    for row in rows:
        for start, end, _ in find_in_row(row, "名称"):
            if re.search(r"(服务|项目|货物)$", squash(row.text[:start])):
                continue
            label = label or row.cut(start, end)
            rest = row.cut(end, len(row.text))
            for other in (*ID_LABELS, *OTHER_LABELS):
                for stop, _, _ in find_in_row(rest, other, least=0.9):
                    rest = rest.cut(0, min(stop, len(rest.text)))
            rest = rest.trimmed(" \u3000:：;；|")
            if _like_a_name(rest.text):
                return [print_sighting(rest, clean_name(rest.text))], True
    if label is None:
        return _nameless(rows), False
    y0 = (label.box[1] + label.box[3]) / 2
    nearby: list[tuple[float, Run]] = []
    for row in rows:
        for piece in row.pieces:
            if piece.box[0] < label.box[2] - 0.01 or not _like_a_name(piece.text):
                continue
            away = abs(piece.cy - y0)
            if away < reach:
                nearby.append((away, Run((piece.trimmed(),))))
    if not nearby:
        return [], True
    nearby.sort(key=lambda item: (not _COMPANY.search(squash(item[1].text)), item[0]))
    run = nearby[0][1]
    return [print_sighting(run, clean_name(run.text))], True


def _nameless(rows: Sequence[Run]) -> list[Sighting]:
    """Without a legible label the uppermost company name of the block may be meant: shown, but never as certain."""
    for row in rows:
        for piece in row.pieces:
            plain = squash(piece.text)
            if _like_a_name(plain) and _COMPANY.search(plain) and len(plain) >= 4 and not _BANK.search(plain):
                run = Run((piece.trimmed(),))
                return [print_sighting(run, clean_name(run.text), confidence=min(run.confidence, 0.6))]
    return []


def _like_a_name(text: str) -> bool:
    plain = squash(text)
    if len(plain) < 2 or len(plain) > 60 or _LABEL_WORDS.match(plain):
        return False
    if re.search(r"\d{6,}|[<>*+=]{2,}", plain) or re.search(r"\d{3,4}-\d{7,8}", plain):
        return False
    if find_tax_ids(plain) or re.match(r"(地址|电话|开户行|纳税人|识别号|收款人|复核|开票人)", plain):
        return False
    if re.search(r"(支行|分行|银行营业部)\d*$", plain):
        return False
    return bool(re.search(r"[一-鿿]|[A-Za-z]{3}", plain))


def check_digits(ids: Sequence[Sighting]) -> list[Sighting]:
    """What the check digits say of the printed id: support for a fitting one, doubt for a failing 18-character one.

    Old 15-digit ids were also issued without an organisation code, so a failure there says nothing.
    """
    printed = next((s for s in ids if s.source != "seal"), None)
    if printed is None:
        return []
    if is_tax_id(printed.value):
        return [Sighting("check_digit", printed.value, printed.evidence, group="check_digit")]
    if len(printed.value) == 18:
        return [Sighting("check_digit", "", printed.evidence, group="check_digit", doubts=True)]
    return []


def _seal_texts(frame: Frame) -> list[tuple[str, PageEvidence, float]]:
    """Texts of the seals below the totals, and OCR lines in the lower right, where the seller's seal is struck."""
    found: list[tuple[str, PageEvidence, float]] = []
    low: list[SealMark] = [
        s for s in frame.page.reading.seals if (s.box[1] + s.box[3]) / 2 > frame.capital_level and s.role != "printed"
    ]
    for seal in low:
        if seal.text:
            page = frame.page
            found.append(
                (seal.text, PageEvidence(file=page.file, page=page.index, box=seal.box, text=seal.text), seal.confidence)
            )
    if not frame.side_by_side:
        lower = (p for p in frame.pieces() if frame.level(p) > frame.capital_level and p.box[0] > frame.divider)
        found += [(p.text, p.evidence(), p.confidence) for p in lower if not re.search("备注|校验码|号码|代码", p.text)]
    return found


def _seal_ids(frame: Frame, printed: Sequence[Sighting]) -> list[Sighting]:
    """The seal's id counts when it equals the printed one (or is its old form), or when its own check digits vouch for
    it: anything else on a seal is too often misread to speak."""
    found: list[Sighting] = []
    for text, evidence, confidence in _seal_texts(frame):
        for value in (hit[0] for word in re.split(r"[^0-9A-Za-z]+", text) for hit in find_tax_ids(word)):
            same = next((s for s in printed if same_taxpayer(s.value, value)), None)
            if same is not None:
                found.append(Sighting("seal", same.value, evidence, raw=value, confidence=max(confidence, 0.9), group="seal"))
            elif is_tax_id(value) and confidence >= 0.9 and len(value) == 18:
                found.append(Sighting("seal", value, evidence, raw=value, confidence=confidence, group="seal"))
    unique: dict[str, Sighting] = {}
    for sighting in found:
        unique.setdefault(sighting.value, sighting)
    return list(unique.values())[:2]


_LOOKALIKES = tuple(map(frozenset, (
    "自白目日曰", "己已巳", "未末来", "土士", "人入八", "千干于", "天夫", "大太犬", "王玉主", "申甲由田", "贝见", "鸟乌", "今令", "侯候", "戊戌",
    "晴睛", "杨扬", "折拆", "宏宠", "鑫淼", "力刀", "古吉舌", "永水", "木本", "博傅", "恒桓", "佳住", "泰秦", "圣至", "晨展", "汇江", "昌冒", "洁诘",
)))  # fmt: skip
"""Characters that engines and eyes confuse; one of them differing between print and seal is a doubt on the name."""


def _seal_names(frame: Frame, printed: Sequence[Sighting]) -> list[Sighting]:
    """A seal that carries the printed name letter by letter supports it; one of the same length that differs in a
    look-alike character contradicts it. Other readings of a ring say nothing here (whose seal it is gets decided among
    all parties of the submission)."""
    if not printed:
        return []
    want = _bare(printed[0].value)
    if len(want) < 5:
        return []
    for text, evidence, _ in _seal_texts(frame):
        have = _bare(text)
        if want in have:
            return [Sighting("seal", printed[0].value, evidence, raw=text, confidence=1.0, group="seal")]
    for text, evidence, confidence in _seal_texts(frame):
        name = _bare(re.split(r"\s|\d{6,}", text.strip())[0])
        if len(name) != len(want) or confidence < 0.5:
            continue
        differ = [frozenset((a, b)) for a, b in zip(want, name, strict=True) if a != b]
        if len(differ) <= 2 and any(pair <= group for pair in differ for group in _LOOKALIKES):
            return [Sighting("seal", name, evidence, raw=text, confidence=1.0, group="seal")]
    return []


def _bare(text: str) -> str:
    return re.sub(r"[()（）]", "", squash(text))
