"""How is a line written: without control characters, broken at the width, painted where colours can be shown?"""

from __future__ import annotations

import re
import textwrap

from checker.model.rules import ERROR, NOTE, WARNING
from checker.reports import View

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_COLOURS = {ERROR: "31;1", WARNING: "33;1", NOTE: "36", "good": "32", "dim": "2", "bold": "1"}


def paint(view: View, colour: str, line: str) -> str:
    """The line in a colour, or as it is."""
    return f"\x1b[{_COLOURS[colour]}m{line}\x1b[0m" if view.colour else line


def clean(line: str) -> str:
    """Text of the submission without control characters."""
    return _CONTROL.sub("\ufffd", line)


def wrapped(line: str, indent: int, view: View) -> list[str]:
    """The line over as many as the width asks for, all set in."""
    pad = " " * indent
    return textwrap.wrap(
        clean(line),
        max(40, view.width),
        initial_indent=pad,
        subsequent_indent=pad,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [pad]
