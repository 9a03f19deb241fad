"""One rule of a file, checked key by key and turned into a Rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.errors import Complaint
from checker.kinds import KINDS
from checker.model.rules import Rule, RuleCase
from checker.rulefile.known import measures
from checker.rulefile.shape import WHERE_KEYS, check_setting, rule_shape
from checker.yamlshape import check
from checker.yamlsource import Source, YamlPath, nearest, unknown_keys

Origins = Mapping[str, tuple[Source, YamlPath]]


def compile_rules(
    source: Source, parameters: Mapping[str, Any], origins: Origins, complaints: list[Complaint]
) -> Iterator[Rule]:
    """The rules of one file that are free of mistakes; the others only add to `complaints`.

    `origins` says where each parameter got its value, so that a wrong one is complained of there.
    """
    for number, raw in enumerate(source.data.get("rules") or []):
        path: YamlPath = ("rules", number)
        if not isinstance(raw, Mapping):
            complaints.append(source.complaint(path, "rulefile.not_a_mapping"))
            continue
        found = _check(source, path, raw, parameters, origins)
        complaints += found
        if not found:
            yield _rule(source, path, raw, parameters)


def _check(
    source: Source, path: YamlPath, raw: Mapping[str, Any], parameters: Mapping[str, Any], origins: Origins
) -> list[Complaint]:
    found = check(source, path, raw, rule_shape())
    valid, kind = raw.get("valid"), raw.get("kind")
    if isinstance(valid, Mapping) and not found and valid.get("from", 0) > valid.get("to", 9999):
        found.append(source.complaint((*path, "valid"), "rulefile.years_turned"))
    if isinstance(kind, str) and kind in KINDS:
        found += check_where(source, (*path, "where"), raw.get("where"), kind)
        found += _check_settings(source, (*path, "check"), kind, raw.get("check"), parameters, origins)
    return found + _check_parameters(source, (*path, "cases"), raw.get("cases"), parameters)


def check_where(source: Source, path: YamlPath, value: Any, kind: str) -> list[Complaint]:
    """Complaints that a kind does not heed what a `where:` says."""
    return [
        source.complaint((*path, key), "rulefile.where_not_for_kind", at_key=True, key=key, kind=kind)
        for key in WHERE_KEYS
        if isinstance(value, Mapping) and key in value and key not in KINDS[kind].where and value[key] != "any"
    ]


def _check_settings(
    source: Source, path: YamlPath, kind: str, value: Any, parameters: Mapping[str, Any], origins: Origins
) -> list[Complaint]:
    settings = KINDS[kind].settings
    given: Any = value if value is not None else {}
    if not isinstance(given, Mapping):
        return [source.complaint(path, "rulefile.not_a_mapping")]
    found = unknown_keys(source, path, given, settings)
    for key, setting in settings.items():
        if key not in given:
            if setting.required:
                found.append(source.complaint(path, "rulefile.key_missing", key=f"check: {key}"))
            continue
        each = given[key]
        if isinstance(each, str) and each.startswith("$"):
            if each[1:] not in parameters:
                hint = nearest(each[1:], parameters)
                found.append(source.complaint((*path, key), "rulefile.unknown_parameter", hint, name=each[1:]))
                continue
            if (each := parameters[each[1:]]) is None:
                continue
            origin, at = origins.get(given[key][1:], (source, (*path, key)))
            found += check_setting(origin, at, setting, each, measures())
            continue
        found += check_setting(source, (*path, key), setting, each, measures())
    return found


def _check_parameters(source: Source, path: YamlPath, cases: Any, parameters: Mapping[str, Any]) -> list[Complaint]:
    """Complaints about parameters that a case sets and nobody declares."""
    listed = cases if isinstance(cases, list) else []
    given = [(number, case.get("parameters")) for number, case in enumerate(listed) if isinstance(case, Mapping)]
    return [
        source.complaint(
            (*path, number, "parameters", name),
            "rulefile.unknown_parameter",
            nearest(name, parameters),
            at_key=True,
            name=name,
        )
        for number, names in given
        if isinstance(names, Mapping)
        for name in names
        if name not in parameters
    ]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def named(where: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    """The tables and scopes that a `where:` names; none for any."""
    return {key: tuple(n for n in _as_list((where or {}).get(key)) if n != "any") for key in WHERE_KEYS}


def _rule(source: Source, path: YamlPath, raw: Mapping[str, Any], parameters: Mapping[str, Any]) -> Rule:
    given = raw.get("check") or {}
    settings: dict[str, Any] = {}
    unset = ""
    for key, setting in KINDS[raw["kind"]].settings.items():
        value = given.get(key, setting.default)
        if isinstance(value, str) and value.startswith("$"):
            unset = value[1:] if parameters[value[1:]] is None else unset
            value = parameters[value[1:]]
        settings[key] = tuple(value) if isinstance(value, list) else value
    where = named(raw.get("where"))
    valid = raw.get("valid") or {}
    return Rule(
        id=raw["id"],
        name=raw["name"],
        kind=raw["kind"],
        severity=raw["severity"],
        title=raw["title"],
        why=raw["why"],
        authority=str(raw["authority"]),
        settings=settings,
        missing=raw.get("missing", "not_evaluated"),
        valid_from=valid.get("from"),
        valid_to=valid.get("to"),
        tables=where["table"],
        scopes=where["scope"],
        unset=unset,
        cases=tuple(
            RuleCase(
                c["name"],
                c["given"],
                c["expect"],
                c.get("findings"),
                c.get("parameters") or {},
                prior=c.get("prior") or "",
                extract=c.get("extract") or "",
                manifest=c.get("manifest") or "",
                traps=tuple(str(t) for t in c["traps"]) if isinstance(c.get("traps"), list) else None,
            )
            for c in raw["cases"]
        ),
        file=source.file,
        line=source.values[path][0],
    )
