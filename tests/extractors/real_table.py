"""Field by field over the real invoices: ``python -m tests.extractors.real_table [--again]``.

Prints for each labelled field whether it is right, wrong but sure (the worst), doubtful or missing. Readings are cached
under ``/tmp`` by file and reader, so that working on the extractor costs no OCR.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.legibility import with_doubts
from extractors.ofd_invoice import extract_ofd_invoice
from extractors.page import ReadPage
from extractors.values import narrow, same_name, squash
from extractors.vat_invoice import extract_invoice
from pipeline.intake.limits import Limits
from pipeline.model import Document, Field, Media, PageReading
from pipeline.reading.models import reader_version
from pipeline.reading.reader import Eyes, load_eyes, read_page
from pipeline.reading.task import PageTask

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
NAMES = {
    "invoice_code": "invoice_code", "invoice_number": "invoice_number", "issue_date": "issue_date", "amount_excl_tax": "amount",
    "tax_amount": "tax", "total": "total", "buyer_tax_id": "buyer_tax_id", "seller_tax_id": "seller_tax_id",
    "buyer_name": "buyer_name", "seller_name": "seller_name", "check_code_last6": "check_code", "invoice_type": "invoice_type",
}  # fmt: skip
CORE = ("invoice_code", "invoice_number", "issue_date", "amount", "tax", "total", "buyer_tax_id", "seller_tax_id")


@dataclass(frozen=True)
class Outcome:
    """One labelled field of one file; ``word`` is right, doubtful (right but unsure), wrong_sure, wrong_doubtful, missing."""

    file: str
    field: str
    expected: str
    got: str
    status: str
    word: str


def labels() -> list[dict[str, object]]:
    """The labelled invoices; empty when the real documents are not there."""
    path = REAL / "labels.json"
    if not path.exists():
        return []
    return [item for item in json.loads(path.read_text()) if str(item["kind"]).startswith("vat_invoice")]


def reading_of(path: Path, *, again: bool = False) -> list[PageReading]:
    """The page readings of a picture, PDF or OFD, through the product's own reader, cached."""
    kept = Path(tempfile.gettempdir()) / "shencai-real-readings" / f"{path.name}.{_version()}.json"
    if kept.exists() and not again:
        return [PageReading.model_validate(item) for item in json.loads(kept.read_text())]
    readings = _read(path)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps([json.loads(r.model_dump_json()) for r in readings], ensure_ascii=False))
    return readings


def _version() -> str:
    return hashlib.sha256(reader_version().encode()).hexdigest()[:8]


@cache
def _eyes() -> Eyes:
    return load_eyes()


def _read(path: Path) -> list[PageReading]:
    """One page each: none of the labelled invoices has more."""
    medias: dict[str, Media] = {".pdf": "pdf", ".ofd": "ofd"}
    task = PageTask(key=path.name, content=f"h:{path.name}", path=str(path), media=medias.get(path.suffix, "image"), index=0)
    return [read_page(task, _eyes(), Limits())]


def document_of(item: dict[str, object], *, again: bool = False) -> Document:
    path = REAL / str(item["file"])
    pages = [ReadPage("f1", path.name, i, reading) for i, reading in enumerate(reading_of(path, again=again))]
    if path.suffix != ".ofd":
        return with_doubts(extract_invoice(pages), pages)
    document = extract_ofd_invoice(path, "f1", pages)
    assert document is not None, f"{path} is no invoice"
    return document


def _expected_type(title: str, code: str) -> str:
    if "（增值税专用发票）" in title:
        return "digital_special"
    if "电子" in title:
        return "blockchain" if code.startswith("1") else "e_ordinary"
    return "special" if "专用" in title else "ordinary"


def judge(item: dict[str, object], document: Document) -> Iterator[Outcome]:
    """Every labelled field of one invoice."""
    fields = item["fields"]
    assert isinstance(fields, dict)
    for label, name in NAMES.items():
        if label not in fields:
            continue
        want = fields[label]
        if want is None and label != "invoice_code":
            continue
        field: Field = document.get(name)
        expected, got = str(want or ""), field.value or ""
        if name == "invoice_type":
            expected = _expected_type(expected, str(fields.get("invoice_code") or ""))
        if name == "tax" and set(expected) == {"*"}:
            expected = "0.00"
        right = (
            got.endswith(expected) if name == "check_code"
            else same_name(expected, got) or squash(narrow(expected)) == squash(narrow(got)) if name.endswith("_name")
            else got == expected
        )  # fmt: skip
        if right:
            word = "right" if field.sure or not expected else "doubtful"
        elif not got:
            word = "missing"
        else:
            word = "wrong_sure" if field.sure else "wrong_doubtful"
        yield Outcome(str(item["file"]), name, expected, got, field.status + (f"/{field.reason}" if field.reason else ""), word)


def run(*, again: bool = False) -> list[Outcome]:
    return [outcome for item in labels() for outcome in judge(item, document_of(item, again=again))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", action="store_true", help="read the pages again")
    outcomes = run(again=parser.parse_args().again)
    if not outcomes:
        sys.exit("no real documents here")
    for outcome in outcomes:
        if outcome.word != "right":
            print(f"{outcome.word:15} {outcome.file:45} {outcome.field:15} want {outcome.expected!r} got {outcome.got!r} ({outcome.status})")
    words = ("right", "doubtful", "missing", "wrong_doubtful", "wrong_sure")
    print(f"\n{'field':16}" + "".join(f"{word:>16}" for word in words))
    for name in (*NAMES.values(), "CORE", "ALL"):
        chosen = [o for o in outcomes if o.field == name or name == "ALL" or (name == "CORE" and o.field in CORE)]
        counts = Counter(o.word for o in chosen)
        print(f"{name:16}" + "".join(f"{counts[word]:16}" for word in words) + f"   {(counts['right']) / max(1, len(chosen)):.3f}")


if __name__ == "__main__":
    main()
