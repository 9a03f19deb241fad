"""What is wrong in rule files, layouts, vocabulary and messages, and what in them can never make a difference?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from checker.errors import Complaint, RequestError, RuleError
from checker.lint.found import Found, in_order, once
from checker.lint.layouts import check_layouts
from checker.lint.narrative import check_narrative
from checker.lint.rulesets import check_rulesets
from checker.lint.texts import FOLDER, check_texts
from checker.lint.vocabulary import check_vocabulary
from checker.manifest import NAME as MANIFEST
from checker.manifest import read_manifest
from checker.messages import LANGUAGES, text
from checker.resources import data_dir
from checker.yamlsource import Source, read_yaml

CHECKS = {"layouts": check_layouts, "measures": check_vocabulary, "cues": check_narrative}
TYPES = ("ruleset", "layouts", "measures", "cues")
"""A key of the file tells what it is: rules, layouts, a vocabulary or the words for running text.

A manifest is told by its name.
"""


@dataclass(frozen=True, slots=True)
class Linted:
    """What was looked at, and what was found; a file with complaints cannot be used, one with warnings can."""

    files: tuple[str, ...]
    complaints: tuple[Complaint, ...]
    warnings: tuple[Complaint, ...]


def lint(paths: Sequence[Path] = ()) -> Linted:
    """Look at files, and at every .yaml file of folders; without any, at all that comes with the tool.

    No file hides the complaints of another. Raises RequestError for a path that does not exist and for a folder
    without such files: nothing looked at is nothing found right.
    """
    found = Found()
    rulesets: list[Path] = []
    chosen = _files(paths) if paths else _shipped()
    for path in chosen:
        try:
            source = read_yaml(path, shown(path))
        except RuleError as error:
            found.complaints += error.complaints
            continue
        if path.name == MANIFEST:
            found.complaints += _manifest(path)
            continue
        type_ = next((key for key in TYPES if isinstance(source.data, Mapping) and key in source.data), None)
        if type_ is None:
            unknown = _unknown(source)
            asked = path in paths or unknown.suggestion is not None  # else a folder may well hold files of other kinds
            (found.complaints if asked else found.warnings).append(unknown)
            found.complaints += source.complaints if asked else ()
        elif type_ == "ruleset":
            rulesets.append(path)
        else:
            found.add(CHECKS[type_](source))
    found.add(check_rulesets(rulesets, shown))
    looked = [shown(path) for path in chosen]
    if not paths:
        texts = {lang: FOLDER / f"{lang}.yaml" for lang in LANGUAGES}
        found.add(check_texts({lang: read_yaml(path, shown(path)) for lang, path in texts.items()}))
        looked += [shown(path) for path in texts.values()]
    return Linted(tuple(looked), once(found.complaints), once(found.warnings))


def report(found: Linted, lang: str) -> str:
    """One line per complaint and warning, in the order of files and places, and one that sums them up."""
    said = {id(complaint): complaint.render(lang) for complaint in found.complaints}
    for warning in found.warnings:
        place = f"{warning.file}:{warning.line}:{warning.column}: "
        said[id(warning)] = f"{place}{text('lint.warning', lang)}: {warning.render(lang).removeprefix(place)}"
    lines = [said[id(each)] for each in in_order([*found.complaints, *found.warnings])]
    counts = {"files": len(found.files), "complaints": len(found.complaints), "warnings": len(found.warnings)}
    return "\n".join([*lines, text("lint.summary", lang, {key: str(n) for key, n in counts.items()})]) + "\n"


def shown(path: Path) -> str:
    """A file as complaints name it: by its path from here where it lies under this folder, else in full."""
    full = path.resolve()
    return full.relative_to(Path.cwd()).as_posix() if full.is_relative_to(Path.cwd()) else str(full)


def _shipped() -> list[Path]:
    schemas = data_dir("schemas")
    return [
        *sorted(data_dir("rules").glob("*.yaml")),
        *(schemas / f"{name}.yaml" for name in ("layouts", "vocabulary", "narrative")),
    ]


def _files(paths: Sequence[Path]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise RequestError("lint.no_file", name=str(path))
        inside = sorted([*path.glob("*.yaml"), *path.glob("*.yml")]) if path.is_dir() else [path]
        if not inside:
            raise RequestError("lint.empty_folder", name=str(path))
        for each in inside:
            found.setdefault(each.resolve(), each)
    return list(found.values())


def _manifest(path: Path) -> Sequence[Complaint]:
    try:
        read_manifest(path.parent, shown(path))
    except RuleError as error:
        return error.complaints
    return ()


def _unknown(source: Source) -> Complaint:
    """The complaint, with the type that was meant where a key is nearly the one that tells it."""
    keys = list(source.data) if isinstance(source.data, Mapping) else []
    meant = [word for key in keys for word in get_close_matches(str(key), TYPES, n=1, cutoff=0.75)]
    return source.complaint((), "lint.unknown_type", next(iter(meant), None))
