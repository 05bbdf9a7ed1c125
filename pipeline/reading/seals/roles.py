"""What a seal is for, from its shape and what is written on it (SEALS.md section 5.5; contract, Seal.role)."""

from __future__ import annotations

import re

from pipeline.model.reading import SealRole
from pipeline.reading.seals.ring import chinese

PRINTED_WORDS = ("监制", "统一发票")
AUTHORITY = re.compile(
    r"税务[总分]?局|税务所|监督管理局|工商行政|信息化局|海关|财政局|财政厅|发展和改革|人民政府|人力资源|管理委员会|公安局"
    r"|科技创新委员会|经济贸易|社会保险|公证处|住房和建设|生态环境局|市场和质量|局(?:第.{1,3}分局)?$|厅$|委员会$"
)
FIRM = re.compile(r"会计师事务|会计事务所|师事务所.{0,6}$")
ORGANISATION = re.compile(
    r"公司|企业|厂|集团|研究院|研究所|大学|学院|学校|医院|商行|经营部|合作社|银行|支行|分行|中心|协会|店$|社$|部$"
)
OWN_SEAL = ("公章", "骑缝章")
WORD_ROLES: tuple[tuple[str, SealRole], ...] = (
    ("发票", "invoice"),
    ("财务", "finance"),
    ("合同", "contract"),
)


def role_of(ring: str, word: str, *, round_: bool, word_unread: bool, numbered: bool) -> SealRole:
    """The role of a round or oval seal. ``word_unread``: something is written under the star but could not be read; then
    a company's seal may be a 合同专用章 as well as a 公章, and ``unknown`` is the honest answer. ``numbered``: a tax number
    stands across the middle, which on an oval is the prescribed form of the 发票专用章 (税务总局公告2011年第7号)."""
    whole = ring + word
    if any(w in whole for w in PRINTED_WORDS):
        return "printed"
    for mark, role in WORD_ROLES:
        if mark in word or f"{mark}专用" in ring or (mark in ring and "专用章" in whole):
            return role
    if word and word not in OWN_SEAL:
        # A seal for one purpose that has no role of its own in the contract, or a word half read: never a 公章. The office
        # may still be a known one.
        return "authority" if AUTHORITY.search(ring) and "公司" not in ring else "unknown"
    if numbered and not round_ and not word:
        return "invoice"
    if FIRM.search(ring):
        return "firm"
    if AUTHORITY.search(ring) and "公司" not in ring:
        return "authority"
    if word_unread or not round_:
        return "unknown"
    if ORGANISATION.search(ring) and chinese(ring) >= 4:
        return "company"
    return "unknown"


def square_role(text: str) -> SealRole:
    """A square seal is a person's name seal unless it says otherwise."""
    for mark, role in WORD_ROLES:
        if mark in text:
            return role
    return "unknown" if "公司" in text or "专用" in text else "legal_person"
