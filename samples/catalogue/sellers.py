"""Invented sellers: the market in which the applicants buy. The same seller has the same code, bank and address in every world."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seller:
    """``city`` keys :data:`CITIES`; ``small`` sellers are 小规模纳税人 whose invoices a tax office issues (代开)."""

    name: str
    city: str
    groups: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True)
class City:
    """``area`` begins the USCC, ``invoice_area`` the invoice code; ``place`` stands in the printed 监制章."""

    area: str
    invoice_area: str
    place: str
    dialling: str
    district: str
    streets: tuple[str, ...]


CITIES: dict[str, City] = {
    "深圳": City("440300", "4403", "深圳市", "0755", "深圳市", ("宝安区福海街道新和路", "龙岗区坪地街道富乐路", "光明区马田街道将石路", "南山区西丽街道留仙路", "坪山区坑梓街道秀新路", "龙华区观澜街道库坑路")),
    "东莞": City("441900", "4400", "广东省", "0769", "东莞市", ("长安镇上沙社区新春路", "虎门镇怀德社区怀林路", "松山湖园区科技四路", "塘厦镇石潭浦莲湖路")),
    "广州": City("440112", "4400", "广东省", "020", "广州市", ("黄埔区科学大道", "番禺区石楼镇潮田路", "增城区新塘镇太平路")),
    "佛山": City("440606", "4400", "广东省", "0757", "佛山市", ("顺德区大良街道五沙路", "南海区狮山镇科韵路")),
    "惠州": City("441302", "4400", "广东省", "0752", "惠州市", ("惠城区水口街道东江路", "仲恺高新区惠风路")),
    "珠海": City("440402", "4400", "广东省", "0756", "珠海市", ("香洲区南屏镇屏北路",)),
    "苏州": City("320505", "3200", "江苏省", "0512", "苏州市", ("高新区鹿山路", "吴中区木渎镇珠江路", "昆山市玉山镇晨丰路")),
    "无锡": City("320214", "3200", "江苏省", "0510", "无锡市", ("新吴区梅村街道锡达路", "滨湖区胡埭镇刘闾路")),
    "南京": City("320115", "3200", "江苏省", "025", "南京市", ("江宁区秣陵街道诚信大道",)),
    "上海": City("310115", "3100", "上海市", "021", "上海市", ("浦东新区金藏路", "嘉定区安亭镇园汽路", "松江区新桥镇新效路")),
    "杭州": City("330108", "3300", "浙江省", "0571", "杭州市", ("滨江区滨文路", "余杭区仓前街道绿汀路")),
    "宁波": City("330205", "3302", "宁波市", "0574", "宁波市", ("江北区慈城镇庆丰路",)),
    "北京": City("110302", "1100", "北京市", "010", "北京市", ("大兴区亦庄景园北街", "昌平区沙河镇昌平路")),
    "武汉": City("420111", "4200", "湖北省", "027", "武汉市", ("洪山区书城路", "东湖高新区流芳园路")),
    "西安": City("610131", "6100", "陕西省", "029", "西安市", ("高新区锦业二路",)),
    "成都": City("510107", "5100", "四川省", "028", "成都市", ("武侯区武科东二路",)),
    "厦门": City("350205", "3502", "厦门市", "0592", "厦门市", ("海沧区翁角路",)),
    "济南": City("370112", "3700", "山东省", "0531", "济南市", ("历城区飞跃大道",)),
}  # fmt: skip

SELLERS: tuple[Seller, ...] = (
    Seller("深圳市屹朔精密自动化有限公司", "深圳", ("robot", "smt", "fixture")),
    Seller("深圳市朗筑弘净化工程有限公司", "深圳", ("works", "plant")),
    Seller("深圳市云栈汇软件有限公司", "深圳", ("software", "service")),
    Seller("深圳市恒瑾达物流装备有限公司", "深圳", ("logistics",)),
    Seller("深圳市骏阖仪器设备有限公司", "深圳", ("test", "fixture")),
    Seller("深圳市昱珩激光设备有限公司", "深圳", ("laser",)),
    Seller("深圳市霁砺机床有限公司", "深圳", ("machining", "fixture")),
    Seller("深圳市沐钰电池装备有限公司", "深圳", ("battery",)),
    Seller("深圳市铭垣塑胶机械有限公司", "深圳", ("injection",)),
    Seller("深圳市晟栎印刷设备有限公司", "深圳", ("print", "fixture")),
    Seller("深圳市炜岑医疗装备有限公司", "深圳", ("medical",)),
    Seller("深圳市翰屿缝制设备有限公司", "深圳", ("garment",)),
    Seller("深圳市畅珩机电有限公司", "深圳", ("utility", "fixture")),
    Seller("深圳市承砚信息技术有限公司", "深圳", ("software", "service")),
    Seller("深圳市怀朔建设工程有限公司", "深圳", ("works", "plant")),
    Seller("深圳市奕枫治具有限公司", "深圳", ("fixture",)),
    Seller("深圳市榕峻五金工具有限公司", "深圳", ("fixture",)),
    Seller("深圳市蔚嵘检测仪器有限公司", "深圳", ("test",)),
    Seller("东莞市拓砺机电设备有限公司", "东莞", ("machining",)),
    Seller("东莞市启岑真空设备有限公司", "东莞", ("utility", "medical")),
    Seller("东莞市凌砥自动化设备有限公司", "东莞", ("robot", "fixture")),
    Seller("东莞市湛屿塑料机械有限公司", "东莞", ("injection",)),
    Seller("东莞市朔桁仓储设备有限公司", "东莞", ("logistics",)),
    Seller("东莞市钰琨包装机械有限公司", "东莞", ("print",)),
    Seller("广州砚川智能科技有限公司", "广州", ("robot", "laser")),
    Seller("广州岳桐试验设备有限公司", "广州", ("test",)),
    Seller("广州宸漪净化科技有限公司", "广州", ("works", "utility")),
    Seller("佛山市峥楠数控机床有限公司", "佛山", ("machining",)),
    Seller("佛山市筠岫环保设备有限公司", "佛山", ("utility",)),
    Seller("惠州市沣砺锂电设备有限公司", "惠州", ("battery",)),
    Seller("珠海璞岳印务机械有限公司", "珠海", ("print",)),
    Seller("苏州谦衡电子装备有限公司", "苏州", ("smt",)),
    Seller("苏州烁珩半导体设备有限公司", "苏州", ("smt", "test")),
    Seller("无锡谨砺智能装备有限公司", "无锡", ("battery", "robot")),
    Seller("无锡茗岑精工机械有限公司", "无锡", ("machining",)),
    Seller("南京澍铎工业软件有限公司", "南京", ("software", "service")),
    Seller("上海岚桁测试技术有限公司", "上海", ("test",)),
    Seller("上海霖垣工业机器人有限公司", "上海", ("robot",)),
    Seller("上海曜枢医疗科技有限公司", "上海", ("medical",)),
    Seller("杭州泓栩服装智能设备有限公司", "杭州", ("garment",)),
    Seller("宁波景舫塑机有限公司", "宁波", ("injection",)),
    Seller("北京翊澜信息系统有限公司", "北京", ("software",)),
    Seller("武汉煦泽激光科技有限公司", "武汉", ("laser",)),
    Seller("西安骁峻动力设备有限公司", "西安", ("utility",)),
    Seller("成都栩铎仪器有限公司", "成都", ("test",)),
    Seller("厦门泽煜电子设备有限公司", "厦门", ("smt",)),
    Seller("济南嵘昊数控装备有限公司", "济南", ("machining", "logistics")),
    Seller("深圳市钧霆五金制品厂", "深圳", ("fixture",), small=True),
    Seller("深圳市昶珉工装夹具有限公司", "深圳", ("fixture",), small=True),
    Seller("深圳市岱砺自动化配件有限公司", "深圳", ("fixture",), small=True),
    Seller("东莞市渝砺机械配件经营部", "东莞", ("fixture",), small=True),
)  # fmt: skip

SELLER_BANKS = ("中国建设银行", "中国农业银行", "中国银行", "中国工商银行", "招商银行", "平安银行", "交通银行", "中信银行")
