"""What does a folder's regnskab.yaml state: municipality, area, year, unit, sign, rule set, names of lines?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker.amounts.units import declared_unit
from checker.errors import Complaint, RuleError
from checker.model.document import Place
from checker.model.submission import Claim, Declared, Extract
from checker.yamlsource import Source, YamlPath, parse_yaml, read_yaml, unknown_keys

NAME = "regnskab.yaml"
KEYS = ("kommune", "omraade", "aar", "enhed", "fortegn", "regelsaet", "sidste_aar", "udtraek", "linjer")
_SIGNS = {"+": "+", "plus": "+", "-": "-", "minus": "-"}


def read_manifest(folder: Path, name: str = NAME) -> Declared:
    """What the folder's regnskab.yaml states, or nothing where there is none.

    Raises RuleError with every mistake in it at once, files that it names and that are not there among them. Keys
    may be written with æ, ø and å.
    """
    path = folder / NAME
    return _declared(read_yaml(path, name), folder) if path.is_file() else Declared()


def parse_manifest(text: str, name: str = NAME) -> Declared:
    """What the text of a regnskab.yaml states; see `read_manifest`. Files that it names are not looked for."""
    return _declared(parse_yaml(text, name))


def _declared(source: Source, folder: Path | None = None) -> Declared:
    complaints = list(source.complaints)
    if source.data is not None and not isinstance(source.data, Mapping):
        raise RuleError([*complaints, source.complaint((), "rulefile.not_a_mapping")])
    data: Mapping[str, Any] = source.data or {}
    found: dict[str, tuple[str, Any]] = {}
    for key, value in data.items():
        if found.setdefault(_plain(key), (key, value))[0] != key:  # 'aar' and 'år'
            complaints.append(source.complaint((key,), "yaml.duplicate_key", at_key=True, key=key))
    complaints += unknown_keys(source, (), {key: None for key in data if _plain(key) not in KEYS}, KEYS)
    made = _Reading(source, found, complaints, folder).declared()
    if complaints:
        raise RuleError(complaints)
    return made


def _plain(key: str) -> str:
    return unicodedata.normalize("NFC", key).lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


class _Reading:
    """One manifest on its way to `Declared`; mistakes are collected."""

    def __init__(
        self,
        source: Source,
        found: Mapping[str, tuple[str, Any]],
        complaints: list[Complaint],
        folder: Path | None,
    ) -> None:
        self.source, self.found, self.complaints, self.folder = source, found, complaints, folder

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
            self._file(self._text("sidste_aar"), "sidste_aar"),
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
        written, value = self.found.get(key, ("", None))
        return "" if value is None else self._name((written,), value)

    def _name(self, path: YamlPath, value: Any) -> str:
        """A text or a number; '' with a complaint for anything else."""
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)) or value == "":
            self.complaints.append(self.source.complaint(path, "rulefile.not_a_text"))
            return ""
        return str(value)

    def _names(self, path: YamlPath, value: Any) -> tuple[str, ...]:
        """One name or a list of them."""
        if not isinstance(value, list):
            return (self._name(path, value),)
        return tuple(self._name((*path, number), each) for number, each in enumerate(value))

    def _file(self, name: str, *path: str) -> str:
        """A file or folder that must be there, from the folder of regnskab.yaml."""
        if name and self.folder is not None and not (self.folder / name).exists():
            written = (self.found[path[0]][0], *path[1:])
            self.complaints.append(self.source.complaint(written, "manifest.no_such_file", found=name))
        return name

    def _year(self) -> int | None:
        value = self.found.get("aar", ("", None))[1]
        if value is None or (isinstance(value, int) and 1970 <= value <= 2100):
            return value
        self._wrong("aar", "rulefile.not_a_year", str(value))
        return None

    def _sign(self) -> str:
        """'fortegn: +' or 'fortegn: {udgift: +}': the sign that expenses have as printed."""
        written, value = self.found.get("fortegn", ("", None))
        if value is None:
            return ""
        if isinstance(value, Mapping):
            self.complaints += unknown_keys(self.source, (written,), value, ("udgift",))
        stated = value.get("udgift", "") if isinstance(value, Mapping) else value
        if (sign := _SIGNS.get(str(stated).lower())) is None:
            self._wrong("fortegn", "manifest.bad_sign", str(stated))
        return sign or ""

    def _aliases(self) -> tuple[tuple[str, str], ...]:
        """'linjer: {Leasing: [Leje af udstyr, …]}' as (other name, name)."""
        written, value = self.found.get("linjer", ("", None))
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            self._wrong("linjer", "rulefile.not_a_mapping", str(value))
            return ()
        return tuple((other, name) for name, others in self._lines((written,), value) for other in others)

    def _lines(self, path: YamlPath, value: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each line with what belongs to it; nothing may belong to two."""
        made: list[tuple[str, tuple[str, ...]]] = []
        first: dict[str, str] = {}
        for name, given in value.items():
            names = self._names((*path, name), given)
            for each in names:
                if (other := first.setdefault(each, name)) != name:
                    self.complaints.append(
                        self.source.complaint(
                            (*path, name), "manifest.name_of_two", found=each, first=other, second=name
                        )
                    )
            made.append((name, names))
        return tuple(made)

    def _extract(self) -> Extract | None:
        written, value = self.found.get("udtraek", ("", None))
        if value is None:
            return None
        given = value if isinstance(value, Mapping) else {"fil": value}
        self.complaints += unknown_keys(self.source, (written,), given, ("fil", "linjer"))
        lines = given.get("linjer") or {}
        if not given.get("fil") or not isinstance(lines, Mapping):
            self._wrong("udtraek", "manifest.bad_extract", str(value))
            return None
        at = ("udtraek", "fil") if isinstance(value, Mapping) else ("udtraek",)
        file = self._file(self._name((written, *at[1:]), given["fil"]), *at)
        return Extract(file, self._lines((written, "linjer"), lines))
