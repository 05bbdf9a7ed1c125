"""Code, number, date, check code and machine number of an invoice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.identifiers import squash_map
from extractors.invoice_codes import QrInvoice, code_form
from extractors.layout import Piece, Run, find_in_row
from extractors.values import find_dates
from extractors.vat_invoice_frame import SECRET, Frame
from extractors.witness import Sighting
from pipeline.model import Code, PageEvidence


def qr_evidence(frame: Frame, code: Code) -> PageEvidence:
    return PageEvidence(file=frame.page.file, page=frame.page.index, box=code.box, text=code.text[:200])


def print_sighting(run: Run | Piece, value: str, *, group: str = "", confidence: float | None = None) -> Sighting:
    """What stands on the page at ``run``."""
    sure = run.confidence if confidence is None else confidence
    return Sighting(run.source, value, run.evidence(), raw=run.text.strip(), confidence=sure, group=group)


def _digit_runs(piece: Piece | Run, *lengths: int) -> Iterable[tuple[str, int, int]]:
    plain, places = squash_map(piece.text)
    for hit in re.finditer(r"(?<!\d)\d+(?!\d)", plain):
        if len(hit[0]) in lengths:
            yield hit[0], places[hit.start()], places[hit.end() - 1] + 1


def _head(frame: Frame) -> list[Piece]:
    """Pieces above the buyer's block (tax ids and accounts live there) and outside the 密码区."""
    labels = [
        frame.level(row.cut(s, e)) for row in frame.rows for s, e, _ in find_in_row(row, "纳税人识别号", least=0.9)
        if frame.level(row.cut(s, e)) < frame.head_end
    ]  # fmt: skip
    end = min(labels, default=frame.head_end) - 0.005
    return [
        p for p in frame.pieces()
        if frame.level(p) < end and p.height < 0.12 and not SECRET.match(squash_map(p.text)[0])
    ]  # fmt: skip


def code_sightings(frame: Frame) -> list[Sighting]:
    """The printed code, wherever it stands in the heading: pre-printed, machine-printed, labelled."""
    strong: list[Sighting] = []
    weak: list[Sighting] = []
    for piece in _head(frame):
        plain = squash_map(piece.text)[0]
        if re.search("机器编号|校验码|密码", plain):
            continue
        labelled = "发票代码" in plain
        for value, start, end in _digit_runs(piece, 10, 12):
            if code_form(value):
                strong.append(print_sighting(piece.cut(start, end), value))
            elif labelled:
                weak.append(print_sighting(piece.cut(start, end), value))
    strong.sort(key=lambda s: 0 if isinstance(s.evidence, PageEvidence) and s.evidence.box[0] < 0.5 else 1)
    return strong or weak


def number_sightings(frame: Frame, *, digital: bool) -> list[Sighting]:
    """The printed number: eight digits beside a code, twenty digits on 数电票."""
    found: list[tuple[int, Sighting]] = []
    for piece in _head(frame):
        plain = squash_map(piece.text)[0]
        if re.search("机器编号|校验码|开票日期|日期", plain) and "发票号码" not in plain:
            continue
        for value, start, end in _digit_runs(piece, *((20,) if digital else (8,))):
            named = bool(re.search(r"发票号码|N[O0º°]", plain))
            if not named and piece.box[2] < 0.55:
                continue  # an eight-digit run on the left is a phone number or a form number
            found.append((0 if named else 1, print_sighting(piece.cut(start, end), value)))
    return [sighting for _, sighting in sorted(found, key=lambda item: item[0])]


def date_sightings(frame: Frame) -> list[Sighting]:
    """The date of issue: dates in the heading, those beside their label first."""
    found: list[tuple[float, Sighting]] = []
    labels = [row.cut(s, e) for row in frame.rows for s, e, _ in find_in_row(row, "开票日期", least=0.75)]
    rows = frame.within(-1.0, frame.head_end)
    seen: set[tuple[float, float]] = set()
    for row in rows:
        for hit in find_dates(row.text):
            run = row.cut(hit.start, hit.end)
            if any(SECRET.match(squash_map(p.text)[0]) for p in run.pieces):
                continue
            away = min(
                (abs(frame.level(run) - frame.level(label)) + abs(run.box[0] - label.box[2]) for label in labels), default=0.5
            )
            if re.fullmatch(r"\d{8}", hit.text.strip()) and away > 0.15:
                continue  # an eight-digit invoice number may look like a date
            place = (round(run.box[0], 3), round(run.box[1], 3))
            if place not in seen:
                seen.add(place)
                found.append((away, print_sighting(run, hit.value.isoformat())))
    found.sort(key=lambda item: item[0])
    return [sighting for away, sighting in found if away <= found[0][0] + 0.1] if found else []


def check_code_sightings(frame: Frame, qr: QrInvoice | None) -> list[Sighting]:
    """校验码, twenty digits in groups of five; it may stand in 备注, even under the seal. Fewer digits are not legible."""
    found: list[Sighting] = []
    for row in frame.rows:
        for _, end, _ in find_in_row(row, "校验码", least=0.9):
            rest = row.cut(end, len(row.text))
            hit = re.match(r"[\s:：;；码]*((?:[0-9OoIl]\s*){10,22}|[0-9a-fA-F]{5}(?!\s*[0-9a-zA-Z]))", rest.text)
            if hit is None:
                continue
            run = rest.cut(hit.start(1), hit.end(1)).trimmed()
            value = re.sub(r"\s", "", hit[1])
            whole = bool(re.fullmatch(r"\d{20}", value)) or len(value) == 5
            clear = whole and not _under_seal(frame, run)
            found.append(print_sighting(run, value, confidence=run.confidence if clear else min(run.confidence, 0.5)))
    if not found and qr is None:
        for piece in _head(frame):
            hit = re.search(r"(?<![\d])\d{5} \d{5} \d{5} \d{5}(?!\d)", piece.text)
            if hit:
                found.append(print_sighting(piece.cut(*hit.span()), hit[0].replace(" ", "")))
    return found


def _under_seal(frame: Frame, run: Run) -> bool:
    """Digits crossed by a seal's rim, with nothing to check them by, are not legible."""
    x0, y0, x1, y1 = run.box
    return any(
        s.box[0] < x1 and x0 < s.box[2] and s.box[1] < (y0 + y1) / 2 < s.box[3]
        for s in frame.page.reading.seals
        if s.role != "printed"
    )


def machine_sightings(frame: Frame) -> list[Sighting]:
    """机器编号, twelve digits right of or below its label."""
    for row in frame.rows:
        for start, end, _ in find_in_row(row, "机器编号", least=0.75):
            label = row.cut(start, end)
            near = [row.cut(end, len(row.text))]
            near += [
                Run((p,)) for p in frame.pieces()
                if 0 < frame.level(p) - frame.level(label) < 0.08 * frame.size and abs(p.box[0] - label.box[0]) < 0.15
            ]  # fmt: skip
            for run in near:
                for value, s, e in _digit_runs(run, 12):
                    return [print_sighting(run.cut(s, e), value)]
    return []
