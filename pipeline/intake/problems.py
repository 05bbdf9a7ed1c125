"""What can be wrong with a file or page, in a clerk's words. Codes are stable; each sentence ends with what to do next."""

from __future__ import annotations

from pipeline.errors import FileProblem
from pipeline.model import Problem

NOTE_CODES = frozenset({"system_file", "link_to_listed_file", "damaged_pdf_recovered"})
"""Problems that need no action: the file is accounted for, nothing of the submission is lost."""



class PageProblem(FileProblem):
    """A page that cannot be turned into pixels or text; ``code`` and the sentence as in :class:`FileProblem`."""


_SENTENCES: dict[str, str] = {
    # files
    "empty_file": "文件是空的（0 字节），请重新导出或重新扫描后提交。",
    "not_a_pdf": "文件扩展名是 pdf，但内容不是 PDF{detail}，请用原来的软件重新导出为 PDF 后提交。",
    "broken_pdf": "PDF 文件已损坏，无法打开，请重新导出或重新扫描后提交。",
    "damaged_pdf": "PDF 文件不完整，经修复后读出 {detail} 页，可能缺页，请核对页数，缺页的请重新提交。",
    "page_count_disagrees": "两种方法数出的页数不一致（{detail}），已按较多的页数读取，请核对是否缺页，必要时重新导出。",
    "encrypted": "文件设有打开密码，无法读取，请取消密码后重新提交。",
    "file_too_large": "文件过大（{detail}），未读取，请拆分或降低扫描分辨率（300 dpi 即可）后重新提交。",
    "total_too_large": "材料总量超过上限（{detail}），本文件未读取，请分批提交。",
    "too_many_files": "文件数量超过上限，还有 {detail} 个文件未读取，请分批提交。",
    "too_many_pages": "页数超过上限（{detail}），超出部分未读取，请拆分后分批提交。",
    "too_slow": "文件读取时间过长，本页起未读取，请重新导出或拆分后提交。",
    "unreadable": "文件无法读取（{detail}），请检查文件权限或重新复制后提交。",
    "not_a_file": "不是普通文件（设备或管道），未读取，请删除后重新提交。",
    "link_leaves_folder": "是指向材料文件夹以外的快捷方式，未读取，请把原文件复制到材料文件夹内后提交。",
    "link_to_listed_file": "是材料文件夹内其他文件的快捷方式，原文件已单独读取，无需处理。",
    "system_file": "是系统或办公软件自动生成的{detail}，不属于申报材料，已跳过，无需处理。",
    "unsupported_type": "{detail}",
    "broken_image": "图片已损坏，无法打开，请重新扫描或重新拍摄后提交。",
    "image_too_large": "图片过大（{detail}），无法读取，请以 300 dpi 重新扫描后提交。",
    "broken_ofd": "OFD 文件已损坏，无法打开，请从开票平台重新下载后提交。",
    "broken_xml": "XML 文件不规范或含有不允许的内容，无法读取，请从原平台重新下载后提交。",
    "broken_workbook": "电子表格已损坏，无法打开，请用 Excel 或 WPS 打开后另存为 xlsx 再提交。",
    "workbook_too_large": "电子表格过大（{detail}），未读取，请只保留申报内容，另存为新的 xlsx 后提交。",
    # archives
    "unsupported_archive": "是 {detail} 压缩包，无法解压，请解压后直接提交其中的文件，或改用 zip 压缩包。",
    "broken_archive": "压缩包已损坏，无法解压，请重新压缩后提交。",
    "archive_too_deep": "压缩包嵌套层数过多（超过 {detail} 层），未解压，请解压后直接提交其中的文件。",
    "archive_bomb": "压缩比异常（{detail}），疑似恶意文件，未解压，请解压检查后直接提交其中的文件。",
    "archive_too_large": "压缩包解压后超过上限（{detail}），其余内容未解压，请分批提交。",
    "link_in_archive": "是压缩包内的快捷方式，没有内容，请把原文件放入压缩包后重新提交。",
    "empty_archive": "压缩包内没有文件，请检查后重新压缩提交。",
    # pages
    "page_missing": "本页在文件中缺失或已损坏，请重新扫描本页后提交。",
    "page_too_large": "页面尺寸异常（{detail}），无法显示，请按实际纸张大小重新导出后提交。",
    "page_unrendered": "本页内容无法显示，请重新扫描或重新导出本页后提交。",
    "no_raster": "OFD 页面按其自身文字读取，不生成图像；如需核对印章，请另附 PDF 版式。",
    "no_pages": "这类文件没有页面，请按表格或数据文件处理。",
}  # fmt: skip


def problem(code: str, detail: str = "") -> Problem:
    """The problem ``code`` with its sentence; ``detail`` fills the sentence's place for particulars."""
    return Problem(code=code, message=_SENTENCES[code].format(detail=detail))


def file_problem(code: str, detail: str = "") -> FileProblem:
    """The same as an exception, for code that cannot go on."""
    return FileProblem(code, _SENTENCES[code].format(detail=detail))


def page_problem(code: str, detail: str = "") -> PageProblem:
    """The same as an exception about a page."""
    return PageProblem(code, _SENTENCES[code].format(detail=detail))


def of_error(error: FileProblem) -> Problem:
    """A caught file problem as data."""
    return Problem(code=error.code, message=str(error))
