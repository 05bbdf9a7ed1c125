"""``make score``: today's table. Makes clean and defective submissions, scores them, and writes ``docs/benchmarks/``.

    python tools/score.py [--truth-seeds 1,2,3,4,5] [--real-seed 11] [--parts truth,noisy,real] [--out docs/benchmarks]

``truth`` and ``noisy``: every defect that fits is planted, in as many siblings of each clean submission as they need not to get
in each other's way; nothing is drawn. ``real``: short submissions as separate files, a clean one and its sibling with as many
defects as get along; the sibling's unchanged pages come from the cache. Readings are kept in ``out/score/home`` between runs.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flows.score import Score, score_folders  # noqa: E402
from flows.score.noise import load_model, write_model  # noqa: E402
from flows.score.table import score_lines  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from samples import make_submission  # noqa: E402
from samples.forger import groups  # noqa: E402
from samples.world import make_world  # noqa: E402
from samples.world.model import Category  # noqa: E402

CATEGORIES: tuple[tuple[Category, ...], ...] = (("1",), ("2",), ("3",), ("4a",), ("4b",), ("5",), ("1", "2"))
WORK = ROOT / "out" / "score"
TRUTH_INVOICES = 24
TOGETHER = 12
"""So many defects at most in one submission: more, and one hides another."""


def make_truth_samples(seeds: list[int], folder: Path) -> None:
    """Clean ones, and siblings with every defect that fits, nothing drawn."""
    for seed in seeds:
        for categories in CATEGORIES:
            name = f"s{seed}-c{''.join(categories)}"
            copies = 2 if seed % 2 else 1
            world = replace(make_world(seed, categories, invoices=TRUTH_INVOICES, short=True), second_copy=copies == 2)
            common = {"categories": categories, "invoices": TRUTH_INVOICES, "short": True, "layout": "files", "copies": copies, "paper": False}
            make_submission(folder / f"{name}-clean", seed, **common)
            for innocent in (False, True):
                for number, names in enumerate(groups(world, innocent=innocent, most=TOGETHER)):
                    make_submission(folder / f"{name}-{'i' if innocent else 'd'}{number}", seed, defects=names, **common)


def make_real_samples(seed: int, folder: Path) -> None:
    """Drawn and scanned: a clean one for every set of categories, and a sibling full of defects."""
    for categories in CATEGORIES:
        world = make_world(seed, categories, invoices=16, short=True)
        common = {"categories": categories, "invoices": 16, "scan": "mixed", "layout": "files", "short": True}
        name = f"s{seed}-c{''.join(categories)}"
        make_submission(folder / f"{name}-clean", seed, **common)
        make_submission(folder / f"{name}-d0", seed, defects=groups(world, innocent=False, most=TOGETHER)[0], **common)


def settings() -> Settings:
    """A home of its own: the register must not remember anything, the readings may be kept."""
    return Settings(home=WORK / "home")


def scored(folder: Path, reading: str) -> Score:
    model = load_model() if reading == "noisy" else None
    return score_folders([folder], reading, settings(), model=model, seen=lambda name: print(f"  {reading} {name}", file=sys.stderr))  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth-seeds", default="1,2,3,4,5")
    parser.add_argument("--real-seed", type=int, default=11)
    parser.add_argument("--parts", default="truth,real,noisy")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    parts = given.parts.split(",")
    seeds = [int(seed) for seed in given.truth_seeds.split(",")]
    for kind, make in (("truth", lambda f: make_truth_samples(seeds, f)), ("real", lambda f: make_real_samples(given.real_seed, f))):
        if kind in parts or (kind == "truth" and "noisy" in parts):
            shutil.rmtree(WORK / kind, ignore_errors=True)
            started = time.monotonic()
            make(WORK / kind)
            print(f"{kind}: samples made in {time.monotonic() - started:.0f} s", file=sys.stderr)
    for part in parts:
        started = time.monotonic()
        score = scored(WORK / ("real" if part == "real" else "truth"), part)
        if part == "real":
            write_model(score, ROOT / "flows" / "score" / "noise.json")
        write(score, part, given.out, time.monotonic() - started, given.real_seed if part == "real" else given.truth_seeds)


def write(score: Score, part: str, out: Path, seconds: float, seeds: object) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    head = [
        f"# 评分：{part}", "",
        f"`make score`，{datetime.now().astimezone():%Y-%m-%d %H:%M}，提交 {commit}，种子 {seeds}，{os.cpu_count()} 核 {platform.machine()}，评分用时 {seconds:.0f} 秒。",
        "", *score_lines(score),
    ]  # fmt: skip
    (out / f"score-{part}.md").write_text("\n".join(head) + "\n", encoding="utf-8")
    (out / f"score-{part}.json").write_text(score.model_dump_json(indent=1, exclude={"accusations_beside"}) + "\n", encoding="utf-8")
    print("\n".join(head))


if __name__ == "__main__":
    main()
