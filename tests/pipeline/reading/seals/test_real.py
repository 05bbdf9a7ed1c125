"""The labelled real documents, when they are present (they are third-party material and never part of the project)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from sealdraw import Pixels, overlap

from pipeline.reading.ocr import Recogniser
from pipeline.reading.seals import find_seals

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "real"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.real,
    pytest.mark.skipif(not (REAL / "labels.json").exists(), reason="real documents are not here"),
]


def picture(entry: dict[str, Any]) -> tuple[Pixels, float | None] | None:
    path = REAL / str(entry["file"])
    if path.suffix == ".ofd":
        return None
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        document.init_forms()
        return np.ascontiguousarray(document[0].render(scale=2).to_numpy()[..., :3]), 144.0
    image = cv2.imread(str(path))
    assert image is not None
    return np.asarray(image, dtype=np.uint8), None


def test_labelled_seals_are_found_and_nothing_else() -> None:
    """SEALS.md section 6: precision ≥ .99, recall ≥ .93 on photographs; 监制章 never taken for the seller's seal."""
    reader = Recogniser()
    found = wrong = missed = mixed_up = 0
    for entry in json.loads((REAL / "labels.json").read_text(encoding="utf-8")):
        loaded = picture(entry)
        if loaded is None:
            continue
        image, dpi = loaded
        height, width = image.shape[:2]
        marks = find_seals(image, dpi, reader)
        left = list(marks)
        for seal in entry["seals"]:
            x0, y0, x1, y1 = seal["box"]
            box = (x0 / width, y0 / height, x1 / width, y1 / height)
            best = max(left, key=lambda m: overlap(m.box, box), default=None)
            if best is None or overlap(best.box, box) < 0.5:
                missed += 1
                continue
            left.remove(best)
            found += 1
            mixed_up += (best.role == "printed") != (seal["role"] == "supervision_printed")
        wrong += len(left)
    assert found / (found + wrong) >= 0.99
    assert found / (found + missed) >= 0.93
    assert mixed_up == 0
