"""The real commands with Prefect's embedded server, real reading and small made papers: endings, sentences, cache, night."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from filelock import FileLock

from flows.cli.schema import schemas
from flows.night import lock_file
from pipeline.settings import Settings
from samples.truth import read_truth
from tests.flows import papers
from tests.flows.teller import Teller, teller
from tests.recorded import DEMO

pytestmark = pytest.mark.slow
PAPERS = ("report.json", "report.html", "补正通知书.docx", "核查表.xlsx")


@dataclass(frozen=True)
class Bench:
    """One home, one server, one working folder for the whole module."""

    folder: Path
    home: Path
    teller: Teller


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("bench")
    with teller(folder / "home", folder) as open_teller:
        yield Bench(folder, folder / "home", open_teller)


def validate(name: str, body: object) -> None:
    jsonschema.validate(body, schemas()[name].model_json_schema(mode="serialization"))


def by_path(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {file["path"]: file for file in report["files"]}


def findings_on(report: dict[str, Any], path: str) -> list[dict[str, Any]]:
    file = by_path(report)[path]["id"]
    return [f for f in report["findings"] if f["subject"]["file"] == file or any(e.get("file") == file for e in f["evidence"])]


@pytest.fixture(scope="module")
def spoiled(bench: Bench) -> dict[str, Any]:
    """A submission with every kind of bad file between good ones, checked once; the report."""
    folder = bench.folder / "坏材料"
    folder.mkdir()
    papers.cut_pdf(folder / "断.pdf")
    papers.locked_pdf(folder / "锁.pdf")
    (folder / "文字.pdf").write_text("这不是 PDF。", encoding="utf-8")
    (folder / "空.pdf").touch()
    body = papers.text_pdf(bench.folder / "x.pdf", "采购合同\n甲方：深圳市某某公司\n乙方：某某设备公司").read_bytes()
    papers.gbk_zip(folder / "压缩.zip", "合同/采购合同.pdf", body)
    papers.picture(folder / "照片.png", "银行付款回单", "金额 壹佰元整")
    papers.empty_workbook(folder / "空表.xlsx")
    papers.word_file(folder / "方案.docx")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    told = bench.teller.run("check", folder, "--json", "-", "--out", bench.folder / "报告")
    assert told.status == 1, told.err
    assert "Traceback" not in told.err and "结论：" in told.err
    return told.report


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("锁.pdf", "encrypted"),
        ("文字.pdf", "not_a_pdf"),
        ("空.pdf", "empty_file"),
        ("方案.docx", "unsupported_type"),
    ],
)
def test_a_bad_file_is_a_finding(path: str, code: str, spoiled: dict[str, Any]) -> None:
    assert by_path(spoiled)[path]["error"]["code"] == code
    found = findings_on(spoiled, path)
    assert [f["severity"] for f in found] == ["correct"]
    assert path in found[0]["message"] and "请" in found[0]["message"]


def test_a_broken_pdf_is_a_finding_and_gives_what_is_left(spoiled: dict[str, Any]) -> None:
    assert by_path(spoiled)["断.pdf"]["error"]["code"] in ("broken_pdf", "damaged_pdf")
    assert findings_on(spoiled, "断.pdf")


def test_an_empty_workbook_is_told(spoiled: dict[str, Any]) -> None:
    assert by_path(spoiled)["空表.xlsx"]["media"] == "workbook"
    assert any("空表.xlsx" in f["message"] for f in spoiled["findings"])


def test_what_a_system_leaves_behind_is_listed_and_nobody_s_fault(spoiled: dict[str, Any]) -> None:
    assert by_path(spoiled)["Thumbs.db"]["error"]["code"] == "system_file"
    assert [f for f in spoiled["findings"] if "Thumbs.db" in f["message"]] == []


def test_a_submission_of_unknown_category_never_passes(spoiled: dict[str, Any]) -> None:
    assert spoiled["submission"]["categories"] == []
    assert [f["severity"] for f in spoiled["findings"] if f["rule"] == "R-904"] == ["review", "review"]


def test_the_rest_goes_on(spoiled: dict[str, Any]) -> None:
    member = by_path(spoiled)["压缩.zip!/合同/采购合同.pdf"]
    assert member["error"] is None
    assert member["parent"] == by_path(spoiled)["压缩.zip"]["id"]
    kinds = {d["id"]: d["kind"] for d in spoiled["documents"]}
    assert kinds[member["pages"][0]["document"]] == "purchase_contract"
    image = by_path(spoiled)["照片.png"]["pages"][0]
    assert image["source"] == "ocr" and image["document"] in kinds
    for file in spoiled["files"]:
        for page in file["pages"]:
            assert page["document"] in kinds or page["blank"] or page["error"], file["path"]


def test_standard_output_is_json_and_nothing_else(spoiled: dict[str, Any]) -> None:
    validate("report", spoiled)  # Teller.report has parsed all of it


def test_papers_are_written(spoiled: dict[str, Any], bench: Bench) -> None:
    assert {p.name for p in (bench.folder / "报告").iterdir()} >= set(PAPERS)
    written = json.loads((bench.folder / "报告" / "report.json").read_text("utf-8"))
    assert written == spoiled


def test_the_run_is_completed_with_progress_and_result(spoiled: dict[str, Any], bench: Bench) -> None:
    told = bench.teller.prefect()
    assert told["runs"] and set(told["runs"].values()) == {"Completed"}
    assert all(name.startswith(("check-", "reconcile-")) for name in told["runs"])
    artifacts = {a["key"]: a for a in told["artifacts"]}
    assert artifacts["reading"]["type"] == "progress" and artifacts["reading"]["data"] == 100
    assert "结论" in artifacts["check-result"]["data"]
    assert artifacts["check-result"]["run"] == artifacts["reading"]["run"]


def test_a_second_run_reads_nothing_and_finds_the_same(spoiled: dict[str, Any], bench: Bench) -> None:
    told = bench.teller.run("check", bench.folder / "坏材料", "--json", "-")
    again = told.report
    assert told.status == 1
    assert again["timing"]["pages_read"] == 0
    assert again["timing"]["pages_from_cache"] == again["timing"]["pages"] == spoiled["timing"]["pages_read"]
    for name in ("files", "documents", "findings", "verdict", "submission"):
        assert again[name] == spoiled[name]


def test_a_summary_goes_to_standard_output_without_json(spoiled: dict[str, Any], bench: Bench) -> None:
    target = bench.folder / "结果.json"
    told = bench.teller.run("check", bench.folder / "坏材料", "--json", target)
    assert told.err == ""
    assert told.out.startswith("结论：")
    validate("report", json.loads(target.read_text("utf-8")))


def test_second_copy_is_marked_and_tied_to_the_first(bench: Bench) -> None:
    for name, more in (("正本", ""), ("副本", "\n盖章")):
        (bench.folder / name).mkdir()
        papers.text_pdf(bench.folder / name / "合同.pdf", "采购合同\n甲方：深圳市某某公司\n合同编号：HT-2019-001" + more)
    told = bench.teller.run("check", bench.folder / "正本", "--second-copy", bench.folder / "副本", "--json", "-")
    assert told.status in (0, 1), told.err
    assert sorted(f["role"] for f in told.report["files"]) == ["original", "second_copy"]
    second = next(f["id"] for f in told.report["files"] if f["role"] == "second_copy")
    copies = [d for d in told.report["documents"] if {ref["file"] for ref in d["pages"]} == {second}]
    originals = [d for d in told.report["documents"] if d not in copies]
    assert [d["copy_of"] for d in copies] == [originals[0]["id"]]
    assert originals[0]["copy_of"] is None


def test_ledgers_known_and_unknown(spoiled: dict[str, Any], bench: Bench) -> None:
    folder = bench.folder / "台账"
    folder.mkdir()
    (folder / "dishonest.csv").write_text("统一社会信用代码,单位名称,原因\n91440300MA5M8LPC4G,某某公司,拖欠\n", encoding="utf-8")
    (folder / "随便.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    told = bench.teller.run("check", bench.folder / "坏材料", "--ledgers", folder, "--json", "-")
    assert told.status == 1
    ledgers = {f["path"]: f for f in told.report["files"] if f["role"] == "ledger"}
    assert ledgers["dishonest.csv"]["error"] is None
    assert ledgers["随便.csv"]["error"]["code"] == "ledger_unknown"
    said = [f for f in told.report["findings"] if "随便.csv" in f["message"]]
    assert [(f["severity"], f["audience"]) for f in said] == [("review", "internal")]  # told to the office, never to the applicant
    # an office's own extract is not the applicant's to mend
    assert [f for f in findings_on(told.report, "随便.csv") if f["audience"] == "applicant"] == []
    missing = bench.teller.run("check", bench.folder / "坏材料", "--ledgers", bench.folder / "没有")
    assert missing.status == 2 and missing.err.count("\n") == 1 and missing.out == ""


def test_pages_whose_reading_breaks_are_findings_and_read_again_next_time(bench: Bench) -> None:
    folder = bench.folder / "中断"
    folder.mkdir()
    papers.text_pdf(folder / "回单.pdf", "利息回单\n金额 100.00")
    told = bench.teller.run("check", folder, "--json", "-", fault="reading_breaks")
    assert told.status == 0, told.err
    assert "Traceback" not in told.err
    page = told.report["files"][0]["pages"][0]
    assert page["error"]["code"] == "unreadable_page" and page["document"] is None
    assert told.report["timing"]["pages_read"] == 0
    assert told.report["verdict"] == "review"
    assert "第1页" in "".join(f["message"] for f in findings_on(told.report, "回单.pdf"))
    again = bench.teller.run("check", folder, "--json", "-")
    assert again.report["timing"]["pages_read"] == 1
    assert again.report["files"][0]["pages"][0]["error"] is None


def test_reconcile_of_one_voucher(bench: Bench) -> None:
    vouchers = DEMO / "审计凭证"
    invoice = vouchers / "电子发票_64097812.pdf"
    told = bench.teller.run("reconcile", vouchers / "项目投入明细清单（表1）.xlsx", invoice, "--json", "-", "--out", bench.folder / "核对")
    assert told.status == 1, told.err
    validate("reconcile", told.report)
    found = [line["declared"]["invoice_number"] for line in told.report["lines"] if line["status"] == "matched"]
    truth = next(d for d in read_truth(DEMO / "truth.json").documents if d.pages[0].file.endswith(invoice.name))
    assert found == [truth.fields["invoice_number"].value]
    assert any(p.suffix == ".xlsx" for p in (bench.folder / "核对").iterdir())


def test_reconcile_without_a_list_could_not_run(spoiled: dict[str, Any], bench: Bench) -> None:
    told = bench.teller.run("reconcile", papers.empty_workbook(bench.folder / "空清单.xlsx"), bench.folder / "坏材料")
    assert told.status == 2
    assert told.out == "" and told.err.count("\n") == 1 and "清单" in told.err


def test_read_shows_what_was_seen(spoiled: dict[str, Any], bench: Bench) -> None:
    told = bench.teller.run("read", bench.folder / "坏材料", "--json", "-", "--visual", bench.folder / "框图")
    assert told.status == 0, told.err
    validate("read", told.report)
    seen = {file["path"]: file for file in told.report["files"]}
    assert seen["锁.pdf"]["error"]["code"] == "encrypted"
    assert any("付款回单" in line["text"] for line in seen["照片.png"]["pages"][0]["lines"])
    assert list((bench.folder / "框图").glob("*.jpg"))


def inbox_of(bench: Bench) -> Path:
    inbox = bench.folder / "收件箱"
    if not inbox.exists():
        (inbox / "甲 公司").mkdir(parents=True)
        papers.text_pdf(inbox / "甲 公司" / "合同.pdf", "采购合同\n甲方：甲公司")
        papers.locked_pdf(inbox / "乙公司.pdf")
        (inbox / ".隐藏").touch()
    return inbox


def states(told: dict[str, Any]) -> dict[str, str]:
    return {item["name"]: item["state"] for item in told["items"]}


def test_nights(bench: Bench) -> None:
    """First night: both; second night: only what is new or changed, and what broke is tried again; one that breaks stops
    nothing; nobody's papers are written over another's."""
    inbox, out = inbox_of(bench), bench.folder / "晨报"
    first = bench.teller.run("nightly", "--inbox", inbox, "--once", "--out", out, "--json", "-")
    assert first.status == 1, first.err
    validate("nightly", first.report)
    assert states(first.report) == {"甲 公司": "checked", "乙公司.pdf": "checked"}
    assert first.report["items"][0]["name"] == "乙公司.pdf"  # the worst first
    for item in first.report["items"]:
        assert {p.name for p in Path(item["report"]).parent.iterdir()} >= set(PAPERS)
    assert "乙公司.pdf" in (out / "晨报.md").read_text("utf-8")

    (inbox / "空文件夹").mkdir()
    (inbox / "甲_公司").mkdir()  # not the same as 甲 公司
    papers.text_pdf(inbox / "甲_公司" / "合同.pdf", "租赁合同\n承租人：甲公司")
    second = bench.teller.run("nightly", "--inbox", inbox, "--once", "--out", out, "--json", "-", fault="one_check_breaks")
    assert second.status == 1, second.err
    assert states(second.report) == {"甲 公司": "unchanged", "乙公司.pdf": "unchanged", "空文件夹": "failed", "甲_公司": "failed"}
    assert [item["verdict"] for item in second.report["items"][:2]] == [None, None]
    assert "RuntimeError" in next(i["message"] for i in second.report["items"] if i["name"] == "甲_公司")

    third = bench.teller.run("nightly", "--inbox", inbox, "--once", "--out", out, "--json", "-")
    assert states(third.report) == {"甲 公司": "unchanged", "乙公司.pdf": "unchanged", "空文件夹": "failed", "甲_公司": "checked"}
    folders = [Path(item["report"]).parent for item in third.report["items"] if item["report"]]
    assert len(set(folders)) == len(folders) == 3
    kept = [p for p in (bench.home / "originals").rglob("*") if p.is_file()]
    assert len(kept) == 3 and all(re.fullmatch("[0-9a-f]{64}", p.name) for p in kept)


def test_one_night_at_a_time(bench: Bench) -> None:
    inbox = inbox_of(bench)
    with FileLock(lock_file(Settings(home=bench.home), inbox)):
        told = bench.teller.run("nightly", "--inbox", inbox, "--once", "--out", bench.folder / "晨报")
    assert told.status == 2
    assert told.out == "" and told.err.count("\n") == 1 and "夜间任务" in told.err


def test_papers_written_into_the_inbox_are_no_submission(bench: Bench) -> None:
    inbox = bench.folder / "自用收件箱"
    (inbox / "乙公司").mkdir(parents=True)
    papers.locked_pdf(inbox / "乙公司" / "报告.pdf")
    for state in ("checked", "unchanged"):
        told = bench.teller.run("nightly", "--inbox", inbox, "--once", "--out", inbox / "晨报", "--json", "-")
        assert states(told.report) == {"乙公司": state}
