"""``shencai doctor``: what is installed, what is missing, and what that switches off."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Literal

import psutil

from flows.cli.common import settings
from flows.cli.main import DONE, TROUBLE
from flows.cli.output import Output
from pipeline.errors import ShencaiError
from pipeline.model import Model

MEMORY_PER_WORKER_GB = 1.0


class Check(Model):
    """One line of the doctor: ``off`` means a part is switched off, ``bad`` that nothing can run."""

    name: str
    state: Literal["ok", "off", "bad"]
    text: str


def doctor_command(output: Output) -> int:
    """Exit status 1 when something is missing without which nothing runs."""
    checks = [
        _python(), _models(), _packages(), _tesseract(), _machine(), _store(), _policy(), _names(), _samples(),
    ]  # fmt: skip
    output.write([check.model_dump() for check in checks])
    marks = {"ok": "✓", "off": "○", "bad": "✗"}
    output.say(f"{marks[c.state]} {c.name}：{c.text}" for c in checks)
    return TROUBLE if any(c.state == "bad" for c in checks) else DONE


def _python() -> Check:
    return Check(name="Python", state="ok", text=sys.version.split()[0])


def _models() -> Check:
    from pipeline.reading.models import reader_version, require_models

    try:
        require_models()
    except ShencaiError as error:
        return Check(name="识别模型", state="bad", text=str(error))
    return Check(name="识别模型", state="ok", text=f"全部就位（{reader_version()}），均在安装包内，不联网")


def _packages() -> Check:
    names = ("onnxruntime", "opencv-python-headless", "prefect", "pypdfium2", "ofdkit")
    try:
        found = [f"{name} {version(name)}" for name in names]
    except PackageNotFoundError as error:
        return Check(name="软件包", state="bad", text=f"缺少 {error.name}，请重新运行 make setup")
    if _distribution("opencv-python"):
        return Check(name="软件包", state="off", text="同时装有 opencv-python 与 opencv-python-headless，卸载其一会损坏另一个；请只留后者")
    return Check(name="软件包", state="ok", text="、".join(found))


def _tesseract() -> Check:
    from pipeline.reading.second_engine import second_engine_version

    found = second_engine_version()
    if found is None:
        where = "未安装" if shutil.which("tesseract") is None else "已安装但缺少 chi_sim 语言包"
        return Check(
            name="第二识别引擎（tesseract）", state="off",
            text=f"{where}：数字串的第二次独立识别已关闭，其余照常。可运行 apt-get install tesseract-ocr tesseract-ocr-chi-sim",
        )  # fmt: skip
    return Check(name="第二识别引擎（tesseract）", state="ok", text=found)


def _machine() -> Check:
    cores = os.cpu_count() or 1
    memory = psutil.virtual_memory().total / 2**30
    workers = settings().workers or cores
    if memory < workers * MEMORY_PER_WORKER_GB:
        return Check(name="机器", state="off", text=f"{cores} 核、{memory:.0f} GB 内存，{workers} 个识别进程偏多，可设 SHENCAI_WORKERS=1")
    return Check(name="机器", state="ok", text=f"{cores} 核、{memory:.0f} GB 内存，{workers} 个识别进程")


def _store() -> Check:
    from pipeline.store import Store

    chosen = settings()
    try:
        Store(chosen.database).close()
    except (ShencaiError, OSError) as error:
        return Check(name="数据库", state="bad", text=str(error))
    return Check(name="数据库", state="ok", text=f"{chosen.data_home}")


def _policy() -> Check:
    from pipeline.policy import load_policy

    try:
        policy = load_policy(settings().policy)
    except ShencaiError as error:
        return Check(name="政策年度", state="bad", text=str(error))
    return Check(name="政策年度", state="ok", text=f"{policy.name}（{policy.sha256[:12]}）")


def _names() -> Check:
    """Our top-level names are common words; another distribution that installs one of them would shadow ours."""
    from flows.names import foreign_owners

    foreign = foreign_owners()
    if foreign:
        return Check(name="包名", state="bad", text="、".join(foreign) + " 占用了本软件的包名，请卸载或另建虚拟环境")
    return Check(name="包名", state="ok", text="没有其他软件包占用本软件的包名")


def _samples() -> Check:
    missing = [name for name in ("pylopdf_fonts_zh_cn", "segno") if find_spec(name) is None]
    if missing:
        return Check(name="样例生成", state="off", text=f"缺少 {'、'.join(missing)}：sample make 不可用，可安装 shencai[samples]")
    return Check(name="样例生成", state="ok", text="可用")


def _distribution(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
