"""Which files make up a rule set? The file itself and all it extends, bases first, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.errors import Complaint, RequestError, RuleError
from checker.resources import data_dir
from checker.rulefile.shape import OUTER
from checker.yamlshape import check
from checker.yamlsource import Source, nearest, read_yaml


@dataclass(frozen=True, slots=True)
class Link:
    """One file of a chain, and the paths of all it extends."""

    path: Path
    source: Source
    bases: frozenset[Path]


@dataclass(slots=True)
class Chain:
    """The files of a rule set, bases first; `broken` are those that are missing or could not be read on."""

    links: list[Link] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)


def shipped() -> dict[str, Path]:
    """The rule sets that come with the tool: id -> file."""
    return {p.stem: p for p in sorted(data_dir("rules").glob("*.yaml"))}


def read_chain(name: str | Path, shown: Callable[[Path], str] = lambda path: path.name) -> Chain:
    """The files of a shipped set (by id) or of a rule file (by path); `shown` is what complaints call a file.

    A file that cannot be read leaves its complaints and hides none of the others'. Raises RequestError for an
    unknown name.
    """
    chain = Chain()
    _read(_find(str(name), Path()), (), chain, shown)
    return chain


def _find(name: str, beside: Path) -> Path:
    known = shipped()
    if name in known:
        return known[name]
    path = Path(name) if Path(name).is_absolute() else beside / name
    if path.is_file():
        return path
    hint = nearest(name, known)
    raise RequestError("rulefile.unknown_set", name=name, known=", ".join(known), hint=hint or "–")


def _read(path: Path, seen: tuple[Path, ...], chain: Chain, shown: Callable[[Path], str]) -> frozenset[Path]:
    """Add a file and its bases to the chain; gives the paths of all of them."""
    here = path.resolve()
    known = next((link for link in chain.links if link.path == here), None)
    if known is not None:
        return known.bases | {here}
    if here in chain.broken:
        return frozenset()
    try:
        source = read_yaml(path, shown(path))
    except RuleError as error:
        chain.complaints += error.complaints
        chain.broken.add(here)
        return frozenset()
    chain.complaints += [*source.complaints, *_check_outer(source)]
    if _unusable(source):
        chain.broken.add(here)
        return frozenset()
    bases: frozenset[Path] = frozenset()
    for number, base in enumerate(source.data["ruleset"].get("extends") or []):
        if not isinstance(base, str):
            chain.broken.add(here.parent / str(base))  # complained of already
            continue
        where = ("ruleset", "extends", number)
        try:
            found = _find(base, path.parent)
        except RequestError:
            hint, names = nearest(base, shipped()), ", ".join(shipped())
            chain.complaints.append(source.complaint(where, "rulefile.unknown_base", hint, name=base, known=names))
            chain.broken.add(here.parent / base)
            continue
        if found.resolve() in (*seen, here):
            chain.complaints.append(source.complaint(where, "rulefile.extends_circle", name=base))
            continue
        bases |= _read(found, (*seen, here), chain, shown)
    chain.links.append(Link(here, source, bases))
    return bases | {here}


def _check_outer(source: Source) -> list[Complaint]:
    """Complaints about everything but the rules and adjustments."""
    if not isinstance(source.data, Mapping):
        return [source.complaint((), "rulefile.not_a_mapping")]
    if not isinstance(source.data.get("ruleset"), Mapping):
        return [source.complaint((), "rulefile.no_head")]
    return check(source, (), source.data, OUTER)


def _unusable(source: Source) -> bool:
    """Whether the file, its rules, parameters, adjustments or bases are not of the shape that reading on needs."""
    data = source.data
    if not isinstance(data, Mapping) or not isinstance(data.get("ruleset"), Mapping):
        return True
    shapes: tuple[tuple[Any, type], ...] = (
        (data.get("rules"), list),
        (data.get("adjust"), list),
        (data.get("parameters"), Mapping),
        (data.get("retired"), list),
        (data["ruleset"].get("extends"), list),
        (data["ruleset"].get("declares"), list),
    )
    return any(value is not None and not isinstance(value, shape) for value, shape in shapes)
