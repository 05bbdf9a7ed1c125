"""Files and pages nobody could read or recognise, and papers nobody can place: R-901, R-902, R-903, R-904."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import AbsenceEvidence, Finding, PageEvidence, PageRef, Subject
from validators.rule import Case, rule

WHOLE = (0.0, 0.0, 1.0, 1.0)


@rule(
    id="R-901",
    title="文件无法读取",
    severity="correct",
    clause="六末段",
    group="文件可读",
    sentence="文件“{path}”无法读取：{why}",
    variants={"partly": "文件“{path}”已损坏：{why}", "ledger": "台账“{path}”未能使用：{why}"},
    hint="请重新导出或扫描该文件，确认能正常打开后重新提交。",
)
def unreadable_file(case: Case) -> Iterator[Finding]:
    """文件无法读取

    What it does:
        列出打不开、加密、损坏或格式不支持的文件。
    Why:
        看不到内容就无法审核，也不能当作没有提交。
    Bad:
        加了打开密码的PDF。
    Good:
        所有文件均能打开。
    Known false alarms:
        夹带的系统文件（缩略图等）由收件环节忽略，不会出现在这里。
    """
    for source in case.dossier.files:
        if source.error is None:
            continue
        subject = Subject(type="document", id=source.path, file=source.id)
        pages = tuple(PageRef(file=source.id, page=page.index) for page in source.pages) or (PageRef(file=source.id, page=0),)
        proof = AbsenceEvidence(expected="完整可读的内容", searched=pages)
        asked_for = source.role in ("original", "list", "unknown")
        ours = source.role == "ledger"  # another office's extract: no business of the applicant's
        yield case.finding(
            subject, [proof], variant="ledger" if ours else "partly" if source.pages else "", path=source.path, why=source.error.message,
            severity=None if asked_for and not source.pages else "review", audience="internal" if ours else None,
            data={"code": source.error.code},
        )  # fmt: skip


@rule(
    id="R-902",
    title="页面无法读取",
    severity="review",
    clause="六末段",
    group="文件可读",
    sentence="文件“{path}”第{n}页无法读取：{why}",
    hint="请在原件上核对该页；确属扫描不清的，请申报单位重新扫描。",
)
def unreadable_page(case: Case) -> Iterator[Finding]:
    """页面无法读取

    What it does:
        列出单独无法读取的页面。
    Why:
        该页内容没有参与任何核对，须由人看一眼。
    Bad:
        扫描件第7页数据损坏。
    Good:
        每页都有内容或为空白页。
    Known false alarms:
        程序超时或内存不足也会造成单页未读，重新运行可消除。
    """
    for source in case.dossier.files:
        for page in source.pages:
            if page.error is None:
                continue
            subject = Subject(type="page", id=page.content or f"{source.path}#{page.index}", file=source.id)
            proof = PageEvidence(file=source.id, page=page.index, box=WHOLE, text="")
            yield case.finding(subject, [proof], path=source.path, n=page.index + 1, why=page.error.message, data={"code": page.error.code})


@rule(
    id="R-903",
    title="材料未能识别",
    severity="note",
    clause="六末段",
    group="文件可读",
    sentence="{where}未能识别是何种材料，请核对是否为所需材料。",
    hint="请人工确认这些页面的材料类别。",
    audience="internal",
)
def unknown_document(case: Case) -> Iterator[Finding]:
    """材料未能识别

    What it does:
        列出程序认不出类别的页面，缺少必交材料时转为人工核对。
    Why:
        缺的材料可能就在其中，不能不看就要求补交。
    Bad:
        三页照片没有标题，也没有文字。
    Good:
        每页都归入某一份材料。
    Known false alarms:
        企业补充的佐证材料五花八门，认不出属正常。
    """
    from validators.checklist import build_checklist

    lacking = any(i.status in ("missing", "incomplete") for i in build_checklist(case.view))
    for document in case.dossier.of_kind("unknown"):
        source = case.view.file_of(document)
        where = f"文件“{source.path}”" if source is not None else "部分内容"
        if document.pages and source is not None and source.media not in ("workbook", "csv"):
            first, last = document.pages[0].page + 1, document.pages[-1].page + 1
            where += f"第{first}页" if first == last else f"第{first}至{last}页"
        proof = case.view.place(document) or (AbsenceEvidence(expected="可识别的材料", searched=document.pages),)
        yield case.finding(case.view.subject(document), proof, severity="review" if lacking else None, where=where)


@rule(
    id="R-904",
    title="申报类别或单位未能确定",
    severity="review",
    clause="六末段",
    group="文件可读",
    sentence="未能确定项目类别，材料是否齐全、投入是否在申报期间内均未核对，请人工确认类别后重新核对。",
    variants={"applicant": "未读出申报单位名称和统一社会信用代码，材料是否属于申报单位未核对，请人工确认后重新核对。"},
    hint="请核对是否缺少申请书；也可用 --category、--applicant、--uscc 指明后重新核对。",
    audience="internal",
)
def unplaced_submission(case: Case) -> Iterator[Finding]:
    """申报类别或单位未能确定

    What it does:
        类别或申报单位读不出来、也没有指明时，转为人工核验。
    Why:
        这时大部分规则无从判断，没有发现问题不等于没有问题。
    Bad:
        文件夹里只有一份采购合同。
    Good:
        申请书写明类别和单位，或核对时已指明。
    Known false alarms:
        只想看一两份材料时也会出现，可改用 shencai read。
    """
    searched = tuple(ref for document in case.dossier.documents for ref in document.pages)
    subject = Subject(type="submission", id="categories")
    if not case.view.categories:
        yield case.finding(subject, [AbsenceEvidence(expected="项目类别", searched=searched)])
    if case.view.applicant.name is None and case.view.applicant.uscc is None:
        proof = AbsenceEvidence(expected="申报单位名称或统一社会信用代码", searched=searched)
        yield case.finding(Subject(type="submission", id="applicant"), [proof], variant="applicant")


@rule(
    id="R-324",
    title="清单有隐藏内容",
    severity="correct",
    clause="六（一）（1）",
    group="清单格式",
    sentence="工作表存在隐藏行/列/表（{where}），请取消隐藏后重新上传。",
    hint="在Excel中取消隐藏全部行、列和工作表，核对合计后重新上传。",
)
def hidden_rows(case: Case) -> Iterator[Finding]:
    """清单有隐藏内容

    What it does:
        找出投入明细清单里被隐藏的行、列和工作表。
    Why:
        隐藏内容可能计入合计却看不见，纸质清单与Excel会对不上。
    Bad:
        第12至15行被隐藏，合计却包含这几行。
    Good:
        没有隐藏行、列、表。
    Known false alarms:
        被隐藏的空行不计。
    """
    for document in case.dossier.of_kind("investment_list"):
        hidden = [r for t in document.tables.values() for r in t.rows if r.hidden]
        note = "被隐藏" in document.note
        if not hidden and not note:
            continue
        numbers = [getattr(r.evidence, "cell", r.id) for r in hidden]
        notes = [part for part in document.note.replace("。", "。 ").split() if "被隐藏" in part]
        where = f"第{'、'.join(_row_number(n) for n in numbers)}行" if numbers else "".join(notes).rstrip("。")
        proof = [r.evidence for r in hidden] or list(case.view.place(document))
        yield case.finding(case.view.subject(document), proof, where=where, data={"note": document.note, "rows": len(hidden)})


def _row_number(cell: str) -> str:
    return "".join(c for c in cell if c.isdigit()) or cell
