"""What does an earlier JSON report say, and is it one of ours and whole?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import SubmissionError, reason
from checker.messages import LANGUAGES
from checker.model.outcomes import FAILED, STATUSES

_VERSION = re.compile(r"1\.[0-9]+")
_HASH = re.compile(r"[0-9a-f]{16}")
_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Check:
    """One outcome of an earlier report; `message` is its text by language."""

    rule_id: str
    fingerprint: str
    value_hash: str
    status: str
    message: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier report says, as far as another can be held against it.

    `files` are (path, sha256) in its order; `findings` are (cause, severity, fingerprints).
    """

    tool_version: str
    ruleset: tuple[str, str, str]  # id, version, sha256
    files: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    checks: Mapping[str, Check]  # by fingerprint
    findings: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def failed(self) -> dict[str, Check]:
        """Those that failed, by fingerprint."""
        return {mark: check for mark, check in self.checks.items() if check.status == FAILED}


def load(path: Path, name: str | None = None) -> Mapping[str, Any]:
    """The JSON of a file; raises SubmissionError where it cannot be read or holds no report."""
    file = name or path.name
    try:
        made: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SubmissionError(file, "earlier.unreadable", why=reason(error)) from error
    except UnicodeDecodeError as error:
        raise SubmissionError(file, "earlier.not_utf8") from error
    except json.JSONDecodeError as error:
        raise SubmissionError(file, "earlier.not_json", error.lineno, column=str(error.colno)) from error
    except (ValueError, RecursionError) as error:  # numbers too long, nested too deep
        raise SubmissionError(file, "earlier.not_json", 1, column="1") from error
    if isinstance(made, list):
        raise SubmissionError(file, "earlier.several", n=str(len(made)))
    return _Reading(file).mapping(made, "")


def earlier(data: Mapping[str, Any], name: str) -> Earlier:
    """What the parsed JSON of a report says; raises SubmissionError with what was found where something else must be.

    Any report of version 1 of the contract will do; what it holds besides is left alone. `name` is the file's.
    """
    return _Reading(name).report(data)


class _Reading:
    """The JSON of a report on its way to `Earlier`; the first thing that is wrong stops it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def report(self, data: Any) -> Earlier:
        self.mapping(data, "")
        version = self.text(data, "", "schema_version")
        if not _VERSION.fullmatch(version):
            raise SubmissionError(self.name, "earlier.other_version", found=version)
        tool, ruleset = self.within(data, "", "tool"), self.within(data, "", "ruleset")
        if (maker := self.text(tool, "tool", "name")) != "regnskabstjek":
            raise SubmissionError(self.name, "earlier.other_tool", found=maker)
        checks = [self._check(raw, f"outcomes[{n}]") for n, raw in enumerate(self.listed(data, "", "outcomes"))]
        counts = self.within(data, "", "counts")
        for status in STATUSES:
            if not isinstance(counts.get(status), int) or isinstance(counts[status], bool):
                raise self.wrong(f"counts.{status}", counts.get(status), "@earlier.a_number")
        return Earlier(
            self.text(tool, "tool", "version"),
            (
                self.text(ruleset, "ruleset", "id"),
                self.text(ruleset, "ruleset", "version"),
                self.text(ruleset, "ruleset", "sha256", _SHA),
            ),
            self._files(self.within(data, "", "submission")),
            {status: counts[status] for status in STATUSES},
            {check.fingerprint: check for check in checks},
            tuple(self._finding(raw, f"findings[{n}]") for n, raw in enumerate(self.listed(data, "", "findings"))),
        )

    def _files(self, submission: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        found = []
        for number, raw in enumerate(self.listed(submission, "submission", "files")):
            at = f"submission.files[{number}]"
            found.append((self.text(self.mapping(raw, at), at, "path"), self.text(raw, at, "sha256", _SHA)))
        return tuple(found)

    def _check(self, raw: Any, at: str) -> Check:
        self.mapping(raw, at)
        status = self.text(raw, at, "status")
        if status not in STATUSES:
            raise self.wrong(f"{at}.status", status, ", ".join(STATUSES))
        message = self.within(raw, at, "message")
        return Check(
            self.text(raw, at, "rule_id"),
            self.text(raw, at, "fingerprint", _HASH),
            self.text(raw, at, "value_hash", _HASH),
            status,
            {lang: self.text(message, f"{at}.message", lang) for lang in LANGUAGES},
        )

    def _finding(self, raw: Any, at: str) -> tuple[str, str, tuple[str, ...]]:
        self.mapping(raw, at)
        marks = self.listed(raw, at, "outcomes")
        if not all(isinstance(mark, str) for mark in marks):
            raise self.wrong(f"{at}.outcomes", marks, "@earlier.a_list")
        cause = "" if raw.get("cause") is None else self.text(raw, at, "cause")
        return cause, self.text(raw, at, "severity"), tuple(marks)

    def wrong(self, at: str, found: object, expected: str) -> SubmissionError:
        """The complaint about what stands at a key; what is found is cut where it is long."""
        shown = "@earlier.nothing" if found is None else json.dumps(found, ensure_ascii=False)
        shown = shown if len(shown) <= 40 else shown[:39] + "…"
        return SubmissionError(self.name, "earlier.wrong", at=at or "@earlier.the_file", found=shown, expected=expected)

    def mapping(self, value: Any, at: str) -> Mapping[str, Any]:
        """A JSON object."""
        if not isinstance(value, Mapping):
            raise self.wrong(at, value, "@earlier.an_object")
        return value

    def within(self, data: Mapping[str, Any], at: str, key: str) -> Mapping[str, Any]:
        """The object at a key."""
        return self.mapping(data.get(key), _at(at, key))

    def listed(self, data: Mapping[str, Any], at: str, key: str) -> list[Any]:
        """The list at a key."""
        value = data.get(key)
        if not isinstance(value, list):
            raise self.wrong(_at(at, key), value, "@earlier.a_list")
        return value

    def text(self, data: Mapping[str, Any], at: str, key: str, form: re.Pattern[str] | None = None) -> str:
        """The text at a key, of a form where one is given."""
        value = data.get(key)
        if not isinstance(value, str) or (form and not form.fullmatch(value)):
            raise self.wrong(_at(at, key), value, "@earlier.a_hash" if form else "@earlier.a_text")
        return value


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
