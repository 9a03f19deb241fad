"""Many submissions in one folder: which are they, which have changed, and what does checking all of them give?"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from checker.errors import RegnskabstjekError, RequestError
from checker.examine import Extras, examine
from checker.findings import exit_code
from checker.intake import is_read
from checker.manifest import NAME, read_manifest
from checker.model.outcomes import Report
from checker.model.rules import ERROR, NOTE, WARNING
from checker.reports import FORMATS, View
from checker.reports.overview import Entry
from checker.reports.summary import headline
from checker.rulefile import load_rules
from checker.version import __version__


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of every submission."""

    rules: str | None
    format: str
    view: View
    fail_on: str = "error"
    min_coverage: int = 0
    cache: str = ""
    extras: Extras = field(default_factory=Extras)


def submissions(root: Path) -> list[Path]:
    """The folders below that are a submission each: those with files that can be read; none inside another.

    Empty where the folder itself has such files, and so is one submission.
    """
    if not root.is_dir() or _is_submission(root):
        return []
    found: list[Path] = []
    below = (p for p in root.iterdir() if p.is_dir() and not p.name.startswith((".", "_")) and not _is_ours(p))
    for folder in sorted(below):
        found += [folder] if _is_submission(folder) else submissions(folder)
    return found


def _is_submission(folder: Path) -> bool:
    """Whether it has a regnskab.yaml or files to read, what is only about the repository left out of account."""
    return (folder / NAME).is_file() or any(is_read(f) and not _ABOUT.match(f.name) for f in folder.iterdir())


def _is_ours(folder: Path) -> bool:
    """Whether the reports of an earlier run lie there."""
    return (folder / OVERVIEW).is_file()


OVERVIEW = "oversigt.json"
_ABOUT = re.compile(r"(readme|l[æa]e?s ?mig|changelog|license|licens|contributing|oversigt)\b", re.IGNORECASE)
"""Names of files that tell about a repository and are no accounts."""


def changed_since(paths: Iterable[Path], revision: str) -> list[Path]:
    """Those in which a file differs from the revision, or that are held against such a one. Raises RequestError."""
    paths = list(paths)
    root = _git(paths[0] if paths else Path(), "rev-parse", "--show-toplevel").strip()
    changed = _git(Path(root), "diff", "--name-only", "-z", revision, "--").split("\0")
    changed += _git(Path(root), "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    touched = [Path(root, name).resolve() for name in changed if name]
    return [p for p in paths if any(_within(t, folder) for t in touched for folder in _looked_at(p))]


def _git(folder: Path, *command: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *command], capture_output=True, text=True, check=True, encoding="utf-8"
        )
    except (OSError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip()
        raise RequestError("cli_repository.no_revision", said=said) from error
    return done.stdout


def _looked_at(path: Path) -> Iterator[Path]:
    """The folders a submission is read from: its own and last year's."""
    yield path.resolve()
    declared = read_manifest(path, NAME) if path.is_dir() else None
    if declared and declared.prior:
        yield (path / declared.prior).resolve()


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def check_all(root: Path, paths: Iterable[Path], request: Request, processes: int = 0) -> Iterator[Entry]:
    """Every submission checked, in order, over so many processes (0: one for each processor)."""
    paths = list(paths)
    most = processes or os.cpu_count() or 1
    if len(paths) < 2 or most < 2:
        yield from (entry(root, path, request) for path in paths)
        return
    with ProcessPoolExecutor(min(most, len(paths))) as pool:
        yield from pool.map(entry, [root] * len(paths), paths, [request] * len(paths))


def entry(root: Path, path: Path, request: Request) -> Entry:
    """One submission checked, or taken from the cache where nothing has changed."""
    name = path.relative_to(root).as_posix()
    kept = Path(request.cache, f"{_key(path, request)}.json") if request.cache else None
    if kept and kept.is_file():
        return Entry(**{**json.loads(kept.read_text(encoding="utf-8")), "path": name})
    try:
        report = examine(path, request.rules, name, None, request.extras)
    except RegnskabstjekError as error:
        return Entry(name, 2, fault=error.render(request.view.lang))
    made = summed(name, report, request)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
        new.replace(kept)
    return made


def summed(name: str, report: Report, request: Request) -> Entry:
    """What an overview says of one report."""
    open_ = [f for f in report.findings if not f.accepted]
    counts = {s: sum(f.severity == s for f in open_) for s in (ERROR, WARNING, NOTE)}
    return Entry(
        name,
        exit_code(report, request.fail_on, request.min_coverage),
        headline(report, request.view)[0],
        counts[ERROR],
        counts[WARNING],
        counts[NOTE],
        len(report.findings) - len(open_),
        report.coverage.checked,
        report.coverage.facts,
        FORMATS[request.format](report, request.view),
    )


def _key(path: Path, request: Request) -> str:
    """A hash of everything the result follows from: files, rules, the tool's version and what was asked."""
    made = hashlib.sha256()
    asked = asdict(request) | {"cache": "", "version": __version__}
    made.update(json.dumps(asked, sort_keys=True, default=str).encode())
    for extra in (request.extras.waivers, request.extras.baseline):
        made.update(extra.read_bytes() if extra and extra.is_file() else b"")
    if request.rules:
        made.update(load_rules(request.rules).sha256.encode())
    for folder in _looked_at(path):
        for file in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if file.is_file():
                made.update(file.relative_to(folder).as_posix().encode() + b"\0")
                made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()
