"""``shencai schema NAME``: the JSON Schema of every result file."""

from __future__ import annotations

import json

from pydantic import BaseModel

from flows.cli.main import DONE
from flows.cli.output import Output
from pipeline.errors import UsageError


def schemas() -> dict[str, type[BaseModel]]:
    """Result file → its model."""
    from flows.night import NightSummary
    from flows.read import ReadResult
    from pipeline.model import Report
    from samples.truth import Truth
    from validators.matching import Reconciliation

    return {
        "report": Report,
        "read": ReadResult,
        "reconcile": Reconciliation,
        "truth": Truth,
        "nightly": NightSummary,
    }


def print_schema(name: str) -> int:
    known = schemas()
    if name not in known:
        raise UsageError(f"没有名为“{name}”的结果文件。", f"可选：{'、'.join(known)}。")
    Output().say([json.dumps(known[name].model_json_schema(mode="serialization"), ensure_ascii=False, indent=1)])
    return DONE
