"""What does a cell that a controller filled in say, and is it what stood there already?"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping

from checker.readers.sheet import DATE, NUMBER

TYPED = ("reason", "by", "date", "approved_by", "until")
DATES = ("date", "until")
DAY_ONE = datetime.date(1899, 12, 30)
"""Day 0 of the dates in workbooks."""
SEAL = "="
"""What the seal of a row begins with, among the names of its checks."""

_DAY = re.compile(r"^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}|\d{2})$")
_SERIAL = re.compile(r"^(\d{5})(?:,\d+)?$")


def words(text: str) -> str:
    """A text without blanks around its lines."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def day(kind: str, text: str) -> str:
    """A date as ISO text; what is none is left as it stands. `kind` is that of the cell."""
    if kind == DATE:
        return text[:10]
    bare = text.replace(".", "") if kind == NUMBER else text
    try:
        if kind == NUMBER and (match := _SERIAL.match(bare)):
            return (DAY_ONE + datetime.timedelta(days=int(match[1]))).isoformat()
        if match := _DAY.match(text):
            number, month, year = (int(n) for n in match.groups())
            return datetime.date(year + 2000 if year < 100 else year, month, number).isoformat()
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return text


def seal(values: Mapping[str, str]) -> str:
    """Of a row that was filled in when the sheet was made: as long as it fits, nobody has typed anything."""
    said = [words(values.get(name, "")) for name in TYPED]
    told = [day("", value) if name in DATES else value for name, value in zip(TYPED, said, strict=True)]
    return SEAL + hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]
