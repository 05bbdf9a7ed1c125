"""Where applicants sit, who taxes and audits them, who lends and lets to them. Lenders, lessors and firms are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class District:
    name: str
    code: str
    """Six-digit area code of the district."""
    sites: tuple[tuple[str, str], ...]
    """(sub-district, community or road)"""


DISTRICTS: tuple[District, ...] = (
    District("宝安区", "440306", (("石岩街道", "塘坑社区"), ("福海街道", "新和社区"), ("沙井街道", "后亭社区"), ("松岗街道", "潭头社区"))),
    District("龙岗区", "440307", (("坪地街道", "四方埔社区"), ("宝龙街道", "同德社区"), ("平湖街道", "辅城坳社区"))),
    District("光明区", "440311", (("公明街道", "上村社区"), ("马田街道", "将围社区"), ("凤凰街道", "塘家社区"))),
    District("坪山区", "440310", (("坑梓街道", "秀新社区"), ("龙田街道", "竹坑社区"))),
    District("龙华区", "440309", (("观澜街道", "库坑社区"), ("福城街道", "茜坑社区"), ("大浪街道", "浪口社区"))),
    District("南山区", "440305", (("西丽街道", "白芒社区"), ("桃源街道", "福光社区"))),
)
FIRMS: tuple[tuple[str, str, str], ...] = (
    ("深圳衡垣会计师事务所（普通合伙）", "衡", "深圳市福田区深南中路垣汇大厦19层"),
    ("深圳正岳联合会计师事务所（普通合伙）", "正", "深圳市罗湖区人民南路岳城广场2107室"),
    ("深圳信渊会计师事务所（普通合伙）", "信", "深圳市南山区南海大道渊海大厦12层"),
    ("深圳博砺会计师事务所（普通合伙）", "博", "深圳市宝安区新安街道砺德大厦806室"),
    ("澄岳会计师事务所（特殊普通合伙）深圳分所", "澄", "深圳市福田区福华一路澄岳中心31层"),
)  # fmt: skip
BIG_FIRM = ("澄岳会计师事务所（特殊普通合伙）", "澄岳", "北京市朝阳区望岳东路8号澄岳大厦")
APPLICANT_BANKS = ("中国工商银行", "中国银行", "招商银行", "中国建设银行", "平安银行")
LENDERS: tuple[tuple[str, str], ...] = (
    ("鹏屿银行股份有限公司深圳{d}支行", "深圳市{d}区"), ("岭衡银行股份有限公司深圳分行", "深圳市福田区"), ("澜湾商业银行股份有限公司深圳{d}支行", "深圳市{d}区"),
)  # fmt: skip
LESSORS: tuple[tuple[str, str, str, str], ...] = (
    ("前屿国际融资租赁有限公司", "440300", "深圳市前海深港合作区前屿一路1号A栋201室", "商外资粤深外资证字〔2014〕0{n}号"),
    ("岭衡金融租赁股份有限公司", "440300", "深圳市福田区金田路衡岭大厦28层", "金融许可证M00{n}H244030001"),
    ("津澜融资租赁（天津）有限公司", "120116", "天津市滨海新区东疆保税港区澜洲路6975号", "津商务资函〔2015〕{n}号"),
)  # fmt: skip
SURNAMES = "陈林黄张李王吴刘郑何罗谢梁周徐孙朱高马胡郭曾邓彭叶苏"
GIVEN_NAMES = (
    "启明", "志远", "文慧", "国栋", "晓岚", "建辉", "雅琴", "俊杰", "海峰", "丽娟", "思源", "永康", "子墨", "淑芬", "伟强", "嘉敏", "振宇", "秀兰",
    "泽铭", "春燕", "少华", "润生", "宏达", "静怡", "学文", "燕玲", "家豪", "玉珍", "立群", "小梅", "耀东", "慧敏", "凯", "敏", "涛", "芳",
)  # fmt: skip
TRADE_SIGNS = "澄屿朗砺衡岳曜岑川弘栎辰屹泽岚朔昱珩铎霁砚峻嵘煜骁栩翊谦沣璞晟翰昊"
"""Signs from which the trade names of applicants are put together, three at a time."""
CUSTOMS_HOUSES: tuple[tuple[str, str], ...] = (("5301", "皇岗海关"), ("5304", "蛇口海关"), ("5316", "大鹏海关"))
OTHER_TRADES = ("电子", "精密五金", "塑胶制品", "包装制品", "光电", "电路科技", "智能装备", "新能源", "医疗器械", "服饰")
"""Lines of business of unrelated applicants in the ledgers."""
