"""What is wrong or idle in rule files, each taken with all that it extends?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.errors import Complaint, RuleError
from checker.lint.found import Found, Shown
from checker.lint.probe import never_fires
from checker.messages import LANGUAGES
from checker.model.rules import Rule, RuleSet
from checker.rulefile import compile_chain, read_chain
from checker.rulefile.chain import Chain, Link
from checker.yamlsource import YamlPath

WANTED_CASES = ("passed", "failed", "not_evaluated")
"""What the cases of every rule must show at least."""


def check_rulesets(paths: Sequence[Path], shown: Shown) -> Found:
    """Complaints of loading each file, and warnings that need all of them: idle parameters, ids used twice."""
    found = Found()
    chains = [read_chain(path, shown) for path in paths]
    for chain in chains:
        try:
            ruleset = compile_chain(chain)
        except RuleError as error:
            found.complaints += error.complaints
            continue
        link = chain.links[-1]  # what it extends is told of where that is linted itself
        found.warnings += [
            *_idle_rules(link, ruleset),
            *_cases(link),
            *_untranslated(link),
            *_adjustments(link, ruleset),
        ]
    found.warnings += _idle_parameters(chains)
    found.warnings += _used_elsewhere(chains)
    return found


def _rules(link: Link) -> Iterator[tuple[YamlPath, Mapping[str, Any]]]:
    for number, raw in enumerate(link.source.data.get("rules") or []):
        if isinstance(raw, Mapping):
            yield ("rules", number), raw


def _idle_rules(link: Link, ruleset: RuleSet) -> Iterator[Complaint]:
    """Rules of the file, or adjusted by it, that can meet nothing in the tables they are limited to."""
    rules = {rule.id: rule for rule in ruleset.rules}
    places = {str(raw["id"]): path for path, raw in _rules(link)}
    for number, raw in enumerate(link.source.data.get("adjust") or []):
        places[str(raw["rule"])] = ("adjust", number)
    for id_, path in places.items():
        rule: Rule | None = rules.get(id_)
        if rule is not None and never_fires(rule):
            yield link.source.complaint((*path, "where"), "lint.never_fires", id=id_)


def _cases(link: Link) -> Iterator[Complaint]:
    for path, raw in _rules(link):
        expected = {case["expect"] for case in raw["cases"]}
        for status in WANTED_CASES:
            if status not in expected:
                where = (*path, "cases")
                yield link.source.complaint(where, "lint.case_lacking", None, True, status=status, id=str(raw["id"]))


def _untranslated(link: Link) -> Iterator[Complaint]:
    """Texts that are the same in every language."""
    for path, raw in _rules(link):
        for key in ("title", "why"):
            if len({raw[key][lang] for lang in LANGUAGES}) == 1:
                yield link.source.complaint((*path, key), "lint.not_translated", key=key)


def _adjustments(link: Link, ruleset: RuleSet) -> Iterator[Complaint]:
    idle = {made.rule for made in ruleset.adjusted if not made.what}
    for number, raw in enumerate(link.source.data.get("adjust") or []):
        if raw["rule"] in idle:
            yield link.source.complaint(("adjust", number), "lint.adjust_idle", id=raw["rule"])


def _idle_parameters(chains: Sequence[Chain]) -> Iterator[Complaint]:
    """Parameters that a file adds and that no rule uses, here or in a file that extends it."""
    used: dict[Path, set[str]] = {}
    for chain in chains:
        for link in chain.links:
            names = {name for _, raw in _rules(link) for name in _named(raw.get("check"))}
            for path in (link.path, *link.bases):
                used.setdefault(path, set()).update(names)
    for chain in chains:
        if chain.broken or not chain.links:
            continue
        link = chain.links[-1]
        inherited = {n for base in chain.links[:-1] for n in base.source.data.get("parameters") or {}}
        own = link.source.data.get("parameters") or {}
        for name in own:
            if name not in inherited and name not in used[link.path]:
                yield link.source.complaint(("parameters", name), "lint.parameter_idle", None, True, name=name)
        for number, name in enumerate(link.source.data["ruleset"].get("declares") or []):
            where = ("ruleset", "declares", number)
            if name in inherited:
                yield link.source.complaint(where, "lint.declared_twice", name=str(name))
            elif name not in own:
                yield link.source.complaint(where, "lint.declared_not_set", name=str(name))


def _named(value: object) -> Iterator[str]:
    """The parameters that settings name, wherever they stand in them."""
    if isinstance(value, str) and value.startswith("$"):
        yield value[1:]
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _named(each)


def _used_elsewhere(chains: Sequence[Chain]) -> Iterator[Complaint]:
    """Names used twice, and ids used or retired by files that do not build on each other (else loading complains)."""
    files = {link.path: link for chain in chains for link in chain.links}
    first: dict[tuple[str, str], Link] = {}
    for link in files.values():
        for path, raw in _rules(link):
            for key in ("id", "name"):
                value = str(raw.get(key) or "")
                other = first.get((key, value))
                if value and other is not None and (key == "name" or _apart(other, link)):
                    args = {"found": value, "first": other.source.file}
                    yield link.source.complaint((*path, key), f"lint.{key}_reused", None, False, **args)
                first.setdefault((key, value), link)
            for other in files.values():
                if _apart(other, link) and raw.get("id") in (other.source.data.get("retired") or []):
                    args = {"found": str(raw["id"]), "first": other.source.file}
                    yield link.source.complaint((*path, "id"), "lint.id_retired", None, False, **args)


def _apart(one: Link, other: Link) -> bool:
    return one.path != other.path and one.path not in other.bases and other.path not in one.bases
