"""``python -m samples.make OUT [--seed N] [--clean]``: writes a made-up submission; without options the shipped demo."""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.submission import make_demo, make_submission


def main() -> None:
    parser = argparse.ArgumentParser(prog="samples.make", description="生成虚构的申报材料样例")
    parser.add_argument("out", type=Path, help="输出目录")
    parser.add_argument("--seed", type=int, help="随机种子（0–899999）；不给则生成随附的演示材料")
    parser.add_argument("--defects", default="", help="缺陷名称，逗号分隔")
    parser.add_argument("--vouchers", type=int, default=20, help="审计凭证张数")
    given = parser.parse_args()
    if given.seed is None:
        truth = make_demo(given.out)
    else:
        names = tuple(name for name in given.defects.split(",") if name)
        truth = make_submission(given.out, given.seed, defects=names, audit_vouchers=given.vouchers)
    pages = sum(len(file.pages) for file in truth.files)
    print(f"已生成 {len(truth.files)} 个文件、{pages} 页、{len(truth.documents)} 份材料、{len(truth.defects)} 处缺陷：{given.out}")


if __name__ == "__main__":
    main()
