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
    sources = [source for _, source in _with_bases(_find(str(name), Path()), ())]
    complaints: list[Complaint] = []
    rules: dict[str, Rule] = {}
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Source, YamlPath]] = {}
    for source in sources:  # bases first: later files set parameters and add rules
        found = _parameters(source, values, complaints)
        values |= found
        origins |= {key: (source, ("parameters", key)) for key in found}
    values |= dict(parameters or {})
    for source in sources:
        for rule in compile_rules(source, values, origins, complaints):
            if rule.id in rules:
                args = {"id": rule.id, "first": rules[rule.id].file}
                complaints.append(Complaint(source.file, rule.line, 1, "rulefile.id_reused", args))
            rules[rule.id] = rule
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


def _with_bases(path: Path, seen: tuple[Path, ...]) -> list[tuple[Path, Source]]:
    """The file and all it extends, each once and bases first; a circle is a complaint."""
    source = read_yaml(path)
    if complaints := check_head(source):
        raise RuleError(complaints)
    result: dict[Path, Source] = {}
    for number, base in enumerate(source.data["ruleset"].get("extends") or []):
        where = ("ruleset", "extends", number)
        try:
            found = _find(str(base), path.parent)
        except RequestError as error:
            known = ", ".join(shipped())
            raise RuleError([source.complaint(where, "rulefile.unknown_base", name=str(base), known=known)]) from error
        if found.resolve() in (*seen, path.resolve()):
            raise RuleError([source.complaint(where, "rulefile.extends_circle", name=str(base))])
        result |= dict(_with_bases(found, (*seen, path.resolve())))
    return [*result.items(), (path.resolve(), source)]


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
