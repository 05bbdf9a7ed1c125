"""The one resolver: what a field is worth, from the witnesses that speak for it.

Rules, in the order in which they are applied (architecture, "A value is what its witnesses agree on"):

1. A sighting below ``LEGIBLE`` confidence is not legible: it is kept as a witness, and may carry a ``doubtful`` value
   when there is nothing better, but it neither proves nor contradicts anything.
2. Witnesses of one ``group`` looked at the same ink with the same eyes and count once. When they disagree the ink is
   not legible: ``doubtful``/``illegible``, unless another group stands by one of the readings (then ``read``).
3. Two legible *observed* values of different groups disagree: ``doubtful``/``conflict``. The printed value (the first
   sighting) is kept, both witnesses stand side by side. Nothing is voted away and nothing repaired: a disagreement on
   the paper is what the rules look for.
4. Two independent groups agree, at least one observed: ``proved``. ``code_structure`` never proves (a misread digit
   still fits the pattern), it may only doubt.
5. A derived witness contradicts: ``doubtful``/``conflict``, unless two *observed* groups agree (then the value stands
   ``proved`` and the sentence names the contradiction, so that R-207 and its like can speak).
6. One legible observed witness and nothing against it: ``read``.
7. Nothing observed: ``missing``, whatever can be computed. Derived values never replace a printed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from extractors.values import squash
from pipeline.model import Evidence, Field, PageEvidence, Witness, WitnessSource

ValueType = Literal["text", "money", "date", "rate", "id", "bool", "year", "int", "number"]

LEGIBLE = 0.80
"""Mean engine confidence below which a line is not legible. PP-OCR rec gives ≥ 0.95 on clean print and 0.9 on dot-matrix
print; what it gets below 0.8 is wrong more often than right (measured on the real photographed invoices)."""

SOURCE_WORDS: dict[str, str] = {
    "text_layer": "电子文本", "ocr": "票面文字", "ocr_careful": "票面文字（复读）", "second_engine": "第二识别引擎", "qr": "二维码",
    "barcode": "条形码", "capital_amount": "大写金额", "arithmetic": "金额勾稽", "check_digit": "校验位",
    "code_structure": "编码规则", "seal": "印章文字", "xml": "电子文件数据", "cell": "表格单元格", "person": "人工录入",
}  # fmt: skip
_DERIVED = {"arithmetic", "check_digit", "code_structure"}
_NO_PROOF = {"code_structure"}


@dataclass(frozen=True)
class Sighting:
    """One reading of a value, on its way to becoming a ``Witness``.

    ``value`` is canonical, ``raw`` what stands on the paper. ``group`` says whose eyes on which ink; by default the
    place on the page for print, the source for everything else. ``doubts`` marks a derived sighting that says only
    "not this" (a failed check digit) and has no value of its own. ``encoded`` marks a value that printed signs state by
    a coding rule (the kind of an invoice by its code): observed, although it came by way of a rule.
    """

    source: WitnessSource
    value: str
    evidence: Evidence
    raw: str = ""
    confidence: float = 1.0
    group: str = ""
    doubts: bool = False
    encoded: bool = False

    @property
    def derived(self) -> bool:
        return self.source in _DERIVED and not self.encoded

    @property
    def key(self) -> str:
        if self.group:
            return self.group
        if self.source in ("ocr", "ocr_careful", "text_layer") and isinstance(self.evidence, PageEvidence):
            box = self.evidence.box
            place = f"{(box[0] + box[2]) / 2:.2f},{(box[1] + box[3]) / 2:.2f}"
            return f"print@{self.evidence.file}/{self.evidence.page}/{place}"
        return self.source

    @property
    def legible(self) -> bool:
        return self.confidence >= LEGIBLE

    def witness(self) -> Witness:
        kind: Literal["observed", "derived"] = "derived" if self.derived else "observed"
        return Witness(source=self.source, kind=kind, group=self.key, value=self.value, evidence=self.evidence)


def same_value(a: str, b: str, value_type: ValueType) -> bool:
    """Equal as values of their type: money and numbers as numbers, text up to spaces and width."""
    if a == b:
        return True
    if value_type in ("money", "rate", "number", "int"):
        try:
            return Decimal(a) == Decimal(b)
        except InvalidOperation:
            return False
    if value_type == "text":
        return squash(a).replace("（", "(").replace("）", ")") == squash(b).replace("（", "(").replace("）", ")")
    return False


def _words(sightings: Sequence[Sighting]) -> str:
    return "、".join(dict.fromkeys(SOURCE_WORDS[s.source] for s in sightings))


def _said(sighting: Sighting) -> str:
    return f"{SOURCE_WORDS[sighting.source]}为“{sighting.raw or sighting.value}”"


def resolve(sightings: Sequence[Sighting], *, value_type: ValueType = "text", label: str = "该项") -> Field:
    """The field that ``sightings`` speak for; the first observed one is the printed value. Rules: module docstring.

    ``label`` is the Chinese name used in ``why``. Never raises; no sightings give status ``missing``.
    """
    observed = [s for s in sightings if not s.derived]
    derived = [s for s in sightings if s.derived]
    witnesses = tuple(s.witness() for s in (*observed, *derived))
    if not observed:
        return Field(status="missing", why=f"未在材料上找到“{label}”。", witnesses=witnesses)

    def same(a: Sighting, b: Sighting) -> bool:
        return same_value(a.value, b.value, value_type)

    def field(chosen: Sighting, status: Literal["proved", "read", "doubtful"], why: str, reason: str | None = None) -> Field:
        return Field(
            value=chosen.value, raw=chosen.raw or chosen.value, confidence=round(max(s.confidence for s in observed if same(s, chosen)), 4),
            status=status, reason=reason, why=why, witnesses=witnesses,
        )  # fmt: skip

    legible = [s for s in observed if s.legible]
    if not legible:
        chosen = max(observed, key=lambda s: s.confidence)
        return field(chosen, "doubtful", f"“{label}”字迹不清，识别为“{chosen.raw or chosen.value}”，请人工核对。", "illegible")

    torn = {s.key for s in legible for t in legible if s.key == t.key and not same(s, t)}
    firm = [s for s in legible if s.key not in torn]
    if not firm:
        chosen = legible[0]
        return field(chosen, "doubtful", f"“{label}”同一处两次识别结果不一致，请人工核对。", "illegible")

    chosen = firm[0]
    against = next((s for s in firm if not same(s, chosen)), None)
    if against is not None:
        return field(chosen, "doubtful", f"“{label}”{_said(chosen)}，{_said(against)}，两处不一致，请人工核对。", "conflict")

    eyes = {s.key for s in firm}
    supporting = [s for s in derived if not s.doubts and s.source not in _NO_PROOF and same(s, chosen)]
    opposing = [s for s in derived if s.doubts or not same(s, chosen)]
    if opposing and len(eyes) < 2:
        said = "；".join(
            f"{SOURCE_WORDS[s.source]}不符" if s.doubts else f"{SOURCE_WORDS[s.source]}得出“{s.value}”" for s in opposing
        )
        return field(chosen, "doubtful", f"“{label}”识别为“{chosen.raw or chosen.value}”，但{said}，请人工核对。", "conflict")
    if torn:
        return field(chosen, "read", f"“{label}”票面一处辨认不一，以{_words(firm)}为准。")
    if len(eyes) >= 2 or supporting:
        parties = _words([*firm, *supporting])
        note = f"；但{_words(opposing)}与之不符" if opposing else ""
        agree = f"{parties}多处一致" if len({s.source for s in (*firm, *supporting)}) == 1 else f"{parties}一致"
        return field(chosen, "proved", f"“{label}”{agree}{note}。")
    return field(chosen, "read", f"“{label}”由{_words(firm)}读出，未见相反证据。")


def corroborate(field: Field, second: Sighting, *, value_type: ValueType = "text", label: str = "该项") -> Field:
    """A ``read`` value that an independent sighting made later repeats is ``proved``; every other field stays as it is.

    A sighting by the second engine that says something else changes nothing: on small and dot-matrix print that engine errs
    far more often than the first (research/OCR.md, section 1), so it may support a value and never accuse one.
    """
    if field.status != "read" or field.value is None or not same_value(field.value, second.value, value_type):
        return field
    if any(w.group == second.key for w in field.witnesses):
        return field
    return field.model_copy(
        update={
            "status": "proved",
            "witnesses": (*field.witnesses, second.witness()),
            "why": f"“{label}”票面文字与{SOURCE_WORDS[second.source]}一致。",
        }
    )
