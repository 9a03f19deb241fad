"""What does a folder's regnskab.yaml state: municipality, area, year, unit, sign, rule set, names of lines?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.amounts.units import declared_unit
from checker.errors import Complaint, RuleError
from checker.model.document import Place
from checker.model.submission import Claim, Declared, Extract
from checker.yamlsource import Source, parse_yaml, read_yaml, unknown_keys

NAME = "regnskab.yaml"
KEYS = ("kommune", "omraade", "aar", "enhed", "fortegn", "regelsaet", "sidste_aar", "udtraek", "linjer")
_SIGNS = {"+": "+", "plus": "+", "-": "-", "minus": "-"}


def read_manifest(folder: Path, name: str = NAME) -> Declared:
    """What the folder's regnskab.yaml states, or nothing where there is none.

    Raises RuleError with every mistake in it at once. Keys may be written with æ, ø and å.
    """
    path = folder / NAME
    return _declared(read_yaml(path, name)) if path.is_file() else Declared()


def parse_manifest(text: str, name: str = NAME) -> Declared:
    """What the text of a regnskab.yaml states; see `read_manifest`."""
    return _declared(parse_yaml(text, name))


def _declared(source: Source) -> Declared:
    complaints = list(source.complaints)
    if source.data is not None and not isinstance(source.data, Mapping):
        raise RuleError([*complaints, source.complaint((), "rulefile.not_a_mapping")])
    data: Mapping[str, Any] = source.data or {}
    found = {_plain(key): (key, value) for key, value in data.items()}
    complaints += unknown_keys(source, (), {key: None for key in data if _plain(key) not in KEYS}, KEYS)
    made = _Reading(source, found, complaints).declared()
    if complaints:
        raise RuleError(complaints)
    return made


def _plain(key: str) -> str:
    return key.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


class _Reading:
    """One manifest on its way to `Declared`; mistakes are collected."""

    def __init__(self, source: Source, found: Mapping[str, tuple[str, Any]], complaints: list[Complaint]) -> None:
        self.source, self.found, self.complaints = source, found, complaints

    def declared(self) -> Declared:
        """Everything stated, with a claim for what must agree with the tables."""
        year = self._year()
        unit_text = self._text("enhed")
        unit = declared_unit(unit_text) if unit_text else None
        if unit_text and unit is None:
            self._wrong("enhed", "manifest.bad_unit", unit_text)
        sign = self._sign()
        area = self._text("omraade")
        said = (("omraade", area), ("aar", str(year or "")), ("enhed", str(unit or "")), ("fortegn", sign))
        return Declared(
            self._text("kommune"),
            area,
            year,
            unit,
            sign,
            self._text("regelsaet"),
            self._text("sidste_aar"),
            self._extract(),
            self._aliases(),
            tuple(Claim("declared", "", about, value, self._place(about)) for about, value in said if value),
        )

    def _place(self, key: str) -> Place:
        written, value = self.found[key]
        line, column = self.source.values.get((written,), (1, 1))
        return Place(self.source.file, line=line, column=column, snippet=f"{written}: {value}")

    def _wrong(self, key: str, message: str, found: str) -> None:
        self.complaints.append(self.source.complaint((self.found[key][0],), message, found=found))

    def _text(self, key: str) -> str:
        value = self.found.get(key, ("", None))[1]
        if value is None:
            return ""
        if isinstance(value, (Mapping, list)):
            self._wrong(key, "rulefile.not_a_text", str(value))
            return ""
        return str(value)

    def _year(self) -> int | None:
        value = self.found.get("aar", ("", None))[1]
        if value is None or (isinstance(value, int) and 1970 <= value <= 2100):
            return value
        self._wrong("aar", "rulefile.not_a_year", str(value))
        return None

    def _sign(self) -> str:
        """'fortegn: +' or 'fortegn: {udgift: +}': the sign that expenses have as printed."""
        value = self.found.get("fortegn", ("", None))[1]
        stated = value.get("udgift") if isinstance(value, Mapping) else value
        if value is None or (sign := _SIGNS.get(str(stated).lower())) is None:
            if value is not None:
                self._wrong("fortegn", "manifest.bad_sign", str(stated))
            return ""
        return sign

    def _aliases(self) -> tuple[tuple[str, str], ...]:
        """'linjer: {Leasing: [Leje af udstyr, …]}' as (other name, name)."""
        value = self.found.get("linjer", ("", None))[1]
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            self._wrong("linjer", "rulefile.not_a_mapping", str(value))
            return ()
        return tuple(
            (str(other), str(name))
            for name, others in value.items()
            for other in (others if isinstance(others, list) else [others])
        )

    def _extract(self) -> Extract | None:
        value = self.found.get("udtraek", ("", None))[1]
        if value is None:
            return None
        given = value if isinstance(value, Mapping) else {"fil": value}
        written = self.found["udtraek"][0]
        self.complaints += unknown_keys(self.source, (written,), given, ("fil", "linjer"))
        lines = given.get("linjer") or {}
        if not given.get("fil") or not isinstance(lines, Mapping):
            self._wrong("udtraek", "manifest.bad_extract", str(value))
            return None
        mapped = tuple(
            (str(line), tuple(str(p) for p in (rows if isinstance(rows, list) else [rows])))
            for line, rows in lines.items()
        )
        return Extract(str(given["fil"]), mapped)
