"""``shencai read``."""

from __future__ import annotations

from pathlib import Path

from extractors.vocabulary import KINDS
from flows.cli.common import settings, watching
from flows.cli.main import DONE
from flows.cli.output import Output
from flows.desk import Desk
from flows.read import ReadOptions, ReadResult, run_read
from pipeline.errors import UsageError
from reports import words


def read_command(*, files: list[Path], kind: str | None, visual: Path | None, output: Output) -> int:
    if kind is not None and kind not in KINDS:
        raise UsageError(f"没有材料种类“{kind}”。", f"可选：{'、'.join(KINDS)}。")
    chosen = settings()
    with Desk(chosen) as desk, watching() as watcher:
        result = run_read(ReadOptions(tuple(files), kind, visual, chosen.policy), desk, watcher)
    output.write(result)
    output.say(_lines(result))
    return DONE


def _lines(result: ReadResult) -> list[str]:
    lines: list[str] = []
    for file in result.files:
        if file.error is not None:
            lines.append(f"{file.path}　读不了：{file.error.message}")
        elif file.pages:
            lines.append(f"{file.path}　{len(file.pages)} 页")
        for page in file.pages:
            if page.error is not None:
                lines.append(f"  第{page.index + 1}页　{page.error.message}")
        for document in file.documents:
            title = KINDS[document.kind].title if document.kind in KINDS else document.kind
            where = "、".join(str(ref.page + 1) for ref in document.pages)
            lines.append(f"  {title}" + (f"（第{where}页）" if where else "") + (f"　{document.note}" if document.note else ""))
            for name, field in document.fields.items():
                if field.status != "missing":
                    why = f"　{field.why}" if field.status == "doubtful" and field.why else ""
                    lines.append(
                        f"    {words.field_label(document.kind, name)}：{words.field_words(document.kind, name, field)}"
                        f"　[{words.FIELD_STATUS[field.status]}]{why}"
                    )
            lines += [f"    {words.table_label(document.kind, n)}：{len(t.rows)} 行" for n, t in document.tables.items() if t.rows]
    return lines
