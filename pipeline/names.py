"""Company names as they stand on seals: whose seal is it? Pure text, no pixels; extractors and rules may both use it.

A ring is read from an unknown start, so the text is laid out twice and the name is looked for in it. Aligned characters weigh
by their rarity: 有限公司, the city and the trade are shared by thousands of companies and prove nothing, the two or three
characters of the 字号 prove nearly everything. Plain ``partial_ratio`` lets other companies reach .76 (95th percentile);
the weighted score keeps them under .35 (SEALS.md section 2)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

OWNER_SURE = 0.95
"""From here on a seal may pass alone: 80 % of the right ones do, no one-character impostor did (SEALS.md section 2)."""
OWNER_FOREIGN = 0.35
"""Under this a legible text is somebody else's: 98 % of other names, 1.4 % of the right ones."""
OWNER_LEAST = 0.5
"""An owner is not chosen among the parties below this, however far behind the others are."""
OWNER_MARGIN = 0.25
"""Lead over the next party (SEALS.md 5.8: 104 right, 0 wrong, 3 undecided)."""

_SHARES: tuple[tuple[str, float], ...] = (
    ("有限公司", 0.95),
    ("股份责任", 0.15),
    ("集团分总支行店厂所中心部院校局社处会", 0.06),
    ("深圳市", 0.45),
    ("广东东莞佛山州惠珠海门", 0.06),
    ("北京上天津重庆江苏浙安徽福建湖南河四川省", 0.05),
    ("杭宁波无锡常合肥厦长沙郑青岛济武汉成都西昆明大连沈阳", 0.025),
    ("中国华", 0.06),
    ("科技", 0.35),
    ("电子信息", 0.12),
    ("工业实", 0.10),
    ("设备机械精密制造自动化器", 0.06),
    ("商贸易发展", 0.08),
    ("网络软件系统数据智能", 0.05),
    ("生物医疗药", 0.04),
    ("材料新能源环保光半导体", 0.04),
    ("工程建设筑装饰服务管理咨询投资", 0.04),
    ("食品纺织塑胶五金模具包装印刷电气汽车零通讯", 0.03),
    ("会计师事务税务监督管理市场局", 0.02),
    ("鑫瑞德信诚达通和远博创慧云飞鸿星宇凯金美佳丰茂永昌隆祥安顺荣富强泰盛嘉润兴恒元亿万源海龙", 0.02),
)
"""What share of company names holds a character: round figures set by hand from the make-up of Chinese company names (place,
字号, trade, form of company; 企业名称登记管理规定 articles 6–8), checked against the behaviour in SEALS.md section 2. Only the
order of magnitude matters. A character takes the largest share of the groups that it stands in."""
_OTHER_SHARE = 0.004
_FLOOR = 0.3
"""Even 公司 counts a little, so that a name made of common characters alone has a weight at all."""

_WEIGHT: dict[str, float] = {}
for _group, _share in _SHARES:
    for _ch in _group:
        _WEIGHT[_ch] = min(_WEIGHT.get(_ch, 99.0), math.log(1 / _share) + _FLOOR)
_OTHER_WEIGHT = math.log(1 / _OTHER_SHARE) + _FLOOR

_LONG_TAIL = 3
_PURPOSE = re.compile(r"(?:合同|财务|发票|业务|报关|采购|投标|人事|项目|电子)(?:专用)?章?(?:[(（]?[0-9]{1,2}[)）]?)?$|公章$")
"""What a seal is for says nothing about whose it is."""
_MAX_TEXT = 200
"""Characters looked at; a name has at most some 60."""


def plain_name(text: str) -> str:
    """A name reduced to what identifies it: full-width forms folded, everything but letters, digits and Chinese dropped."""
    folded = unicodedata.normalize("NFKC", text[:_MAX_TEXT]).upper()
    return "".join(ch for ch in folded if ch.isalnum())


def character_weight(ch: str) -> float:
    """How much one character tells about a company, from .35 (公) to 5.8 (a rare one)."""
    return _WEIGHT.get(ch, _OTHER_WEIGHT)


def owner_score(name: str, text: str) -> float:
    """How well ``text``, read from a seal, carries ``name``: 0 … 1, rarity-weighted.

    ``text`` may begin anywhere in the ring and may hold further words separated by blanks (number, 专用章); each word
    is tried. Characters of the seal that stand inside the name without belonging to it count against it, so that
    深圳市华强电子科技有限公司 does not pass for 深圳市华强科技有限公司. Empty input scores 0.
    """
    wanted = plain_name(name)
    if not wanted:
        return 0.0
    words = [w for w in (plain_name(part) for part in text.split()) if w]
    return max((_aligned(wanted, word) for word in words), default=0.0)


def owner_among(text: str, parties: Sequence[str]) -> tuple[str | None, float]:
    """The party whose seal this is and its score, or ``(None, best score)`` when no party leads by ``OWNER_MARGIN`` with at
    least ``OWNER_LEAST``. Names that differ only in width or punctuation count as one party."""
    scores: dict[str, tuple[float, str]] = {}
    for party in parties:
        key = plain_name(party)
        if key and key not in scores:
            scores[key] = (owner_score(party, text), party)
    ranked = sorted(scores.values(), key=lambda s: -s[0])
    if not ranked:
        return None, 0.0
    best, party = ranked[0]
    following = ranked[1][0] if len(ranked) > 1 else 0.0
    if best < OWNER_LEAST or best - following < OWNER_MARGIN:
        return None, best
    return party, best


def _aligned(name: str, word: str) -> float:
    word = _PURPOSE.sub("", word) or word
    starts = {0}
    twice = word * 2
    if len(twice) >= len(name):
        match = fuzz.partial_ratio_alignment(name, twice)
        if match is not None:
            starts |= {(match.dest_start - back) % len(word) for back in (0, 1)}
    return max(_score(name, word[s:] + word[:s]) for s in starts)


def _score(name: str, laid: str) -> float:
    """Weight of the characters of ``name`` found in order in ``laid``, over the weight of the name and of the strangers.
    Strangers between its characters count in full; before and after it, from ``_LONG_TAIL`` Chinese characters on, by half
    (another office's or a branch's words; less than that is a misread code)."""
    found = within = pending = 0.0
    outside = ""
    waiting = ""
    for op in Levenshtein.opcodes(name, laid):
        if op.tag == "equal":
            if found:
                within += pending
            else:
                outside += waiting
            pending, waiting = 0.0, ""
            found += sum(character_weight(ch) for ch in name[op.src_start : op.src_end])
        elif op.tag == "insert":
            waiting += laid[op.dest_start : op.dest_end]
            pending += sum(character_weight(ch) for ch in laid[op.dest_start : op.dest_end])
    strange = [ch for ch in outside + waiting if "\u4e00" <= ch <= "\u9fff"]
    if len(strange) >= _LONG_TAIL:
        within += 0.5 * sum(character_weight(ch) for ch in strange)
    return found / (sum(character_weight(ch) for ch in name) + within)
