"""file -> Document: one module per format, chosen by this table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checker.errors import SubmissionError
from checker.model.document import Document
from checker.readers import text


def _workbook(path: Path, name: str) -> Document:
    from checker.readers import workbook

    return workbook.read(path, name)


def _csv(path: Path, name: str) -> Document:
    from checker.readers import csvfile

    return csvfile.read(path, name)


def _word(path: Path, name: str) -> Document:
    from checker.readers import docx

    return docx.read(path, name)


def _pdf(path: Path, name: str) -> Document:
    from checker.readers import pdf

    return pdf.read(path, name)


READERS: dict[str, Callable[[Path, str], Document]] = {
    ".txt": text.read,
    ".md": text.read,
    ".text": text.read,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xls": _workbook,
    ".xlsb": _workbook,
    ".ods": _workbook,
    ".csv": _csv,
    ".tsv": _csv,
    ".tab": _csv,
    ".docx": _word,
    ".docm": _word,
    ".pdf": _pdf,
}
"""Ending -> reader; the reader gets the path and the name to report."""


def read_document(path: Path, name: str | None = None) -> Document:
    """The document at `path`; raises SubmissionError where it cannot be read or no reader knows its ending."""
    name = name or path.name
    if path.is_dir():
        raise SubmissionError(name, "input.is_folder")
    if not path.exists():
        raise SubmissionError(name, "input.missing")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise SubmissionError(name, "input.unknown_ending", ending=path.suffix or "–", known=known)
    return reader(path, name)
