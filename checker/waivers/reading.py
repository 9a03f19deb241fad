"""What does a waivers.yaml say, and what is wrong in it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from checker.errors import Complaint, RuleError
from checker.model.accepted import Waiver
from checker.yamlshape import Key, Keys, ListOf, Text, check
from checker.yamlsource import Source, parse_yaml, read_yaml

NAME = "waivers.yaml"
HASH = re.compile(r"[0-9a-f]{16}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE = Text(_ISO, "waiver.bad_date")
WAIVER = Keys(
    {
        "fingerprint": Key(Text(HASH, "waiver.bad_hash"), "Which check, as the JSON report names it.", required=True),
        "value_hash": Key(
            Text(HASH, "waiver.bad_hash"), "The figures it is accepted with; other figures make it void.", required=True
        ),
        "reason": Key(Text(wrong="waiver.reason_blank"), "Why; every report shows it.", required=True),
        "by": Key(Text(), "Who accepts it.", required=True),
        "date": Key(_DATE, "When, such as 2026-03-01.", required=True),
        "approved_by": Key(Text(), "Who has approved it; another person, where the rule set asks for two."),
        "until": Key(_DATE, "The last day it counts."),
        "rule": Key(Text(), "The id of the rule, for the reader of the file."),
        "about": Key(Text(), "What it is about, for the reader of the file."),
    }
)
FILE = Keys({"waivers": Key(ListOf(WAIVER), "Deviations that are accepted.")})


def read(path: Path, name: str | None = None) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order; `name` is what complaints call it.

    Raises RuleError with every mistake in it at once, also where the file cannot be read.
    """
    return _waivers(read_yaml(path, name))


def parse(text: str, name: str = NAME) -> tuple[Waiver, ...]:
    """The waivers that a text holds; see `read`."""
    return _waivers(parse_yaml(text, name))


def _waivers(source: Source) -> tuple[Waiver, ...]:
    complaints = [*source.complaints, *(check(source, (), source.data, FILE) if source.data is not None else ())]
    given = source.data.get("waivers") if isinstance(source.data, Mapping) else None
    listed = [(n, raw) for n, raw in enumerate(given if isinstance(given, list) else ()) if isinstance(raw, Mapping)]
    for number, raw in listed:
        complaints += _dates(source, number, raw)
    complaints += _twice(source, listed)
    if complaints:
        raise RuleError(complaints)
    return tuple(
        Waiver(
            **{name: " ".join(str(raw.get(name) or "").split()) for name in WAIVER.keys},
            line=source.values[("waivers", number)][0],
        )
        for number, raw in listed
    )


def _dates(source: Source, number: int, raw: Mapping[str, Any]) -> Iterator[Complaint]:
    """Dates that no calendar has, and an end before the beginning."""
    found = {name: str(raw[name]) for name in ("date", "until") if _ISO.fullmatch(str(raw.get(name)))}
    for name, written in found.items():
        if not is_date(written):
            yield source.complaint(("waivers", number, name), "waiver.bad_date", found=written)
            return
    if found.get("until", "9999") < found.get("date", ""):
        yield source.complaint(("waivers", number, "until"), "waiver.until_before_date", found=found["until"])


def is_date(written: str) -> bool:
    """Whether it is a day of the calendar, written as 2026-03-01."""
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return _ISO.fullmatch(written) is not None


def _twice(source: Source, listed: list[tuple[int, Mapping[str, Any]]]) -> Iterator[Complaint]:
    first: dict[str, int] = {}
    for number, raw in listed:
        mark = str(raw.get("fingerprint"))
        if HASH.fullmatch(mark) is None:
            continue
        at = ("waivers", number, "fingerprint")
        if mark in first:
            yield source.complaint(at, "waiver.twice", fingerprint=mark, line=str(first[mark]))
        first.setdefault(mark, source.values[at][0])
