"""Checks that a page has started: uploads in a private folder that is gone when the check ends, results in memory."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from checker.errors import RegnskabstjekError
from checker.model.outcomes import Report
from checker.reports import View

KEPT = 20
"""So many results are kept; the oldest is forgotten first."""
WORKBOOKS = (".xlsx", ".xlsm")

Upload = tuple[str, bytes]
"""A file's own name and its bytes."""


@dataclass
class Result:
    """What a finished check leaves: the report as HTML, and files to fetch by name."""

    html: str = ""
    title: str = ""
    facts: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    fault: str = ""


@dataclass
class Job:
    """One check: running while `result` is None."""

    id: str
    names: list[str]
    started: float
    result: Result | None = None

    @property
    def seconds(self) -> int:
        """How long it has run."""
        return int(time.monotonic() - self.started)


class Jobs:
    """All checks of one page; several may run at once."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="check")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def start(self, files: Sequence[Upload], prior: Sequence[Upload], rules: str, lang: str) -> Job:
        """Begin a check of these files as one submission."""
        job = Job(secrets.token_urlsafe(12), [name for name, _ in files], time.monotonic())
        self._jobs[job.id] = job
        for old in list(self._jobs)[:-KEPT]:
            del self._jobs[old]
        self._pool.submit(self._run, job, list(files), list(prior), rules, lang)
        return job

    def get(self, id_: str) -> Job | None:
        """A job that is known."""
        return self._jobs.get(id_)

    def forget(self, id_: str) -> None:
        """Nothing of it is left."""
        self._jobs.pop(id_, None)

    def _run(self, job: Job, files: list[Upload], prior: list[Upload], rules: str, lang: str) -> None:
        try:
            job.result = checked(files, prior, rules, lang)
        except RegnskabstjekError as error:
            job.result = Result(fault=error.render(lang))
        except Exception as error:  # a fault of the tool is told as that, and the page goes on
            job.result = Result(fault=f"{type(error).__name__}: {error}")


def checked(files: Sequence[Upload], prior: Sequence[Upload], rules: str, lang: str) -> Result:
    """Check the files in a folder of their own that nobody else may read, and that is gone afterwards."""
    from checker.reports.html import render
    from checker.reports.summary import headline
    from checker.run import check

    with tempfile.TemporaryDirectory(prefix="regnskabstjek-") as folder:
        this, last = Path(folder) / "materiale", Path(folder) / "sidste-aar"
        path = _put(files, this)
        before = _put(prior, last) if prior else None
        report = check(path, rules or None, name=path.name, prior=before)
    view = View(lang)
    html = render(report, view)
    title, _, facts = headline(report, view)
    return Result(html, title, facts, _to_fetch(report, files, view))


def _put(files: Sequence[Upload], folder: Path) -> Path:
    """The one file, or the folder that holds several."""
    folder.mkdir(mode=0o700)
    paths = []
    for number, (name, content) in enumerate(files):
        own = Path(name.replace("\\", "/")).name or f"fil-{number}"
        path = folder / own
        if path.exists():
            path = folder / f"{number}-{own}"
        path.write_bytes(content)
        paths.append(path)
    return paths[0] if len(paths) == 1 else folder


def _to_fetch(report: Report, files: Sequence[Upload], view: View) -> dict[str, bytes]:
    """The working paper, the JSON, and an annotated copy of each workbook."""
    from checker.annotate import annotate
    from checker.reports.json_report import render as as_json
    from checker.reports.working_paper import render as paper

    found: dict[str, bytes] = {}
    told = {Path(f.path).name: f.path for f in report.submission.files}
    for name, content in files:
        own = Path(name.replace("\\", "/"))
        if own.suffix.lower() in WORKBOOKS and own.name in told:
            found[f"{own.stem}.kontrol{own.suffix}"] = annotate(content, report, told[own.name], view.lang)
    named = Path(files[0][0].replace("\\", "/")).stem if len(files) == 1 else "materiale"
    found[f"{named}.arbejdspapir.xlsx"] = paper(report, view)
    found[f"{named}.rapport.json"] = as_json(report, view).encode("utf-8")
    return found
