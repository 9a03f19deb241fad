"""How does text of a submission stay text in a log or a list: one line, no control characters, no command?"""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, those that turn the direction of what follows, and those that no file may hold."""

_COMMANDS = (
    (re.compile(r":(?=:)"), ": "),  # '::error' at the start of a line is a command of GitHub
    (re.compile(r"#(?=#\w*\[)"), "# "),  # '##vso[' and '##[' anywhere in a line are commands of Azure and GitHub
)


def line(said: str) -> str:
    """The text on one line; what cannot be seen is shown as a replacement character."""
    return _UNSEEN.sub("\ufffd", _BREAKS.sub(" ", said))


def harmless(said: str) -> str:
    """One line in which no build log finds a command."""
    return commandless(line(said))


def commandless(said: str) -> str:
    """Text, of several lines too, in which no build log finds a command."""
    for pattern, instead in _COMMANDS:
        said = pattern.sub(instead, said)
    return said
