"""The invented market is large, coherent, and clean of words that make a purchase ineligible."""

from __future__ import annotations

from samples.catalogue import CITIES, COMMON_GROUPS, GOODS, IMPORTS, INDUSTRIES, SELLERS
from samples.world.company import seller_party, sellers_of

INELIGIBLE = ("餐饮", "食品", "住宿", "旅游", "礼品", "烟", "酒", "土地", "房产", "租金", "物业", "办公", "打印机", "手机", "耗材", "保养", "培训", "咨询", "二手", "旧", "翻新")


def test_the_market_is_large() -> None:
    assert len({g.name for g in GOODS}) == len(GOODS) >= 120
    assert len({s.name for s in SELLERS}) == len(SELLERS) >= 40
    assert len({CITIES[s.city].place for s in SELLERS}) >= 6


def test_every_good_has_sellers_and_every_trade_has_goods() -> None:
    groups = {g.group for g in GOODS}
    for group in groups:
        assert len(sellers_of(group)) >= 2, group
    assert sellers_of("fixture", small=True) and all(sellers_of(g, shenzhen=True) for g in ("fixture", "test", "utility"))
    for industry in INDUSTRIES:
        assert set(industry.groups) <= groups and any(g.group in (*industry.groups, *COMMON_GROUPS) for g in IMPORTS)


def test_nothing_on_sale_is_ineligible() -> None:
    for good in (*GOODS, *IMPORTS):
        assert not any(word in good.name for word in INELIGIBLE), good.name
        good.name.encode("gb2312")


def test_trades_have_classes_of_manufacturing() -> None:
    assert len({i.code for i in INDUSTRIES}) == len(INDUSTRIES)
    assert all(len(i.code) == 4 and 13 <= int(i.code[:2]) <= 43 for i in INDUSTRIES)


def test_a_seller_is_the_same_everywhere() -> None:
    assert seller_party(SELLERS[0]).uscc == seller_party(SELLERS[0]).uscc
    assert len({seller_party(s).uscc for s in SELLERS}) == len(SELLERS)
    assert all(seller_party(s).uscc[2:6] == CITIES[s.city].area[:4] for s in SELLERS)
