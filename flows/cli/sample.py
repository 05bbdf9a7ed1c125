"""``shencai sample``."""

from __future__ import annotations

from pathlib import Path

from flows.cli.common import parse_categories
from flows.cli.main import DONE
from flows.cli.output import Output
from pipeline.errors import UsageError


def make_sample(out: Path, seed: int, category: str, defects: list[str], demo: bool) -> int:
    if seed < 0:
        raise UsageError(f"种子 {seed} 不可用。", "请给一个非负整数。")
    try:
        from samples import DEFECTS, make_demo, make_submission
    except ImportError as error:
        raise UsageError(f"生成样例还缺软件包：{error.name}。", "请安装 shencai[samples]。") from error
    for name in defects:
        if name not in DEFECTS:
            raise UsageError(f"没有缺陷“{name}”。", "用 shencai sample defects 查看可选的缺陷。")
    categories = parse_categories(category)
    try:
        if demo:
            make_demo(out)
        else:
            make_submission(out, seed, categories=categories, defects=tuple(defects))
    except ValueError as error:
        raise UsageError(str(error)) from error
    Output().say([f"已生成：{out}", f"答案：{out / 'truth.json'}"])
    return DONE


def list_defects(output: Output) -> int:
    from samples import DEFECTS

    output.write([{"name": name, "rules": list(defect.rules), "title": defect.title} for name, defect in DEFECTS.items()])
    output.say(f"{name}　{defect.title}　{'、'.join(defect.rules)}" for name, defect in DEFECTS.items())
    return DONE
