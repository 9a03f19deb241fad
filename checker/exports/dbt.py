"""An export as singular tests of dbt: a test fails where its query gives rows."""

from __future__ import annotations

import re

from checker.errors import RequestError
from checker.exports.about import comment, of_rule, of_strange, unsaid
from checker.exports.export import UNKNOWN, Export
from checker.messages import text
from checker.model.rules import ERROR, NOTE

_NAME = re.compile(r"\w+")
TABLE = "rt_the_table_of_dbt"
"""Stands for the table until what the query says is safe from Jinja."""


def jinja(table: str) -> str:
    """A model by its name, a source as source.table; raises RequestError where it is neither."""
    parts = table.split(".")
    if len(parts) > 2 or not all(_NAME.fullmatch(part) for part in parts):
        raise RequestError("export.bad_table", table=table)
    return f"{'ref' if len(parts) == 1 else 'source'}({', '.join(repr(part) for part in parts)})"


def files(made: Export, table: str, lang: str) -> dict[str, str]:
    """File name -> what it holds; `table` is Jinja, `ref('facts')` or `source('erp', 'facts')`."""
    found = {}
    for query in made.queries:
        rule = query.rule
        name = f"tests/{rule.id}_{rule.name.replace('-', '_')}.sql"
        found[name] = _test(comment(of_rule(query, made, lang)), query.sql, rule.severity, table)
    found[f"tests/{UNKNOWN}.sql"] = _test(comment(of_strange(made, lang)), made.strange, ERROR, table)
    found["README.md"] = _readme(made, table, lang)
    return found


def _test(told: str, sql: str, severity: str, table: str) -> str:
    level = "error" if severity == ERROR else "warn"
    tags = ", tags=['note']" if severity == NOTE else ""
    config = f"{{{{ config(severity='{level}'{tags}) }}}}\n"
    before, _, after = sql.partition(TABLE)
    assert after and TABLE not in after, "the table is named once"
    return f"{config}{plain(told)}{plain(before)}{{{{ {table} }}}}{plain(after)}\n"


def plain(text_: str) -> str:
    """A text that Jinja gives back as it is."""
    return text_.replace("{", "{{ '{' }}").replace("\r", "{{ '\\r' }}")


def _readme(made: Export, table: str, lang: str) -> str:
    listed = [f"* {line}" for line in unsaid(made, lang)]
    args = {"n": str(len(made.queries)), "table": table, "dialect": made.dialect}
    return "\n".join([text("export.readme_dbt", lang, args), "", text("export.unsaid", lang), "", *listed, ""])
