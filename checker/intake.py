"""Which files make up a submission, and what do they state: a file, or a folder with its regnskab.yaml?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from checker.errors import SubmissionError
from checker.manifest import NAME, read_manifest
from checker.model.document import Document, Place
from checker.model.submission import EXTRACT, PRIOR, THIS, Declared, Remark, Submission
from checker.readers import READERS, read_document
from checker.recognise import recognise_all

Read = tuple[list[tuple[Document, str]], list[Remark], list[Remark]]
"""Documents with their roles, files that were left out, and files that could not be read."""


def read(path: str | Path, name: str | None = None, prior: str | Path | None = None) -> tuple[Submission, Declared]:
    """What a file or folder states, with last year's submission beside it, and what its regnskab.yaml declares.

    `name` is the path to report. Raises SubmissionError where nothing can be read, RuleError for a faulty
    regnskab.yaml. A file of a folder that cannot be read is in `Submission.faults`; the others are read.
    """
    root, shown = Path(path), name or Path(path).name
    declared = read_manifest(root, f"{shown}/{NAME}") if root.is_dir() else Declared()
    documents, left, faults = _documents(root, shown, THIS, declared)
    earlier = Path(prior) if prior else root / declared.prior if declared.prior else None
    if earlier is not None:
        given = str(prior or declared.prior)
        label = Path(given).name if Path(given).is_absolute() else Path(given).as_posix()
        more, skipped, broken = _documents(earlier, label, PRIOR, Declared())
        documents, left, faults = documents + more, left + skipped, faults + broken
    if declared.extract:
        extract = root / declared.extract.file
        documents.append((read_document(extract, f"{shown}/{declared.extract.file}"), EXTRACT))
    made = recognise_all(documents, declared)
    return replace(made, remarks=(*left, *made.remarks), faults=tuple(faults)), declared


def _documents(root: Path, shown: str, role: str, declared: Declared) -> Read:
    """The documents of a file or folder, sorted by name."""
    if not root.is_dir():
        return [(read_document(root, shown), role)], [], []
    documents: list[tuple[Document, str]] = []
    left: list[Remark] = []
    faults: list[Remark] = []
    for file in sorted(root.iterdir(), key=lambda f: f.name):
        label = f"{shown}/{file.name}"
        if _is_other(file, declared):
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


def _is_other(file: Path, declared: Declared) -> bool:
    """Files of the tool and of Office that are no part of what is submitted."""
    own: Sequence[str] = (NAME, "waivers.yaml")
    other = {p for p in (declared.prior, declared.extract.file if declared.extract else "") if p}
    hidden = file.name.startswith((".", "~$"))
    return hidden or file.name in own or file.name in {o.split("/")[0] for o in other} or ".kontrol." in file.name
