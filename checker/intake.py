"""Which files make up a submission, and what do they state: a file, or a folder with its regnskab.yaml?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from checker.errors import SubmissionError
from checker.manifest import NAME, read_manifest
from checker.model.document import Document, Place
from checker.model.submission import EXTRACT, PRIOR, THIS, Declared, Remark, Submission
from checker.readers import READERS, read_document
from checker.recognise import recognise_all
from checker.recognise.cpr import cpr_like

Read = tuple[list[tuple[Document, str]], list[Remark], list[Remark]]
"""Documents with their roles, files that were left out, and files that could not be read."""


def read(path: str | Path, name: str | None = None, prior: str | Path | None = None) -> tuple[Submission, Declared]:
    """What a file or folder states, with last year's submission beside it, and what its regnskab.yaml declares.

    `name` is the path to report. Raises SubmissionError where nothing can be read, RuleError for a faulty
    regnskab.yaml. A file of a folder that cannot be read is in `Submission.faults`; the others are read.
    """
    root = Path(path)
    shown = name or root.name or "."
    declared = read_manifest(root, f"{shown}/{NAME}") if root.is_dir() else Declared()
    earlier = Path(prior) if prior else root / declared.prior if declared.prior else None
    extract = root / declared.extract.file if declared.extract else None
    documents, left, faults = _documents(root, shown, THIS, [p for p in (earlier, extract) if p])
    if earlier:
        label = Path(prior or declared.prior)
        more, skipped, broken = _documents(earlier, label.name if label.is_absolute() else label.as_posix(), PRIOR)
        documents, left, faults = documents + more, left + skipped, faults + broken
    if extract and declared.extract:
        documents.append((read_document(extract, f"{shown}/{declared.extract.file}"), EXTRACT))
    made = recognise_all(documents, declared)
    persons = [remark for document, role in documents if role == THIS for remark in cpr_like(document)]
    return replace(made, remarks=(*persons, *left, *made.remarks), faults=tuple(faults)), declared


def _documents(root: Path, shown: str, role: str, apart: Sequence[Path] = ()) -> Read:
    """The documents of a file or folder, sorted by name; what is read for itself is `apart`."""
    if not root.is_dir():
        return [(read_document(root, shown), role)], [], []
    documents: list[tuple[Document, str]] = []
    left: list[Remark] = []
    faults: list[Remark] = []
    for file in sorted(root.iterdir(), key=lambda f: f.name):
        label = f"{shown}/{file.name}"
        if _is_other(file, apart):
            continue
        if file.is_dir() or file.suffix.lower() not in READERS:
            key = "reading.folder_left_out" if file.is_dir() else "reading.file_left_out"
            left.append(Remark(key, (("file", file.name),), Place(label)))
            continue
        try:
            documents.append((read_document(file, label), role))
        except SubmissionError as error:
            at = Place(label, line=error.line)
            faults.append(Remark(error.key, tuple(sorted(error.args_.items())), at))
    if not documents:
        if faults:
            raise SubmissionError(faults[0].place.file, faults[0].key, faults[0].place.line, **dict(faults[0].args))
        raise SubmissionError(shown, "input.nothing_readable", known=", ".join(READERS))
    return documents, left, faults


def is_read(file: Path) -> bool:
    """Whether a file of a folder would be read as a part of its submission."""
    return file.is_file() and file.suffix.lower() in READERS and not _is_other(file, ())


def _is_other(file: Path, apart: Sequence[Path]) -> bool:
    """Last year's files, the extract, and files of the tool and of Office that are no part of what is submitted."""
    at, others = _absolute(file), [_absolute(p) for p in apart]
    hidden = file.name.startswith((".", "~$"))
    own = file.name in (NAME, "waivers.yaml") or ".kontrol." in file.name
    return hidden or own or any(at == other or at in other.parents for other in others)


def _absolute(path: Path) -> Path:
    """The path without '..', links kept."""
    return Path(os.path.normpath(path.absolute()))
