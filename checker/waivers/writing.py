"""How is a waiver written into a file of which everything else is kept?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.errors import RequestError, RuleError, reason
from checker.model.accepted import Waiver
from checker.waivers.reading import WAIVER, parse

_KEY = re.compile(r"""^(?:waivers|"waivers"|'waivers')\s*:""", re.MULTILINE)
_ITEM = re.compile(r"^( *)-(?:\s|$)", re.MULTILINE)


def dump(waiver: Waiver) -> str:
    """The waiver as an item of the list in a file, without indent; what it does not say is left out."""
    import yaml  # only where something is written

    said = {name: getattr(waiver, name) for name in WAIVER.keys if getattr(waiver, name)}
    made: Any = yaml.safe_dump([said], allow_unicode=True, sort_keys=False, width=1_000_000)
    return str(made)


def add(path: Path, *waivers: Waiver) -> None:
    """Append the waivers to the file, byte for byte as it is, or make it where it is missing: all of them or none.

    Raises RuleError where the file has mistakes, and RequestError where one of the checks has a waiver in it already,
    where the file's list is written so that nothing can follow it, and where it cannot be written.
    """
    try:
        raw = path.read_bytes() if path.exists() else b""
        old = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        from checker.waivers.reading import read

        read(path)  # says what is wrong
        raise
    there = parse(old, path.name)
    _refuse_second(path, there, waivers)
    more = _more(old, waivers)
    try:
        made = parse(old + more, path.name)
    except RuleError:
        made = ()
    if [replace(w, line=0) for w in made] != [replace(w, line=0) for w in (*there, *waivers)]:
        raise RequestError("waiver.by_hand", file=str(path), text="".join(map(dump, waivers)).rstrip("\n"))
    try:
        with path.open("ab") as file:
            file.write(more.encode("utf-8"))
    except OSError as error:
        raise RequestError("cli.write_failed", file=str(path), why=reason(error)) from error


def _refuse_second(path: Path, there: tuple[Waiver, ...], waivers: tuple[Waiver, ...]) -> None:
    lines = {w.fingerprint: w.line for w in there}
    for waiver in waivers:
        if waiver.fingerprint in lines:
            args = {"fingerprint": waiver.fingerprint, "rule": waiver.rule, "line": str(lines[waiver.fingerprint])}
            raise RequestError("waiver.second", file=str(path), **args)
        lines[waiver.fingerprint] = 0


def _more(old: str, waivers: tuple[Waiver, ...]) -> str:
    """What is to follow the text of the file: as far in as the items that are there, with its ends of lines."""
    key = _KEY.search(old)
    item = _ITEM.search(old, key.end()) if key else None
    indent = item.group(1) if item else "  "
    lines = [] if key else ["waivers:"]
    lines += [f"{indent}{line}" for waiver in waivers for line in dump(waiver).splitlines()]
    end = "\r\n" if "\r\n" in old else "\n"
    return ("" if not old or old.endswith(("\n", "\r")) else end) + "".join(line + end for line in lines)
