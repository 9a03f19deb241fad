"""A rule explained in words, and the list of a rule set's rules."""

from __future__ import annotations

import textwrap

from checker.errors import RequestError
from checker.kinds import KINDS
from checker.messages import text
from checker.model.rules import Rule, RuleCase, RuleSet
from checker.wording import adjusted
from checker.yamlsource import nearest


def rule_list(ruleset: RuleSet, lang: str) -> str:
    """Every rule on a line: id, severity, title; then what the rule file adjusts, rules switched off included."""
    head = text("cli.rules_heading", lang, {"id": ruleset.id, "version": ruleset.version})
    width = max(len(text(f"severity.{r.severity}", lang)) for r in ruleset.rules)
    lines = [head, ""]
    for rule in ruleset.rules:
        unset = f"  [{text('plan.parameter_unset', lang)}: {rule.unset}]" if rule.unset else ""
        lines.append(f"{rule.id}  {text(f'severity.{rule.severity}', lang):<{width}}  {rule.title[lang]}{unset}")
    if ruleset.adjusted:
        lines += ["", *(adjusted(made, lang) for made in ruleset.adjusted)]
    return "\n".join(lines) + "\n"


def rule_page(ruleset: RuleSet, wanted: str, lang: str) -> str:
    """One rule by its id or name; raises RequestError where there is none, with the reason where it is off."""
    rule = next((r for r in ruleset.rules if wanted.upper() == r.id or wanted == r.name), None)
    made = next((a for a in ruleset.adjusted if a.rule == (rule.id if rule else wanted.upper())), None)
    if rule is None and made is not None:
        raise RequestError("report.switched_off", id=made.rule, reason=made.reason)
    if rule is None:
        known = [r.id for r in ruleset.rules]
        raise RequestError(
            "rulefile.unknown_rule", name=wanted, hint=nearest(wanted.upper(), known) or ", ".join(known)
        )
    authority = text("explain.unverified", lang) if rule.authority == "unverified" else rule.authority
    years = (
        " – ".join(str(y or "") for y in (rule.valid_from, rule.valid_to)) if rule.valid_from or rule.valid_to else ""
    )
    tolerance = "explain.tolerance_predicate" if KINDS[rule.kind].predicate else "explain.tolerance_relation"
    severity = f"{text(f'severity.{rule.severity}', lang)}: {text(f'severity_long.{rule.severity}', lang)}"
    rows = [
        ("explain.why", rule.why[lang]),
        ("explain.severity", severity),
        *([("explain.adjusted", adjusted(made, lang))] if made else []),
        ("explain.tolerance", text(tolerance, lang)),
        ("explain.authority", authority),
        *([("explain.valid", years)] if years else []),
        ("explain.how_to_fix", text(f"next.{rule.kind}", lang)),
    ]
    lines = [f"{rule.id}  {rule.title[lang]}", f"        ({rule.name})", ""]
    for key, value in rows:
        lines += textwrap.wrap(f"{text(key, lang)}: {value}", 92, subsequent_indent="  ")
    for key, case in _examples(rule):
        lines += ["", f"{text(key, lang)}:", textwrap.indent(case.given.rstrip("\n"), "    ")]
    return "\n".join(lines) + "\n"


def _examples(rule: Rule) -> list[tuple[str, RuleCase]]:
    """The first case that passes and the first that fails."""
    right = next((c for c in rule.cases if c.expect in ("passed", "passed_rounding")), None)
    wrong = next((c for c in rule.cases if c.expect == "failed"), None)
    return [(key, case) for key, case in (("explain.right", right), ("explain.wrong", wrong)) if case]
