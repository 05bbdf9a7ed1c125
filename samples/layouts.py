"""Which papers lie in a submission, in what order, and how people call the files they scan them into."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterable
from pathlib import Path

from samples.documents.draft import Draft
from samples.registry import split
from samples.world.model import PaperKey, World


def volume_keys(world: World) -> tuple[PaperKey, ...]:
    """The papers of the volume in their order (rule-book A.1); without those that are not enclosed."""
    wanted = set(world.categories)
    keys: list[PaperKey] = ["front", "application_form", "business_licence"]
    if wanted & {"1", "2", "4a", "4b"} or world.project.renovation:
        keys.append("filing_certificate")
    lists: list[PaperKey] = ["investment_list"]
    if wanted & {"4a", "4b"}:
        lists.append("investment_list::interest")
        lists += [f"loan_contract::{loan.key}" for loan in world.loans] + [f"lease_contract::{lease.key}" for lease in world.leases]
    yearly: list[PaperKey] = []
    if wanted & {"2", "3", "5"}:
        yearly += [paper.key for paper in sorted(world.tax_papers, key=lambda p: (p.year, p.key))]
        reports = [(r.year, f"audit_report:{r.year}") for r in world.audit_reports] + [(s.year, f"{s.kind}:{s.year}") for s in world.substitutes]
        yearly += [key for _, key in sorted(reports)]
    rest: list[PaperKey] = ["implementation_plan"] if world.plan is not None else []
    if world.listing is not None:
        rest += ["listing_document::ipo", "listing_document::announcement", "listing_document::approval"]
        rest += [f"listing_document::use:{year}" for year in world.listing.report_years]
        rest += ["capital_verification::raised", "listing_document::feasibility"]
    rng = world.rng("order")
    # Some follow the guide's numbering, which names the list first; most put what proves the firm in front.
    keys += [*lists, *yearly, *rest] if rng.random() < 0.4 else [*yearly, *rest, *lists]
    if wanted & {"2", "3", "5"} and not world.short:
        keys += [f"supporting::{what}" for what in ("catalogue", "patents", "notes") if rng.random() < 0.6 or what == "catalogue"]
    return tuple(key for key in keys if key not in world.handling.absent)


_TITLES = {
    "front": ("封面目录", "封面及目录", "申报材料封面、目录"),
    "application_form": ("申请书", "申报书", "企业技术改造扶持计划项目申请书"), "business_licence": ("营业执照", "执照副本", "营业执照副本复印件"),
    "filing_certificate": ("备案表", "技改备案", "技术改造项目备案表"), "tax_certificate": ("纳税证明", "完税证明", "税局证明"),
    "audit_report": ("审计报告", "审计", "财务审计报告"), "financial_statement": ("财务决算报表", "财务报表", "决算报表"),
    "capital_verification": ("验资报告", "验资", "验资报告"), "implementation_plan": ("实施方案", "建设方案", "项目建设实施方案"),
    "investment_list": ("投入明细清单", "清单盖章版", "项目投入明细清单（盖章）"), "loan_contract": ("借款合同", "贷款合同", "固定资产借款合同"),
    "lease_contract": ("融资租赁合同", "租赁合同", "融资租赁合同"), "listing_document": ("上市材料", "募集资金", "募集资金材料"),
    "supporting": ("佐证材料", "其他材料", "其他证明材料"),
}  # fmt: skip
_FOLDERS = {
    "front": "基本材料",
    "tax_certificate": "财务资料（审计、纳税）", "audit_report": "财务资料（审计、纳税）", "financial_statement": "财务资料（审计、纳税）", "capital_verification": "财务资料（审计、纳税）",
    "application_form": "基本材料", "business_licence": "基本材料", "filing_certificate": "基本材料", "investment_list": "项目清单", "implementation_plan": "方案",
    "loan_contract": "合同", "lease_contract": "合同", "listing_document": "上市公司材料", "supporting": "其他 补充",
}  # fmt: skip


class Namer:
    """Gives every file of a folder the name its people would: by number, by attachment, by scanner, mixed case, odd brackets."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._style = rng.choice(("number", "attachment", "scanner", "plain"))
        self._folders = rng.random() < 0.6
        self._word = rng.randrange(3)
        self._taken: set[str] = set()
        self._count = 0
        self._serial = rng.randint(1, 40)

    def name(self, draft: Draft, suffix: str, rng: random.Random) -> str:
        """A path below the folder for ``draft``; the same for the same paper whatever else lies there but for its number."""
        kind, year, what = split(draft.key)
        word = _TITLES[kind][self._word] if self._style != "plain" or rng.random() < 0.5 else draft.title
        part = {"state": "（国税）", "local": "（地税）", "interest": "（表4利息）"}.get(what, "")
        self._count += 1
        year = year or (what.split(":")[1] if what.startswith("use:") else "")
        if self._style == "number":
            stem = f"{self._count:02d}{word}{year}{part}"
        elif self._style == "attachment":
            stem = f"附件{self._count}-{word}{year}{part}"
            suffix = suffix.upper() if rng.random() < 0.3 else suffix
        elif self._style == "scanner" and rng.random() < 0.75:
            stem = f"扫描件_{self._serial + self._count:04d}" if rng.random() < 0.7 else f"CamScanner 06-{8 + self._count % 12:02d}-2020 14.{self._count % 60:02d}"
        else:
            stem = f"{year}年度{word}{part}" if year else f"{word}{part}"
        folder = f"{_FOLDERS[kind]}/" if self._folders else ""
        path, again = f"{folder}{stem}{suffix}", 2
        while path.lower() in self._taken:
            path, again = f"{folder}{stem} ({again}){suffix}", again + 1
        self._taken.add(path.lower())
        return path


class _GbkInfo(zipfile.ZipInfo):
    """A member whose name is written as Windows wrote it in China: GBK bytes, no sign of it in the flags."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk", "replace"), self.flag_bits & ~0x800


def pack(folder: Path, members: Iterable[str], archive: Path, gbk: bool, stamp: tuple[int, int, int, int, int, int]) -> None:
    """Packs the files ``members`` of ``folder`` into ``archive``, all with the date ``stamp``; the same files give the same bytes."""
    with zipfile.ZipFile(archive, "w") as packed:
        for name in members:
            info = (_GbkInfo if gbk else zipfile.ZipInfo)(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED if name.lower().endswith((".xlsx", ".xls", ".csv")) else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            packed.writestr(info, (folder / name).read_bytes())

