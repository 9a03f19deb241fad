"""Which inherited rules does a rule file switch off, narrow or re-grade, and for what reason?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from checker.errors import Complaint
from checker.kinds import KINDS
from checker.model.rules import SEVERITIES, Adjustment, Change, Rule
from checker.rulefile.chain import Link
from checker.rulefile.compile import check_where, named
from checker.rulefile.shape import adjustment_shape, where_shape
from checker.yamlshape import check
from checker.yamlsource import Source, YamlPath, nearest

TEXTS = ("author", "approved_by", "date")


def adjust(
    links: Sequence[Link], written: Mapping[str, Rule], complaints: list[Complaint]
) -> tuple[dict[str, Rule], tuple[Adjustment, ...]]:
    """The rules as all files together leave them, and the adjustments in force, in the order of rule ids.

    The last file that adjusts a rule decides: what it says is put on the rule as written, and replaces what
    earlier files said of the same rule. Rules that are switched off are left out.
    """
    rules, made = dict(written), dict[str, Adjustment]()
    for link in links:
        inherited = dict.fromkeys(id_ for base in links if base.path in link.bases for id_ in _ids(base.source))
        found = _check(link.source, inherited, written)
        complaints += found
        if found:
            continue
        for raw in link.source.data.get("adjust") or []:
            if (rule := written.get(raw["rule"])) is None:
                continue  # the rule itself has mistakes
            changes = _changes(rule, raw, raw["rule"] in made)
            who = {key: str(raw.get(key) or "") for key in TEXTS}
            made[rule.id] = Adjustment(rule.id, changes, " ".join(raw["reason"].split()), **who)
            rules[rule.id] = _changed(rule, changes)
    off = {adjustment.rule for adjustment in made.values() if adjustment.off}
    return {id_: r for id_, r in rules.items() if id_ not in off}, tuple(made[id_] for id_ in sorted(made))


def as_written(rule: Rule, adjustments: Iterable[Adjustment]) -> Rule:
    """A rule with the tables and scopes its own file gave it: what its cases were written for."""
    changes = [change for made in adjustments if made.rule == rule.id for change in made.what]
    before = {change.what: change.before for change in changes}
    return replace(rule, tables=before.get("table", rule.tables), scopes=before.get("scope", rule.scopes))


def _ids(source: Source) -> list[str]:
    return [str(raw["id"]) for raw in source.data.get("rules") or [] if isinstance(raw, Mapping) and raw.get("id")]


def _check(source: Source, inherited: Mapping[str, None], written: Mapping[str, Rule]) -> list[Complaint]:
    found: list[Complaint] = []
    own, seen = set(_ids(source)), set[str]()
    for number, raw in enumerate(source.data.get("adjust") or []):
        path: YamlPath = ("adjust", number)
        found += check(source, path, raw, adjustment_shape())
        if not isinstance(raw, Mapping):
            continue
        id_ = raw["rule"] if isinstance(raw.get("rule"), str) else ""
        if id_ in own:
            found.append(source.complaint((*path, "rule"), "adjust.own_rule", id=id_))
        elif id_ and id_ not in inherited:
            hint = nearest(id_, inherited)
            found.append(source.complaint((*path, "rule"), "adjust.unknown_rule", hint, id=id_))
        elif id_ in seen:
            found.append(source.complaint((*path, "rule"), "adjust.twice", id=id_))
        seen.add(id_)
        found += _check_change(source, path, raw, written.get(id_)) + _check_people(source, path, raw)
    return found


def _check_change(source: Source, path: YamlPath, raw: Mapping[str, Any], rule: Rule | None) -> list[Complaint]:
    found: list[Complaint] = []
    changes = [key for key in ("off", "severity", "where") if raw.get(key) not in (None, {})]
    if not changes:
        found.append(source.complaint(path, "adjust.nothing"))
    if "off" in changes and len(changes) > 1:
        found.append(source.complaint((*path, "off"), "adjust.off_alone", at_key=True))
    if rule is not None and "where" in changes:
        where = (*path, "where")
        found += check_where(source, where, raw["where"], rule.kind) or _not_narrower(source, where, raw["where"], rule)
    return found


def _not_narrower(source: Source, path: YamlPath, where: Any, rule: Rule) -> list[Complaint]:
    """A rule may be limited further; what its own file left out stays out. Unknown names are complained of already."""
    if check(source, path, where, where_shape()):
        return []
    asked = named(where)
    return [
        source.complaint((*path, key), "adjust.not_narrower", known=", ".join(limit))
        for key, limit in (("table", rule.tables), ("scope", rule.scopes))
        if key in where and limit and not (asked[key] and set(asked[key]) <= set(limit))
    ]


def _check_people(source: Source, path: YamlPath, raw: Mapping[str, Any]) -> list[Complaint]:
    author, approver = (" ".join(str(raw.get(key) or "").split()).casefold() for key in ("author", "approved_by"))
    if author and author == approver:
        return [source.complaint((*path, "approved_by"), "adjust.own_approval", name=str(raw["author"]))]
    return []


def _changes(rule: Rule, raw: Mapping[str, Any], earlier: bool) -> tuple[Change, ...]:
    """What differs from the rule as written; `earlier` says that a file before this one adjusted it."""
    if "off" in raw:
        return (Change("off"),) if raw["off"] else (Change("on"),) if earlier else ()
    asked = named(raw.get("where"))
    wanted = (
        ("severity", (rule.severity,), (str(raw.get("severity", rule.severity)),)),
        ("table", rule.tables, asked["table"] or rule.tables),
        ("scope", rule.scopes, asked["scope"] or rule.scopes),
    )
    return tuple(Change(what, before, after) for what, before, after in wanted if set(before) != set(after))


def _changed(rule: Rule, changes: Iterable[Change]) -> Rule:
    after = {change.what: change.after for change in changes}
    severity = after.get("severity", (rule.severity,))[0]
    return replace(
        rule,
        severity=severity,
        settings=_no_graver(rule, severity) if "severity" in after else rule.settings,
        tables=after.get("table", rule.tables),
        scopes=after.get("scope", rule.scopes),
    )


def _no_graver(rule: Rule, severity: str) -> dict[str, Any]:
    """The settings, where one that is itself a severity (of a milder case) is no graver than the rule's new one."""
    graded = {key for key, s in KINDS[rule.kind].settings.items() if s.choices and set(s.choices) <= set(SEVERITIES)}
    most = SEVERITIES.index(severity)
    return {
        key: SEVERITIES[min(SEVERITIES.index(value), most)] if key in graded else value
        for key, value in rule.settings.items()
    }
