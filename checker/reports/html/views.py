"""What the page shows of a calculation, a finding and a check, in one language and without markup."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation as a table: rows of sign, name and figure, and what is told below them."""

    caption: str
    rows: list[tuple[str, str, str]]
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the reader meets it."""

    number: int
    severity: str
    symbol: str
    word: str
    rule: str
    title: str
    place: str
    amount: str
    subject: str
    brief: str
    message: str
    further: list[tuple[str, bool]]
    quoted: list[tuple[str, str, str, str]]
    calculations: list[Calculation]
    next_step: str
    why: str
    authority: str
    accepted: str
    marks: list[str]


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check, passed or not."""

    number: int
    rule: str
    title: str
    status: str
    symbol: str
    word: str
    subject: str
    place: str
    message: str
    calculation: Calculation | None
