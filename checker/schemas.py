"""Which contract do tables of facts keep? The pandera schemas of schemas/, for pipelines outside this tool too.

>>> import io
>>> import pandas
>>> from checker.schemas import facts_schema
>>> text = '''entity;statement;line;measure;year;value;unit
... IT;Resultat;Skoler;regnskab;2023;100000,00;1000
... IT;Resultat;SFO;regnskap;2023;40000,00;1000
... '''
>>> rows = pandas.read_csv(io.StringIO(text), sep=";", dtype=str)
>>> len(facts_schema().validate(rows.head(1), lazy=True))
1
>>> from pandera.errors import SchemaErrors
>>> try:
...     facts_schema().validate(rows, lazy=True)
... except SchemaErrors as error:
...     print(error.failure_cases[["column", "failure_case", "index"]].to_string(index=False))
 column failure_case  index
measure     regnskap      1

What one cell cannot show, such as a parent that is no line, is checked by `regnskabstjek check` alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.resources import data_dir

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema


def facts_schema_path() -> Path:
    """The YAML file of long form (one fact per row), as `pandera.pandas.DataFrameSchema.from_yaml` reads it."""
    return (data_dir("schemas") / "facts").with_suffix(".schema.yaml")


def facts_schema() -> DataFrameSchema:
    """The schema of long form, made anew on every call, so that a caller may change it.

    Every column is text, blank cells are null; read files with `dtype=str`. Loading pandera takes half a second.
    """
    from pandera.pandas import DataFrameSchema

    return DataFrameSchema.from_yaml(facts_schema_path())
