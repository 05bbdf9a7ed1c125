"""Loads and validates a policy year; every error names the leaf."""

from __future__ import annotations

import hashlib
import tomllib
from decimal import Decimal
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import PolicyError
from pipeline.policy.model import Policy

MAX_BYTES = 2 * 1024 * 1024
"""A policy year is a few hundred lines; anything larger is not one."""

_WORDS = {
    "missing": "缺少此项",
    "extra_forbidden": "不是政策文件中的项目（可能拼写有误）",
    "string_too_short": "不能为空",
    "too_short": "不能为空",
    "decimal_parsing": "应为数值",
    "decimal_type": "应为数值",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "date_from_datetime_parsing": "应为日期（如 2019-01-01）",
    "date_parsing": "应为日期（如 2019-01-01）",
    "date_type": "应为日期（如 2019-01-01）",
    "datetime_parsing": "应为日期时间（如 2020-06-24T18:00:00+08:00）",
    "datetime_type": "应为日期时间（如 2020-06-24T18:00:00+08:00）",
    "string_type": "应为文字",
    "tuple_type": "应为列表",
    "dict_type": "应为表",
    "model_type": "应为表（value、clause……）",
    "greater_than": "数值过小",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
    "string_pattern_mismatch": "格式不符",
}


def available() -> tuple[str, ...]:
    """Names of the policy years that come with the program."""
    folder = resources.files("pipeline.policy")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def load_policy(name: str) -> Policy:
    """The policy year ``name``: one that comes with the program (``2020``), or the path of a TOML file.

    Raises ``PolicyError`` naming the leaf that is wrong or missing.
    """
    raw, shown = _read(name)
    return parse_policy(raw, shown)


def parse_policy(raw: bytes, shown: str) -> Policy:
    """A policy year from the bytes of its file; ``shown`` is how error messages call it."""
    again = "请更正该文件后重试。"
    try:
        data = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise PolicyError(f"政策文件“{shown}”不是UTF-8编码。", again) from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"政策文件“{shown}”不是有效的TOML：{error}。", again) from error
    data["sha256"] = hashlib.sha256(raw).hexdigest()
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        leaf = ".".join(str(part) for part in first["loc"]) or "（整个文件）"
        what = _WORDS.get(first["type"], first["msg"].removeprefix("Value error, "))
        more = f"（另有{error.error_count() - 1}处）" if error.error_count() > 1 else ""
        raise PolicyError(f"政策文件“{shown}”的“{leaf}”有误：{what}{more}。", again) from error
    _check_references(policy, shown)
    return policy


def _read(name: str) -> tuple[bytes, str]:
    if name.endswith(".toml"):
        path = Path(name)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise PolicyError(f"政策文件“{name}”过大，不是政策文件。", "请用 --policy 指定正确的文件。")
            return path.read_bytes(), path.name
        except OSError as error:
            raise PolicyError(f"政策文件“{name}”无法读取。", "请检查路径后重试。") from error
    if name not in available():
        raise PolicyError(f"没有“{name}”年度的政策文件。", f"可用年度：{'、'.join(available())}；也可用 --policy 指定 .toml 文件。")
    return resources.files("pipeline.policy").joinpath(f"{name}.toml").read_bytes(), f"{name}.toml"


def _check_references(policy: Policy, shown: str) -> None:
    """What types alone cannot say: every reference inside the file must be met."""

    def wrong(leaf: str, what: str) -> PolicyError:
        return PolicyError(f"政策文件“{shown}”的“{leaf}”有误：{what}。", "请更正该文件后重试。")

    for path, clause in policy.leaves():
        if clause not in policy.clauses:
            raise wrong(f"{path}.clause", f"条款“{clause}”未列入[clauses]")
    codes = [m.code for m in policy.materials]
    for i, material in enumerate(policy.materials):
        if codes.count(material.code) > 1:
            raise wrong(f"materials.{i}.code", f"材料编号“{material.code}”重复")
        for category in material.need:
            if category not in policy.categories:
                raise wrong(f"materials.{i}.need.{category}", "没有这个项目类别")
        for other in material.stand_ins:
            if other not in codes:
                raise wrong(f"materials.{i}.stand_ins", f"没有材料“{other}”")
    for category, terms in policy.categories.items():
        if terms.outline is not None and terms.outline.value not in policy.outlines:
            raise wrong(f"categories.{category}.outline.value", f"没有提纲“{terms.outline.value}”")
        if terms.window_end is None and policy.cutoff < terms.window_start.value:
            raise wrong(f"categories.{category}.window_start.value", "晚于申报截止日")
    for form, unit in policy.statistics.form_units.value.items():
        if unit not in policy.units.value:
            raise wrong(f"statistics.form_units.value.{form}", f"没有单位“{unit}”")
    if "I-2" not in policy.switches:
        raise wrong("switches.I-2", "缺少此项")
