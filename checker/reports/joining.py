"""How do the reports of several submissions become one file in a format that holds one log, list or table?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from xml.etree import ElementTree as ET


def joined(texts: Sequence[str], format_: str) -> str:
    """One text of several; one alone stays as it is."""
    return texts[0] if len(texts) == 1 else _JOINERS.get(format_, "".join)(texts)


def _json(texts: Sequence[str]) -> str:
    return "[\n" + ",\n".join(t.rstrip("\n") for t in texts) + "\n]\n"


def _sarif(texts: Sequence[str]) -> str:
    """One log with a run for each."""
    logs = [json.loads(t) for t in texts]
    log = {**logs[0], "runs": [run for each in logs for run in each["runs"]]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _gitlab(texts: Sequence[str]) -> str:
    """One list; a fingerprint that stands twice gets its number."""
    seen: dict[str, int] = {}
    entries = [entry for t in texts for entry in json.loads(t)]
    for entry in entries:
        print_ = entry["fingerprint"]
        seen[print_] = seen.get(print_, 0) + 1
        entry["fingerprint"] += f"-{seen[print_]}" if seen[print_] > 1 else ""
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _junit(texts: Sequence[str]) -> str:
    roots = [ET.fromstring(t) for t in texts]
    root = ET.Element("testsuites", name="regnskabstjek")
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(each.get(key, "0")) for each in roots)))
    for each in roots:
        root.extend(each)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _csv(texts: Sequence[str]) -> str:
    """One head line above all rows."""
    return texts[0] + "".join(t.partition("\r\n")[2] for t in texts[1:])


_JOINERS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "json": _json,
    "sarif": _sarif,
    "gitlab": _gitlab,
    "junit": _junit,
    "csv": _csv,
}
