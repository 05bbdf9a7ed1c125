"""Trades that applicants belong to, with classes of GB/T 4754-2017."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Industry:
    """``groups`` are the goods that its projects buy besides what every trade buys."""

    code: str
    name: str
    businesses: tuple[str, ...]
    """What stands between trade name and 有限公司."""
    products: tuple[str, ...]
    scope: str
    groups: tuple[str, ...]


INDUSTRIES: tuple[Industry, ...] = (
    Industry("3921", "通信系统设备制造", ("通信技术", "射频技术", "通信设备"), ("5G基站射频模块", "微波通信模块", "基站天线"), "通信设备、射频器件、天线", ("smt", "machining", "test")),
    Industry("3922", "通信终端设备制造", ("移动终端", "智能终端", "通讯科技"), ("智能通信终端", "物联网通信模组"), "通信终端、物联网模组、智能穿戴设备", ("smt", "test", "laser")),
    Industry("3982", "电子电路制造", ("电路科技", "线路板", "电子"), ("高密度互连电路板", "柔性电路组件"), "电子电路、柔性线路板、电子组件", ("smt", "laser", "test")),
    Industry("3562", "半导体器件专用设备制造", ("半导体设备", "微电子装备"), ("半导体封装设备", "晶圆检测设备"), "半导体器件专用设备、自动化设备及零部件", ("machining", "test", "laser")),
    Industry("3525", "模具制造", ("精密模具", "模塑科技"), ("汽车精密模具", "精密注塑模具"), "精密模具、塑胶制品、五金制品", ("machining", "injection", "test")),
    Industry("2929", "塑料零件及其他塑料制品制造", ("塑胶科技", "精密塑胶"), ("精密塑胶结构件", "医用塑胶部件"), "塑胶制品、精密结构件、模具", ("injection", "machining", "test")),
    Industry("3484", "机械零部件加工", ("精密机械", "精密制造"), ("精密机械零部件", "自动化设备精密结构件"), "精密机械零部件、五金结构件、自动化设备", ("machining", "test", "laser")),
    Industry("3841", "锂离子电池制造", ("新能源", "电池科技"), ("动力锂离子电池", "储能锂电池模组"), "锂离子电池、电池组、储能产品", ("battery", "test", "laser")),
    Industry("3849", "其他电池制造", ("能源科技", "电源技术"), ("特种电源电池组", "固态电池"), "电池、电源产品、电池材料", ("battery", "test")),
    Industry("3985", "电子专用材料制造", ("新材料", "电子材料"), ("电子封装材料", "电磁屏蔽材料"), "电子专用材料、功能薄膜、胶粘材料", ("print", "laser", "test")),
    Industry("2319", "包装装潢及其他印刷", ("包装", "印刷包装", "彩印"), ("高端彩盒包装", "环保纸制品包装"), "包装装潢印刷品、纸制品、礼盒", ("print",)),
    Industry("3581", "医疗诊断、监护及治疗设备制造", ("医疗", "医疗电子", "生物医疗"), ("多参数监护仪", "血氧监测设备"), "医疗诊断、监护及治疗设备，医用电子仪器", ("medical", "smt", "injection", "test")),
    Industry("1819", "其他机织服装制造", ("服饰", "制衣", "服装智造"), ("高端女装", "功能性户外服装"), "服装、服饰、家用纺织制成品", ("garment",)),
    Industry("4028", "电子测量仪器制造", ("仪器", "测控技术"), ("高频测试仪器", "智能测量仪表"), "电子测量仪器、仪表、测控系统", ("smt", "test", "machining")),
    Industry("4011", "工业自动控制系统装置制造", ("自动化", "控制技术"), ("工业伺服驱动器", "可编程控制器"), "工业自动控制系统装置、伺服驱动器、控制器", ("smt", "machining", "test")),
)  # fmt: skip
COMMON_GROUPS = ("robot", "logistics", "utility", "laser", "fixture")
"""What every trade buys."""
