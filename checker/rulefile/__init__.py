"""Rule files -> RuleSet: every mistake is reported at once, and a faulty rule set never loads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.errors import Complaint, RuleError
from checker.model.rules import Rule, RuleSet
from checker.rulefile.adjust import adjust
from checker.rulefile.chain import Chain, Link, read_chain, shipped
from checker.rulefile.compile import compile_rules
from checker.version import DEFAULT_RULES as DEFAULT
from checker.yamlsource import Source, YamlPath, nearest

__all__ = ["compile_chain", "load_rules", "read_chain", "shipped"]

_OF_A_BASE = ("rulefile.unknown_parameter", "adjust.unknown_rule")
"""What cannot be said of a file while one that it extends is missing or broken."""


def load_rules(name: str | Path = DEFAULT, parameters: Mapping[str, Any] | None = None) -> RuleSet:
    """A shipped rule set by its id, or a rule file by its path, with everything it extends.

    `parameters` are set on top of those in the files. Raises RuleError with one complaint per mistake in any of
    the files, RequestError for an unknown name.
    """
    return compile_chain(read_chain(name), parameters)


def compile_chain(chain: Chain, parameters: Mapping[str, Any] | None = None) -> RuleSet:
    """The rule set of files that have been read; raises RuleError with all complaints, those of reading too."""
    complaints: list[Complaint] = []
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Source, YamlPath]] = {}
    for link in chain.links:  # bases first: later files set parameters and add rules
        found = _parameters(link.source, values, complaints)
        values |= found
        origins |= {key: (link.source, ("parameters", key)) for key in found}
    values |= dict(parameters or {})
    complaints += _ids(chain.links)
    written: dict[str, Rule] = {}
    for link in chain.links:
        written |= {rule.id: rule for rule in compile_rules(link.source, values, origins, complaints)}
    rules, adjustments = adjust(chain.links, written, complaints)
    if not rules and not complaints and not chain.complaints:
        complaints.append(chain.links[-1].source.complaint((), "rulefile.no_rules"))
    if chain.broken:
        complaints = [c for c in complaints if c.key not in _OF_A_BASE]
    if chain.complaints or complaints:
        raise RuleError([*chain.complaints, *complaints])
    sources = [link.source for link in chain.links]
    head = sources[-1].data["ruleset"]
    rounding = next((s.data["ruleset"]["rounding"] for s in reversed(sources) if "rounding" in s.data["ruleset"]), "")
    return RuleSet(
        head["id"],
        str(head["version"]),
        hashlib.sha256("".join(s.sha256 for s in sources).encode()).hexdigest(),
        tuple(sorted(rules.values(), key=lambda r: r.id)),
        values,
        truncated=rounding == "truncated",
        switched_off=tuple((a.rule, a.reason) for a in adjustments if a.off),
        adjusted=adjustments,
        two_people=any(s.data["ruleset"].get("two_people", False) for s in sources),
    )


def _ids(links: list[Link]) -> list[Complaint]:
    """Ids that stand twice in the chain, or that a file of it has retired."""
    retired = {str(r) for link in links for r in link.source.data.get("retired") or []}
    first: dict[str, str] = {}
    found: list[Complaint] = []
    for link in links:
        for number, raw in enumerate(link.source.data.get("rules") or []):
            if not isinstance(raw, Mapping) or not raw.get("id"):
                continue
            id_, where = str(raw["id"]), ("rules", number, "id")
            if id_ in first:
                found.append(link.source.complaint(where, "rulefile.id_reused", id=id_, first=first[id_]))
            if id_ in retired:
                found.append(link.source.complaint(where, "rulefile.id_retired", id=id_))
            first.setdefault(id_, link.source.file)
    return found


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
    return dict(found)
