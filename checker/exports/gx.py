"""An export as a project of Great Expectations 1.9 or later, written as plain files.

`great_expectations` is not imported: these files are what it reads (measured on 1.9 and 1.24, see docs/exports.md).
"""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from sqlglot import exp

from checker.exports.about import made_from, unsaid
from checker.exports.export import UNKNOWN, Export
from checker.messages import text
from checker.model.rules import ERROR, NOTE, WARNING

DATASOURCES = {"postgres": "postgres", "sqlite": "sqlite", "spark": "spark", "pandas": ""}
"""Kind of datasource -> the dialect of its queries; pandas has none."""
TABLE = "rt_the_batch_of_gx"
"""Stands for the batch until what the query says is safe from `str.format` and SQLAlchemy."""
SEVERITIES = {ERROR: "critical", WARNING: "warning", NOTE: "info"}
ADDRESS = "FACTS_URL"
"""The variable that holds the address of the database: no password is written."""
_BOUND = re.compile(r"(?<![:\w\\]):(\w+)(?![:\w])")
_ESCAPED = re.compile(r"\\(:\w*)(?![:\w])")
"""What SQLAlchemy takes for a parameter, and for an escaped one."""
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
Expectation = dict[str, Any]


def files(made: Export, kind: str, table: exp.Table, lang: str) -> dict[str, str]:
    """File name -> what it holds."""
    datasource = {"name": "facts", "id": _id("datasource")}
    asset = {"name": "facts", "id": _id("asset")}
    batch = {"name": "all", "id": _id("batch")}
    suite = {"name": "rules", "id": _id("suite")}
    listed = [*([] if kind == "pandas" else _of_rules(made, lang))]
    listed += _of_columns(made, lang) if kind == "pandas" else [_strange(made, lang)]
    definition = {"name": "rules", "id": _id("definition")}
    data = {"datasource": datasource, "asset": asset, "batch_definition": batch}
    docs = {"type": "update_data_docs", "name": "docs", "site_names": []}
    checkpoint = {"name": "rules", "id": _id("checkpoint"), "validation_definitions": [definition], "actions": [docs]}
    return {
        "gx/great_expectations.yml": _context(kind, table),
        "gx/uncommitted/config_variables.yml": "{}\n",
        "gx/expectations/rules.json": _json({**suite, "expectations": listed, "meta": {"made": made_from(made, lang)}}),
        "gx/validation_definitions/rules.json": _json({**definition, "data": data, "suite": suite}),
        "gx/checkpoints/rules.json": _json({**checkpoint, "result_format": "SUMMARY"}),
        "run.py": _RUN,
        "README.md": _readme(made, kind, lang),
    }


def escaped(sql: str) -> str:
    """SQL that `str.format` and SQLAlchemy's text give back as it is."""
    return _BOUND.sub(r"\\:\1", _ESCAPED.sub(r"\\\\\1", sql)).replace("{", "{{").replace("}", "}}")


def _query(sql: str) -> str:
    before, _, after = sql.partition(TABLE)
    assert after and TABLE not in after, "the table is named once"
    return f"{escaped(before)}{{batch}}{escaped(after)}"


def _of_rules(made: Export, lang: str) -> list[Expectation]:
    found = []
    for query in made.queries:
        rule = query.rule
        meta = {"rule_id": rule.id, "rule_name": rule.name, "severity": rule.severity, "title": dict(rule.title)}
        meta |= {"authority": rule.authority}
        title = f"{rule.id} {rule.title[lang]}"
        found.append(_rows(rule.id, query.sql, title, rule.why[lang], SEVERITIES[rule.severity], meta))
    return found


def _strange(made: Export, lang: str) -> Expectation:
    title, why = text("export.strange_title", lang), text("export.strange_why", lang)
    return _rows(UNKNOWN, made.strange, title, why, SEVERITIES[ERROR], {"rule_id": UNKNOWN})


def _rows(name: str, sql: str, title: str, why: str, severity: str, meta: dict[str, Any]) -> Expectation:
    return {
        "type": "unexpected_rows_expectation",
        "id": _id(f"expectation/{name}"),
        "kwargs": {"unexpected_rows_query": _query(sql)},
        "meta": meta,
        "notes": why,
        "severity": severity,
        "description": title,
    }


def _of_columns(made: Export, lang: str) -> list[Expectation]:
    """What pandas can be asked: that the columns are there, and that every row has a value."""
    asked = [("expect_column_to_exist", column) for column in made.columns]
    asked += [("expect_column_values_to_not_be_null", column) for column in made.columns if column == made.value]
    return [
        {
            "type": kind,
            "id": _id(f"expectation/{kind}/{column}"),
            "kwargs": {"column": column},
            "meta": {"rule_id": UNKNOWN},
            "notes": text("export.pandas", lang),
            "severity": SEVERITIES[ERROR],
        }
        for kind, column in asked
    ]


def _context(kind: str, table: exp.Table) -> str:
    batches = {"all": {"id": _id("batch")}}
    asset: dict[str, Any] = {"type": "dataframe", "id": _id("asset"), "batch_definitions": batches}
    datasource: dict[str, Any] = {"type": kind, "id": _id("datasource")}
    if kind in ("postgres", "sqlite"):
        datasource["connection_string"] = f"${{{ADDRESS}}}"
        asset |= _asset(table, kind)
    return yaml.safe_dump(
        {
            "config_version": 4.0,
            "config_variables_file_path": "uncommitted/config_variables.yml",
            "expectations_store_name": "expectations_store",
            "validation_results_store_name": "validation_results_store",
            "checkpoint_store_name": "checkpoint_store",
            "analytics_enabled": False,
            "progress_bars": {"globally": False},
            "data_docs_sites": {
                "local_site": {
                    "class_name": "SiteBuilder",
                    "show_how_to_buttons": False,
                    "store_backend": {
                        "class_name": "TupleFilesystemStoreBackend",
                        "base_directory": "uncommitted/data_docs/local_site/",
                    },
                    "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
                }
            },
            "fluent_datasources": {"facts": {**datasource, "assets": {"facts": asset}}},
        },
        sort_keys=False,
        allow_unicode=True,
    )


def _asset(table: exp.Table, kind: str) -> dict[str, Any]:
    """A table where its name needs no quotes (it is written without any), else a query."""
    if all(_PLAIN.fullmatch(each.name) for each in table.parts) and len(table.parts) <= 2:
        schema = {"schema_name": table.db} if table.db else {}
        return {"type": "table", "table_name": table.name, **schema}
    query = exp.select("*").from_(table.copy()).sql(kind)
    return {"type": "query", "query": query.replace("$", r"\$")}


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"regnskabstjek/gx/{name}"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _readme(made: Export, kind: str, lang: str) -> str:
    lines = [text("export.readme_gx", lang, {"n": str(len(made.queries)), "address": ADDRESS, "kind": kind}), ""]
    if kind == "pandas":
        ids = ", ".join(q.rule.id for q in made.queries)
        lines += [f"{text('export.pandas', lang)} {ids}", ""]
    return "\n".join([*lines, text("export.unsaid", lang), "", *(f"* {line}" for line in unsaid(made, lang)), ""])


_RUN = '''"""Run the checkpoint, print a line for each rule that fails, and end with 1 if one does.

With a datasource of data frames: python run.py FACTS.parquet
"""

import os
import sys
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"
import great_expectations as gx  # noqa: E402


def frame(kind, path):
    """The facts of a file as a data frame."""
    if kind == "pandas":
        import pandas

        return pandas.read_parquet(path) if path.endswith(".parquet") else pandas.read_csv(path)
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    return session.read.parquet(path) if path.endswith(".parquet") else session.read.csv(path, header=True)


def main():
    """Codes: 0 all hold, 1 some fail, 2 some could not be asked."""
    context = gx.get_context(mode="file", project_root_dir=Path(__file__).parent)
    kind = context.data_sources.get("facts").type
    given = {"batch_parameters": {"dataframe": frame(kind, sys.argv[1])}} if len(sys.argv) > 1 else {}
    result = context.checkpoints.get("rules").run(**given)
    code = 0
    for suite in result.run_results.values():
        for each in sorted(suite.results, key=lambda r: r.expectation_config.meta["rule_id"]):
            rule = each.expectation_config.meta["rule_id"]
            count = each.result.get("observed_value")
            if each.success:
                continue
            code = max(code, 1 if count is not None else 2)
            print(rule, each.expectation_config.severity.value, "could not be asked" if count is None else count)
    return code


if __name__ == "__main__":
    sys.exit(main())
'''
