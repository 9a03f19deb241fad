"""Rule files -> RuleSet: every mistake is reported at once, and a faulty rule set never loads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.errors import Complaint, RequestError, RuleError
from checker.model.rules import Rule, RuleSet
from checker.resources import data_dir
from checker.rulefile.compile import compile_rules
from checker.rulefile.shape import TOP_KEYS, check_head
from checker.version import DEFAULT_RULES as DEFAULT
from checker.yamlsource import Source, YamlPath, nearest, read_yaml, unknown_keys


def shipped() -> dict[str, Path]:
    """The rule sets that come with the tool: id -> file."""
    return {p.stem: p for p in sorted(data_dir("rules").glob("*.yaml"))}


def load_rules(name: str | Path = DEFAULT, parameters: Mapping[str, Any] | None = None) -> RuleSet:
    """A shipped rule set by its id, or a rule file by its path, with everything it extends.

    `parameters` are set on top of those in the files. Raises RuleError with one complaint per mistake in any of
    the files, RequestError for an unknown name.
    """
    complaints: list[Complaint] = []
    sources = [source for _, source in _with_bases(_find(str(name), Path()), (), complaints)]
    rules: dict[str, Rule] = {}
    first: dict[str, str] = {}
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Source, YamlPath]] = {}
    for source in sources:  # bases first: later files set parameters and add rules
        found = _parameters(source, values, complaints)
        values |= found
        origins |= {key: (source, ("parameters", key)) for key in found}
    values |= dict(parameters or {})
    for source in sources:
        for number, raw in enumerate(source.data.get("rules") or []):
            if not isinstance(raw, Mapping) or not raw.get("id"):
                continue
            id_ = str(raw["id"])
            if id_ in first:
                where = ("rules", number, "id")
                complaints.append(source.complaint(where, "rulefile.id_reused", id=id_, first=first[id_]))
            first.setdefault(id_, source.file)
        rules |= {rule.id: rule for rule in compile_rules(source, values, origins, complaints)}
    retired = {str(r) for s in sources for r in (s.data or {}).get("retired") or []}
    complaints += [
        Complaint(r.file, r.line, 1, "rulefile.id_retired", {"id": r.id}) for r in rules.values() if r.id in retired
    ]
    if not rules and not complaints:
        complaints.append(sources[-1].complaint((), "rulefile.no_rules"))
    if complaints:
        raise RuleError(complaints)
    head = sources[-1].data["ruleset"]
    rounding = next((s.data["ruleset"]["rounding"] for s in reversed(sources) if "rounding" in s.data["ruleset"]), "")
    return RuleSet(
        head["id"],
        str(head["version"]),
        hashlib.sha256("".join(s.sha256 for s in sources).encode()).hexdigest(),
        tuple(sorted(rules.values(), key=lambda r: r.id)),
        values,
        truncated=rounding == "truncated",
    )


def _find(name: str, beside: Path) -> Path:
    known = shipped()
    if name in known:
        return known[name]
    path = Path(name) if Path(name).is_absolute() else beside / name
    if path.is_file():
        return path
    hint = nearest(name, known)
    raise RequestError("rulefile.unknown_set", name=name, known=", ".join(known), hint=hint or "–")


def _with_bases(path: Path, seen: tuple[Path, ...], complaints: list[Complaint]) -> list[tuple[Path, Source]]:
    """The file and all it extends, each once and bases first; a base that is missing or a circle is a complaint.

    A file whose outer shape is wrong stops here, since nothing else can be said about it.
    """
    source = read_yaml(path)
    complaints += source.complaints
    faults = check_head(source)
    complaints += faults
    if not isinstance(source.data, Mapping) or not isinstance(source.data.get("ruleset"), Mapping) or _unusable(source):
        raise RuleError(complaints)
    result: dict[Path, Source] = {}
    for number, base in enumerate(source.data["ruleset"].get("extends") or []):
        where = ("ruleset", "extends", number)
        try:
            found = _find(str(base), path.parent)
        except RequestError:
            known = ", ".join(shipped())
            hint = nearest(str(base), shipped())
            complaints.append(source.complaint(where, "rulefile.unknown_base", hint, name=str(base), known=known))
            continue
        if found.resolve() in (*seen, path.resolve()):
            complaints.append(source.complaint(where, "rulefile.extends_circle", name=str(base)))
            continue
        result |= dict(_with_bases(found, (*seen, path.resolve()), complaints))
    return [*result.items(), (path.resolve(), source)]


def _unusable(source: Source) -> bool:
    """Whether rules, parameters or extends are not of the shape that reading on needs."""
    shapes: tuple[tuple[Any, type], ...] = (
        (source.data.get("rules"), list),
        (source.data.get("parameters"), Mapping),
        (source.data.get("retired"), list),
        (source.data["ruleset"].get("extends"), list),
    )
    return any(value is not None and not isinstance(value, shape) for value, shape in shapes)


def _parameters(source: Source, known: Mapping[str, Any], complaints: list[Complaint]) -> dict[str, Any]:
    """The parameters a file declares or sets; only a file that extends nothing, or declares it first, may add one."""
    found: Mapping[str, Any] = source.data.get("parameters") or {}
    if source.data["ruleset"].get("extends"):
        declared = source.data["ruleset"].get("declares") or []
        for name in found:
            if name not in known and name not in declared:
                hint = nearest(name, known)
                complaints.append(
                    source.complaint(("parameters", name), "rulefile.unknown_parameter", hint, at_key=True, name=name)
                )
    complaints += unknown_keys(source, (), source.data, TOP_KEYS)
    return dict(found)
