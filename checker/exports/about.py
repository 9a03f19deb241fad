"""What is told beside the queries: of each rule, of the source, of what an export does not say."""

from __future__ import annotations

from checker.exports.export import Export, Query
from checker.messages import text
from checker.version import __version__


def made_from(made: Export, lang: str) -> str:
    """From which rules and which facts."""
    ruleset = made.ruleset
    args = {"id": ruleset.id, "version": ruleset.version, "sha": ruleset.sha256[:12], "source": made.source}
    return text("export.made_from", lang, {**args, "tool": __version__})


def of_rule(query: Query, made: Export, lang: str) -> list[str]:
    """Which rule a query is, how grave, why it matters, and what its rows are."""
    rule = query.rule
    severity = text(f"severity.{rule.severity}", lang)
    authority = text("explain.unverified", lang) if rule.authority == "unverified" else rule.authority
    return [
        f"{rule.id} ({severity}): {rule.title[lang]}",
        rule.why[lang],
        text("export.authority", lang, {"authority": authority}),
        text("export.rows", lang),
        made_from(made, lang),
    ]


def of_strange(made: Export, lang: str) -> list[str]:
    """What the query of unknown rows is."""
    return [text("export.strange_title", lang), text("export.strange_why", lang), made_from(made, lang)]


def unsaid(made: Export, lang: str) -> list[str]:
    """Every rule that the export does not say, by reason: a line for each reason with the ids of its rules."""
    reasons: dict[str, list[str]] = {}
    for each in made.unsaid:
        args = {name: str(value) for name, value in each.why.args.items()}
        reasons.setdefault(text(each.why.key, lang, args), []).append(each.rule)
    return [f"{', '.join(rules)}: {why}" for why, rules in reasons.items()]


def comment(lines: list[str]) -> str:
    """Lines as comments of SQL; a line break inside one starts another."""
    return "".join(f"-- {part}".rstrip() + "\n" for line in lines for part in line.splitlines() or [""])
