"""The words that all floors share: pages, readings, evidence, fields, documents, findings, reports."""

from pipeline.model.base import Box, Model, Quad, clamp_box, union_box
from pipeline.model.document import (
    MISSING,
    Correction,
    Document,
    Field,
    FieldStatus,
    Row,
    Seal,
    Table,
    Witness,
    WitnessSource,
)
from pipeline.model.dossier import Dossier, EmptyRegister, LedgerRow, PriorClaim, RegisterView
from pipeline.model.evidence import (
    AbsenceEvidence,
    CellEvidence,
    Evidence,
    LedgerEvidence,
    PageEvidence,
    PageRef,
    RegisterEvidence,
    XmlEvidence,
)
from pipeline.model.finding import (
    SEVERITIES,
    SEVERITY_WORDS,
    VERDICT_WORDS,
    Audience,
    Deduction,
    Finding,
    Severity,
    Subject,
    Verdict,
    finding_id,
)
from pipeline.model.reading import (
    Code,
    InkColour,
    Line,
    LineSource,
    PageLabel,
    PageReading,
    ScanColour,
    SealMark,
    SealRole,
    SealShape,
)
from pipeline.model.report import (
    ChecklistItem,
    ChecklistStatus,
    Coverage,
    Funding,
    FundingStep,
    MadeBy,
    Report,
    Rounds,
    SkippedRule,
    Timing,
    verdict_of,
)
from pipeline.model.submission import Category, FileRole, Media, Page, Problem, SourceFile, Stage, Submission
from pipeline.model.workbook import Cell, CellValue, Sheet, Workbook, column_letters

__all__ = [
    "MISSING", "SEVERITIES", "SEVERITY_WORDS", "VERDICT_WORDS", "AbsenceEvidence", "Audience", "Box", "Category", "Cell",
    "CellEvidence", "CellValue", "ChecklistItem", "ChecklistStatus", "Code", "Correction", "Coverage", "Deduction",
    "Document", "Dossier", "EmptyRegister", "Evidence", "Field", "FieldStatus", "FileRole", "Finding", "Funding",
    "FundingStep", "InkColour", "LedgerEvidence", "LedgerRow", "Line", "LineSource", "MadeBy", "Media", "Model", "Page",
    "PageEvidence", "PageLabel", "PageReading", "PageRef", "PriorClaim", "Problem", "Quad", "RegisterEvidence",
    "RegisterView", "Report", "Rounds", "Row", "ScanColour", "Seal", "SealMark", "SealRole", "SealShape", "Severity",
    "Sheet", "SkippedRule", "SourceFile", "Stage", "Subject", "Submission", "Table", "Timing", "Verdict", "Witness",
    "WitnessSource", "Workbook", "XmlEvidence", "clamp_box", "column_letters", "finding_id", "union_box", "verdict_of",
]  # fmt: skip
