"""A reader that errs as often as the real one: truth → misread values, by rates measured in a run with the real reader.

The rates are counts of :class:`~flows.score.result.FieldScore` by kind of paper and type of value (``noise.json``; written by
``shencai sample score --reading real --model-out``). A misread value is one that OCR makes: a digit or sign confused, one lost.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from flows.score.result import FIELD_WORDS, FieldWord, Score
from pipeline.errors import UsageError
from pipeline.model.document import FieldStatus
from samples.truth import TruthSeal

MODEL_FILE = Path(__file__).with_name("noise.json")
_CONFUSED = {"0": "8", "1": "7", "2": "7", "3": "8", "4": "1", "5": "6", "6": "8", "7": "1", "8": "3", "9": "0", "B": "8", "D": "0", "G": "6"}
"""Pairs that the engine confuses most (shared study of OCR on invoices)."""
_LEAST = 30
"""Values that a kind must have shown before its own rates are used; below, those of all kinds together."""


@dataclass(frozen=True)
class Rates:
    """How often each word happened."""

    words: Mapping[FieldWord, int]

    def draw(self, rng: random.Random) -> FieldWord:
        names = [word for word in FIELD_WORDS if self.words.get(word, 0) > 0]
        return rng.choices(names, [self.words[name] for name in names])[0] if names else "right_read"


@dataclass(frozen=True)
class ErrorModel:
    """Rates by ``kind|type``, ``|type`` (all kinds) and ``|`` (everything); seals missed by role; page numbers unread or wrong."""

    rates: Mapping[str, Rates]
    seals_missed: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Fact → (share unread, share misread)."""

    def of(self, kind: str, type_: str) -> Rates:
        for key in (f"{kind}|{type_}", f"|{type_}", "|"):
            if (rates := self.rates.get(key)) is not None and (sum(rates.words.values()) >= _LEAST or key == "|"):
                return rates
        return Rates({"right_read": 1})


def write_model(score: Score, path: Path) -> None:
    """Keep the error rates of a ``real`` score as a model. Raises :class:`UsageError` when the file cannot be written."""
    rates: dict[str, Counter[str]] = {}
    for f in score.fields:
        for key in (f"{f.kind}|{f.type}", f"|{f.type}", "|"):
            rates.setdefault(key, Counter()).update(f.words)
    labels = {p.fact: [round(p.none / p.truth, 4), round(min(p.wrong, p.truth) / p.truth, 4)] for p in score.pages if p.fact in ("label", "volume_label") and p.truth}
    data = {
        "rates": {key: dict(sorted(words.items())) for key, words in sorted(rates.items())},
        "seals_missed": {s.role: round(1 - s.found / s.truth, 4) for s in score.seals if s.truth},
        "labels": labels,
    }
    try:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"写不了 {path}：{error.strerror}。", "请换一个可写的位置。") from error


def load_model(path: Path = MODEL_FILE) -> ErrorModel:
    """The measured model. Raises :class:`UsageError` when there is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"识别误差模型读不了：{path}。", "先用 sample score --reading real --model-out 量一次。") from error
    rates = {key: Rates({w: int(n) for w, n in words.items() if w in FIELD_WORDS}) for key, words in data["rates"].items()}
    return ErrorModel(rates, data.get("seals_missed", {}), {k: (v[0], v[1]) for k, v in data.get("labels", {}).items()})


class Misreader:
    """Truth, or truth as misread by ``model``. Each value has a chance of its own: the same sample is misread alike each time."""

    def __init__(self, seed: int, model: ErrorModel | None = None) -> None:
        self._seed = seed
        self._model = model

    def value(self, text: str, type_: str, kind: str, key: str) -> tuple[str | None, FieldStatus]:
        """What is read and how sure the reader is; None when nothing is."""
        if self._model is None:
            return text, "proved"
        rng = self._rng("value", key)
        word = self._model.of(kind, type_).draw(rng)
        outcomes: dict[FieldWord, tuple[str | None, FieldStatus]] = {
            "right_proved": (text, "proved"), "right_read": (text, "read"), "doubtful_right": (text, "doubtful"), "missing": (None, "missing"),
        }  # fmt: skip
        if word in outcomes:
            return outcomes[word]
        return misread(text, rng), "doubtful" if word == "doubtful_wrong" else "read"

    def label(self, number: int | None, file: str, page: int, fact: Literal["label", "volume_label"]) -> int | None:
        if self._model is None or number is None:
            return number
        unread, wrong = self._model.labels.get(fact, (0.0, 0.0))
        rng = self._rng(fact, file, page)
        chance = rng.random()
        if chance < unread:
            return None
        return int(misread(str(number), rng)) if chance < unread + wrong else number

    def sees_seal(self, seal: TruthSeal, key: str, number: int) -> bool:
        if self._model is None:
            return True
        return self._rng("seal", key, number).random() >= self._model.seals_missed.get(seal.role, 0.0)

    def _rng(self, *key: object) -> random.Random:
        return random.Random("|".join(map(str, (self._seed, *key))))


def misread(text: str, rng: random.Random) -> str:
    """``text`` with one sign confused or lost, never the same text."""
    places = [i for i, char in enumerate(text) if char in _CONFUSED]
    if places and rng.random() < 0.75:
        at = rng.choice(places)
        return text[:at] + _CONFUSED[text[at]] + text[at + 1 :]
    signs = [i for i, char in enumerate(text) if char not in "-. "] or [0]
    at = rng.choice(signs)
    if len(text) > 1 and not text[:at].endswith("-"):
        return text[:at] + text[at + 1 :]
    return text + "1"
