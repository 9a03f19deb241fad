"""Does a name that the data has stay a name, whatever signs are in it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import duckdb
import jinja2
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from checker.exports import dbt, gx
from checker.exports.words import DIALECTS, SQLITE, Words
from tests.exports.build import by_duckdb, by_sqlite, expected, ready
from tests.scale.build import Row, as_parquet
from tests.scale.test_adversarial import KR, table

ODD = "'\"%{}:x$\\\n;-/*#`[]æ€😀\t "
NAMES = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
NASTY = (
    *("Nord's", 'Nord "1"', "100 %s", "{batch}", "{{ ref('x') }}", "{% raw %}", "{#", "a :x b", "\\:x", "$1", "${x}"),
    *("a\\", "a\\\nb", "x\ny", "'; DROP TABLE facts; --", "/* {batch} */", "N'x'", "]]", "`", "[x]", "1::int"),
)


def selected(words: Words, name: str) -> str:
    """A query that gives the name, written as the exports write."""
    query = exp.select(words.constant(name).as_("a", quoted=True)).with_("t", as_=exp.select(exp.Literal.number(1)))
    query.args["with_"].append("expressions", words.table("u", ["b"], [[name], [""]]))
    return query.from_("t").sql(words.dialect, pretty=True)


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_databases_give_a_name_back(name: str) -> None:
    with duckdb.connect() as con:
        assert con.execute(selected(Words("duckdb"), name)).fetchall() == [(name,)]
    lite = sqlite3.connect(":memory:")
    assert lite.execute(selected(Words(SQLITE), name)).fetchall() == [(name,)]
    lite.close()


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_every_dialect_reads_a_name_back_as_one_text(name: str) -> None:
    for dialect in DIALECTS:
        tree = sqlglot.parse_one(selected(Words(dialect), name), dialect=dialect)
        assert isinstance(tree, exp.Select)
        found = tree.expressions[0].find_all(exp.Literal, exp.National, bfs=False)
        texts = [n for n in found if n.args.get("is_string", True)]
        assert "".join(str(n.this) for n in texts) == (name.replace("\n", "") if dialect == "tsql" else name)
        assert len(list(tree.find_all(exp.Select))) == 3


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_jinja_and_format_give_sql_back(name: str) -> None:
    assert jinja2.Environment(keep_trailing_newline=True).from_string(dbt.plain(name)).render() == name
    assert gx.escaped(name).format(batch="?").replace("\\:", ":").replace("\\\\", "\\") in (
        name,
        name.replace("\\\\", "\\"),
    )


def nasty(names: Sequence[str]) -> list[Row]:
    """Areas of these names, whose total is wrong, with a line of that name; 'Syd' is right."""
    rows = [
        row._replace(line=name if row.line == "L1" else row.line)
        for name in names
        for row in table("i alt=3 L1=1 L2=1", KR, name)
    ]
    return [*rows, *table("i alt=9 L1=8 L2=1", entity="Syd", measure="korrigeret_budget")]


@pytest.mark.parametrize("name", NASTY)
def test_an_area_and_a_line_of_that_name(name: str, tmp_path: Path) -> None:
    path = as_parquet(nasty([name]), tmp_path / "f.parquet")
    with ready(path) as it:
        told = expected(it)
        assert {row[0] for row in told["SUM001"]} == {name}
        assert by_duckdb(it.export("duckdb"), path)[0] == told
        assert by_sqlite(it.export(SQLITE), path)[0] == told
