"""One rule of a file, checked key by key and turned into a Rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.errors import Complaint
from checker.kinds import KINDS
from checker.model.rules import Rule, RuleCase
from checker.rulefile.known import layouts, measures, scopes
from checker.rulefile.shape import (
    CASE_KEYS,
    ID,
    MISSING,
    NAME,
    REQUIRED,
    RULE_KEYS,
    SEVERITIES,
    STATUSES,
    WHERE_KEYS,
    check_setting,
    choice,
)
from checker.yamlsource import Source, YamlPath, nearest, unknown_keys

LEAST_CASES = 5


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
    found = unknown_keys(source, path, raw, RULE_KEYS)
    found += [source.complaint(path, "rulefile.key_missing", key=k) for k in REQUIRED if raw.get(k) in (None, "", [])]
    for key, form in (("id", ID), ("name", NAME)):
        if raw.get(key) and not form.fullmatch(str(raw[key])):
            found.append(source.complaint((*path, key), f"rulefile.bad_{key}", found=str(raw[key])))
    for key, known in (("kind", tuple(KINDS)), ("severity", SEVERITIES), ("missing", MISSING)):
        if key in raw and raw[key] not in known:
            found.append(choice(source, (*path, key), raw[key], known))
    for key in ("title", "why"):
        found += _check_languages(source, (*path, key), raw.get(key))
    found += _check_valid(source, path, raw.get("valid"))
    found += check_where(source, path, raw.get("where"), str(raw.get("kind")))
    if raw.get("kind") in KINDS:
        found += _check_settings(source, (*path, "check"), str(raw["kind"]), raw.get("check"), parameters, origins)
    return found + _check_cases(source, (*path, "cases"), raw.get("cases"), parameters)


def _check_languages(source: Source, path: YamlPath, value: Any) -> list[Complaint]:
    if value is None:
        return []
    if not isinstance(value, Mapping):
        return [source.complaint(path, "rulefile.not_translated")]
    found = unknown_keys(source, path, value, ("da", "en"))
    return found + [
        source.complaint(path, "rulefile.language_missing", lang=lang) for lang in ("da", "en") if not value.get(lang)
    ]


def _check_valid(source: Source, path: YamlPath, value: Any) -> list[Complaint]:
    if value is None:
        return []
    if not isinstance(value, Mapping):
        return [source.complaint((*path, "valid"), "rulefile.not_a_mapping")]
    found = unknown_keys(source, (*path, "valid"), value, ("from", "to"))
    return found + [
        source.complaint((*path, "valid", key), "rulefile.not_a_year", found=str(year))
        for key, year in value.items()
        if key in ("from", "to") and not (isinstance(year, int) and 1970 <= year <= 2100)
    ]


def check_where(source: Source, path: YamlPath, value: Any, kind: str) -> list[Complaint]:
    """Complaints about the `where:` of a rule of this kind, or of an adjustment of one."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        return [source.complaint((*path, "where"), "rulefile.not_a_mapping")]
    found = unknown_keys(source, (*path, "where"), value, WHERE_KEYS)
    allowed = KINDS[kind].where if kind in KINDS else WHERE_KEYS
    found += [
        source.complaint((*path, "where", key), "rulefile.where_not_for_kind", at_key=True, key=key, kind=kind)
        for key in WHERE_KEYS
        if key in value and key not in allowed and value[key] != "any"
    ]
    for key, known in (("table", ("any", *layouts())), ("scope", ("any", *scopes()))):
        for each in _as_list(value.get(key)):
            if each not in known:
                found.append(choice(source, (*path, "where", key), each, known))
    return found


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


def _check_cases(source: Source, path: YamlPath, value: Any, parameters: Mapping[str, Any]) -> list[Complaint]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) < LEAST_CASES:
        return [source.complaint(path, "rulefile.too_few_cases", least=str(LEAST_CASES))]
    found: list[Complaint] = []
    for number, case in enumerate(value):
        at = (*path, number)
        if not isinstance(case, Mapping):
            found.append(source.complaint(at, "rulefile.not_a_mapping"))
            continue
        found += unknown_keys(source, at, case, CASE_KEYS)
        found += [
            source.complaint(at, "rulefile.key_missing", key=k) for k in ("name", "given", "expect") if not case.get(k)
        ]
        found += [
            source.complaint(
                (*at, "parameters", n), "rulefile.unknown_parameter", nearest(n, parameters), at_key=True, name=n
            )
            for n in case.get("parameters") or {}
            if n not in parameters
        ]
        if case.get("expect") and case["expect"] not in STATUSES:
            found.append(choice(source, (*at, "expect"), case["expect"], STATUSES))
    return found


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
