"""The shipped sample through all floors on recorded readings: no OCR, no Prefect."""

from __future__ import annotations

import tempfile
import time
from functools import cache
from pathlib import Path

from flows.case import Case, CheckOptions
from flows.check import judge, understand
from flows.desk import Desk
from flows.reconcile import match
from pipeline.intake import take_in
from pipeline.model import Report, Stage
from pipeline.policy import load_policy
from pipeline.settings import Settings
from tests.recorded import DEMO, readings_of
from validators.matching import Reconciliation


@cache
def demo_report(stage: Stage = "window") -> Report:
    """``check`` of the shipped submission."""
    with tempfile.TemporaryDirectory() as folder, Desk(Settings(home=Path(folder))) as desk:
        options = CheckOptions(paths=(DEMO / "申报材料",), stage=stage)
        intake = take_in(options.paths, Path(folder) / "papers", desk.limits)
        case = Case(options, load_policy("2020"), intake, time.monotonic(), readings=dict(readings_of("submission")))
        files, documents = understand(case, desk)
        return judge(case, desk, files, documents)


@cache
def demo_reconciliation() -> Reconciliation:
    """``reconcile`` of the shipped auditors' folder."""
    with tempfile.TemporaryDirectory() as folder, Desk(Settings(home=Path(folder))) as desk:
        paths = (DEMO / "审计凭证",)
        intake = take_in(paths, Path(folder) / "papers", desk.limits)
        case = Case(
            CheckOptions(paths=paths, stage="audit"), load_policy("2020"), intake, time.monotonic(), readings=dict(readings_of("vouchers"))
        )
        return match(case, desk)[0]
