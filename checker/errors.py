"""What stops a run, as opposed to what is reported as a finding."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checker.messages import text

_SYSTEM = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no_folder",
    errno.ENOSPC: "full",
    errno.EROFS: "read_only",
}


def reason(error: OSError) -> str:
    """Why the system refused a file, as a catalogue key to be said in the reader's language; else in its own words."""
    key = _SYSTEM.get(error.errno or 0)
    return f"@system.{key}" if key else str(error.strerror or error)


class RegnskabstjekError(Exception):
    """Base of everything the command line turns into exit code 2."""

    def render(self, lang: str) -> str:
        """The message in Danish or English."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.render("da")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mistake in one file: where it is, what was found, and what would be right."""

    file: str
    line: int
    column: int
    key: str
    args: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None

    def render(self, lang: str) -> str:
        """`file:line:column: message (mente du …?)`."""
        hint = ". " + text("rulefile.suggestion", lang, {"word": self.suggestion}) if self.suggestion else ""
        return f"{self.file}:{self.line}:{self.column}: {text(self.key, lang, self.args)}{hint}"


class RuleError(RegnskabstjekError):
    """A rule file, layout or vocabulary holds mistakes; all of them are in `complaints`, in file order."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self.complaints = tuple(sorted(complaints, key=lambda c: (c.file, c.line, c.column, c.key)))
        super().__init__(self.complaints)

    def render(self, lang: str) -> str:
        """One line per complaint."""
        return "\n".join(c.render(lang) for c in self.complaints)


class SubmissionError(RegnskabstjekError):
    """A submitted file cannot be read: names the file, the place, what was found and what was expected."""

    def __init__(self, file: str, key: str, line: int | None = None, **args: str) -> None:
        self.file, self.key, self.line, self.args_ = file, key, line, args
        super().__init__(file, key)

    def render(self, lang: str) -> str:
        """`file[:line]: what was found; what was expected`."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {text(self.key, lang, self.args_)}"


class RequestError(RegnskabstjekError):
    """What was asked for cannot be done: an unknown rule set, option value or rule id."""

    def __init__(self, key: str, **args: str) -> None:
        self.key, self.args_ = key, args
        super().__init__(key)

    def render(self, lang: str) -> str:
        """The message alone; there is no place in a file."""
        return text(self.key, lang, self.args_)
