"""大写金额 → Decimal yuan (支付结算办法 附一; rule-book B.1.4).

The grammar is walked with a strict order of units. What the scan blurs but cannot change the number is forgiven
(spaces, 圆/园 for 元, 正 for 整, traditional and everyday forms); everything else gives None: a wrong amount is worse
than none.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values import narrow

_DIGITS = {char: value for value, chars in enumerate(
    ("零〇", "壹一弌", "贰贰二貳弍", "叁三參叄弎", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")) for char in chars}  # fmt: skip
_SMALL = {"拾": 10, "十": 10, "佰": 100, "百": 100, "陌": 100, "仟": 1000, "千": 1000}
_MYRIADS = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
_YUAN = "元圆圓园員"
_NOISE = re.compile(r"[\s:：,，.。*|_⊗⓪○◎@§&®©×xX]+")
_PREFIX = re.compile(r"^(?:价税合计|合计|总计|金额|人民币|RMB|大写|[()（）]|[⊗ⓧ⊕])+")


def _section(text: str, *, leading: bool) -> int | None:
    """A number below ten thousand. ``leading`` sections may begin with 拾 (拾万 for 壹拾万)."""
    total, last_unit, digit, zero = 0, 10_000, None, False
    for place, char in enumerate(text):
        if char in _DIGITS:
            value = _DIGITS[char]
            if value == 0:
                if zero or digit is not None:
                    return None
                zero = True
            else:
                if digit is not None:
                    return None
                digit = value
        else:
            unit = _SMALL.get(char, 0)
            if not unit:
                return None
            if digit is None:
                if unit == 10 and place == 0 and leading:
                    digit = 1
                else:
                    return None
            # A skipped place must be spoken as 零 (壹仟零伍拾); the first place of a section is free.
            if unit >= last_unit or (total and last_unit // unit > 10 and not zero):
                return None
            total, last_unit, digit, zero = total + digit * unit, unit, None, False
    if digit is not None:
        if total and last_unit > 10 and not zero:
            return None
        total += digit
    elif zero and not total:
        return 0 if text in ("零", "〇") else None
    return total


def _whole(text: str) -> int | None:
    """The yuan part."""
    if text in ("零", "〇"):
        return 0
    total, last, rest, first = 0, 10**12, text, True
    for names, worth in (("亿億", 10**8), ("万萬", 10**4), ("", 1)):
        if names:
            places = [i for i, char in enumerate(rest) if char in names]
            if not places:
                continue
            if len(places) > 1:
                return None
            head, rest = rest[: places[0]], rest[places[0] + 1 :]
        else:
            head, rest = rest, ""
            if not head:
                break
        value = _section(head, leading=first)
        # 壹拾万零 before 元: a closing 零 is allowed and says nothing.
        if value is None and head.endswith(("零", "〇")):
            value = _section(head[:-1], leading=first)
        if value is None and head in ("零", "〇") and not first:
            value = 0
        if value is not None and not first and value < 1000 and not head.startswith(("零", "〇")):
            return None  # 壹万伍元: 零 is owed for the missing 仟, so a character was lost here
        if value is None or (value == 0 and names) or worth >= last:
            return None
        total, last, first = total + value * worth, worth, False
    return None if rest or first else total


def parse_capital(text: str) -> Decimal | None:
    """Yuan, or None when the text is no capital amount, is cut off, or can be read in two ways.

    A minus is written （负数） or 负. An amount ending in 元 must say 整 or 正 only by rule, not in practice: 元 alone is
    accepted, a missing 元 is not (the amount may be cut off).
    """
    plain = narrow(text)
    negative = "负" in plain or "負" in plain
    plain = re.sub(r"[（(]?[负負]数?[）)]?", "", plain)
    plain = _NOISE.sub("", plain)
    plain = re.sub(r"[（(]?大写[）)]?", "", plain)
    plain = _PREFIX.sub("", plain)
    hit = re.fullmatch(rf"(?:(?P<yuan>[^{_YUAN}角分整正]+)[{_YUAN}])?(?P<tail>[^{_YUAN}整正]*)(?P<end>[整正])?", plain)
    if hit is None or not plain:
        return None
    known = set(_DIGITS) | set(_SMALL) | set(_MYRIADS)
    yuan = 0
    if hit["yuan"] is not None:
        if set(hit["yuan"]) - known:
            return None
        whole = _whole(hit["yuan"])
        if whole is None:
            return None
        yuan = whole
    digit = "[" + "".join(c for c, v in _DIGITS.items() if v) + "]"
    tail = re.fullmatch(rf"零?(?:(?P<jiao>{digit}|零(?=角))角)?(?P<gap>零)?(?:(?P<fen>{digit}|零(?=分))分)?", hit["tail"] or "")
    if tail is None or (hit["yuan"] is None and not tail["jiao"] and not tail["fen"]):
        return None
    jiao = _DIGITS[tail["jiao"]] if tail["jiao"] else 0
    fen = _DIGITS[tail["fen"]] if tail["fen"] else 0
    if fen and hit["yuan"] is not None and not tail["jiao"] and "零" not in (hit["tail"] or ""):
        return None  # 叁佰元肆分: by rule 零 stands for the missing 角, so a character was lost here
    value = Decimal(yuan) + Decimal(jiao) / 10 + Decimal(fen) / 100
    return -value.quantize(Decimal("0.01")) if negative else value.quantize(Decimal("0.01"))


def find_capital(text: str) -> tuple[Decimal, int, int] | None:
    """The longest capital amount inside ``text`` with its span, e.g. in ``价税合计（大写）⊗壹佰圆整 （小写）¥100.00``."""
    chars = "".join(set(_DIGITS) | set(_SMALL) | set(_MYRIADS)) + _YUAN + "角分整正"
    best: tuple[Decimal, int, int] | None = None
    for hit in re.finditer(rf"(?:[（(]?[负負]数?[）)]?\s*)?[{chars}](?:\s*[{chars}])+", narrow(text)):
        value = parse_capital(hit[0])
        if (
            value is not None
            and any(c in _YUAN + "角分" for c in hit[0])
            and (best is None or hit.end() - hit.start() > best[2] - best[1])
        ):
            best = (value, hit.start(), hit.end())
    return best
