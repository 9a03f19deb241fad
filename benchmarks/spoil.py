"""Copies of a text submission with figures spoilt in one of the ways that people spoil them, the truth kept.

A figure is changed where it stands: the document is read anew, so that a reader that is led astray counts as well.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from checker.amounts.numbers import read_number
from checker.model.submission import Fact, Submission

KINDS = (
    *("swapped", "digit", "digit_missing", "digit_extra", "sign", "scale"),
    *("last_year", "line_missing", "line_twice", "interchanged"),
)
_OPPOSITE = {"over": "under", "under": "over", "mer": "mindre", "mindre": "mer", "mere": "mindre"}
_SIGN_WORD = re.compile(r"\b(over|under)(?=skud)|\b(mer|mindre)(?=forbrug|udgift|indtægt)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """One changed figure: its fact, what is printed now, and the place in the text: line, first and last character."""

    fact: Fact
    kind: str
    at: tuple[int, int, int]
    made: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A spoilt copy and what was done."""

    text: str
    spoilt: tuple[Spoilt, ...]


def repaired(text: str, repairs: tuple[tuple[str, str], ...]) -> str:
    """The text with each of the repairs, every one of which must be there once."""
    for before, after in repairs:
        if text.count(before) != 1:
            raise ValueError(f"{before!r} stands {text.count(before)} times")
        text = text.replace(before, after)
    return text


NAESTVED = (
    (
        "Software og licenser viser et overskud på 1.436.529 kr. Overskuddet",
        "Software og licenser viser et underskud på 1.436.529 kr. Underskuddet",
    ),
    ("Resten af driftsoverskuddet, 1,3 mio. kr.,", "Resten af driftsoverskuddet, 1,4 mio. kr.,"),
    ("10.589", "10.588"),
    ("Heraf er 1.143.000 kr. søgt", "Heraf er 1.157.257 kr. søgt"),
)
"""What is wrong with amounts in the sample of an IT area, put right."""


def located(submission: Submission, text: str) -> list[Fact]:
    """Figures whose digits stand where their place says."""
    lines = text.split("\n")
    return [f for f in submission.facts if _span(f, lines) is not None and not f.refers]


def _span(fact: Fact, lines: list[str]) -> tuple[int, int, int] | None:
    line, column = (fact.place.line or 0) - 1, (fact.place.column or 0) - 1
    if line < 0 or column < 0 or line >= len(lines):
        return None
    printed = fact.as_printed
    start = column if lines[line].startswith(printed, column) else lines[line].find(printed)
    return None if start < 0 else (line, start, start + len(printed))


def copies(submission: Submission, text: str, number: int, seed: int, among: Callable[[Fact], bool]) -> Iterator[Copy]:
    """So many copies with one, two or three figures spoilt, every kind in turn; `among` says which figures."""
    draw = random.Random(seed)
    facts = [f for f in located(submission, text) if among(f)]
    made = 0
    for attempt in range(60 * number):
        kind = KINDS[(attempt // 3) % len(KINDS)]
        count = 1 + attempt % 3
        spoilt: list[Spoilt] = []
        for fact in draw.sample(facts, len(facts)):
            own = spoil(fact, kind if not spoilt else draw.choice(KINDS), submission, text, draw)
            if own and not any(s.fact.fact_id == o.fact.fact_id for s in spoilt for o in own):
                spoilt += own
            if len(spoilt) >= count:
                break
        if spoilt and len({s.at[:2] for s in spoilt}) == len(spoilt):
            made += 1
            yield Copy(_written(text, spoilt), tuple(spoilt))
        if made == number:
            return


def spoil(fact: Fact, kind: str, submission: Submission, text: str, draw: random.Random) -> list[Spoilt]:
    """The figure spoilt in one way (two figures where they are interchanged); nothing where that cannot be."""
    lines = text.split("\n")
    span = _span(fact, lines)
    if span is None or not any(c.isdigit() for c in fact.as_printed) or fact.dimension != "kr":
        return []
    if kind == "interchanged":
        return _interchanged(fact, submission, lines, draw)
    if kind == "sign" and fact.text:
        return _word(fact, lines)
    made = _printed(fact, kind, submission, draw)
    if made is None or made == fact.as_printed or _number(made) == _number(fact.as_printed):
        return []
    return [Spoilt(fact, kind, span, made)]


def _number(printed: str) -> object:
    number = re.sub(r"[^\d.,-]+$", "", printed.replace(" kr.", "").replace(" mio.", "").strip())
    found = read_number(number)
    return found.value if found else printed


def _word(fact: Fact, lines: list[str]) -> list[Spoilt]:
    span = _span(fact, lines)
    if span is None or not fact.sign_word:
        return []
    line, start, _ = span
    before = list(_SIGN_WORD.finditer(lines[line], 0, start))
    if not before or start - before[-1].end() > 40:
        return []
    match = before[-1]
    word = match.group()
    other = _OPPOSITE[word.lower()]
    return [Spoilt(fact, "sign", (line, *match.span()), other.capitalize() if word[0].isupper() else other)]


def _printed(fact: Fact, kind: str, submission: Submission, draw: random.Random) -> str | None:
    """What is printed instead."""
    printed = fact.as_printed
    match = re.search(r"\d[\d.]*", printed)
    if match is None:
        return None
    digits, rest = match.group().replace(".", ""), (printed[: match.start()], printed[match.end() :])
    grouped = "." in match.group() or len(digits) <= 3

    def put(made: str) -> str | None:
        if not made or (len(made) > 1 and made[0] == "0"):
            return None
        number = f"{int(made):,}".replace(",", ".") if grouped else made
        return f"{rest[0]}{number}{rest[1]}"

    if kind == "swapped":
        pairs = [i for i, (a, b) in enumerate(pairwise(digits)) if a != b and not (i == 0 and b == "0")]
        if not pairs:
            return None
        i = draw.choice(pairs)
        return put(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
    if kind == "digit":
        i = draw.randrange(len(digits))
        other = draw.choice([d for d in "0123456789" if d != digits[i] and not (i == 0 and d == "0")])
        return put(digits[:i] + other + digits[i + 1 :])
    if kind == "digit_missing" and len(digits) > 1:
        i = draw.randrange(len(digits))
        return put(digits[:i] + digits[i + 1 :])
    if kind == "digit_extra":
        i = draw.randrange(1, len(digits) + 1)
        return put(digits[:i] + draw.choice("123456789") + digits[i:])
    if kind == "sign" and not fact.text:
        return printed[1:] if printed.startswith("-") else f"-{printed}"
    if kind == "scale" and grouped and "," not in printed:
        return put(digits + "000")
    return _from_others(fact, kind, submission, draw, put)


def _from_others(
    fact: Fact, kind: str, submission: Submission, draw: random.Random, put: Callable[[str], str | None]
) -> str | None:
    """Last year's figure, or a sum with a line left out or taken twice."""
    same = [
        f for f in submission.facts if (f.statement, f.measure, f.basis) == (fact.statement, fact.measure, fact.basis)
    ]
    if kind == "last_year":
        before = [f for f in same if (f.line, f.scope) == (fact.line, fact.scope) and f.year == (fact.year or 0) - 1]
        return before[0].as_printed if before and not fact.text else None
    parts = next(
        (p for p in submission.structure if (p.statement, p.whole, p.scope) == (fact.statement, fact.line, fact.scope)),
        None,
    )
    if kind in ("line_missing", "line_twice") and parts is not None:
        own = [f for f in same if f.line in parts.parts and f.year == fact.year and f.value]
        if own:
            part = draw.choice(own)
            sign = -1 if kind == "line_missing" else 1
            value = (fact.value + sign * part.value) * fact.orientation
            if value % fact.unit or "," in fact.as_printed:
                return None
            made = put(str(abs(value) // fact.unit))
            return None if made is None else ("-" if value < 0 else "") + made.lstrip("-")
    return None


def _interchanged(fact: Fact, submission: Submission, lines: list[str], draw: random.Random) -> list[Spoilt]:
    """Two figures of a column in each other's place."""
    if fact.text:
        return []
    others = [
        f
        for f in submission.facts
        if (f.statement, f.measure, f.year, f.basis) == (fact.statement, fact.measure, fact.year, fact.basis)
        and f.value != fact.value
        and f.place.line != fact.place.line
        and _span(f, lines)
    ]
    if not others:
        return []
    other = draw.choice(others)
    one_at, other_at = _span(fact, lines), _span(other, lines)
    if one_at is None or other_at is None:
        return []
    return [
        Spoilt(fact, "interchanged", one_at, other.as_printed),
        Spoilt(other, "interchanged", other_at, fact.as_printed),
    ]


def _written(text: str, spoilt: list[Spoilt]) -> str:
    lines = text.split("\n")
    for one in sorted(spoilt, key=lambda s: s.at, reverse=True):
        line, start, end = one.at
        lines[line] = lines[line][:start] + one.made + lines[line][end:]
    return "\n".join(lines)
