"""An export as SQL files, one for each rule; as one text for the screen."""

from __future__ import annotations

from checker.exports.about import comment, of_rule, of_strange, unsaid
from checker.exports.export import UNKNOWN, Export
from checker.messages import text


def files(made: Export, lang: str) -> dict[str, str]:
    """File name -> what it holds."""
    found = {f"{q.rule.id}.sql": f"{comment(of_rule(q, made, lang))}{q.sql};\n" for q in made.queries}
    told = [text("export.unsaid", lang), *unsaid(made, lang)]
    found[f"{UNKNOWN}.sql"] = f"{comment(of_strange(made, lang))}--\n{comment(told)}{made.strange};\n"
    return found


def one(made: Export, lang: str) -> str:
    """All of them; what is not said comes first."""
    found = files(made, lang)
    return "\n".join([found[f"{UNKNOWN}.sql"], *(t for name, t in found.items() if name != f"{UNKNOWN}.sql")])
