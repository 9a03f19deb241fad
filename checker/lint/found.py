"""What lint says: complaints, which make a file unusable, and warnings, which do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import Complaint

Shown = Callable[[Path], str]
"""What a file is called in complaints."""


@dataclass(slots=True)
class Found:
    """Complaints and warnings of one or more files."""

    complaints: list[Complaint] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Take over what another check found."""
        self.complaints += other.complaints
        self.warnings += other.warnings


def once(found: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Each complaint once, in the order of files and places: two rule files may build on the same faulty one."""
    told = {(c.file, c.line, c.column, c.key, tuple(sorted(c.args.items()))): c for c in found}
    return tuple(in_order(told.values()))


def in_order(found: Iterable[Complaint]) -> list[Complaint]:
    """By file and place."""
    return sorted(found, key=lambda c: (c.file, c.line, c.column, c.key, tuple(sorted(c.args.items()))))
