"""Which contract do tables of facts keep? schemas/facts.schema.yaml, for pipelines outside this tool too.

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

What one cell cannot show, such as a parent that is no line, is checked by `regnskabstjek check` alone. The same
contract for Polars, PySpark and SQL is in the modules of those names; docs/pandera.md tells which to choose.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, overload

from checker.resources import data_dir

if TYPE_CHECKING:
    import pandas
    import polars
    from pandera.pandas import DataFrameSchema
    from pandera.polars import DataFrameSchema as PolarsSchema

__all__ = ["facts_schema", "facts_schema_path", "schema_for"]


def facts_schema_path() -> Path:
    """The YAML file of long form (one fact per row), as `pandera.pandas.DataFrameSchema.from_yaml` reads it."""
    return (data_dir("schemas") / "facts").with_suffix(".schema.yaml")


def facts_schema(typed: Iterable[str] = ()) -> DataFrameSchema:
    """The schema of long form for pandas, made anew on every call, so that a caller may change it.

    Every column is text, blank cells are null; read files with `dtype=str`. `typed` names the columns that hold
    numbers already: of them nulls and bounds are checked, not how they are written. ValueError where a column
    cannot hold numbers. Loading pandera takes half a second.
    """
    from checker.schemas.pandas import facts_schema

    return facts_schema(typed)


@overload
def schema_for(frame: pandas.DataFrame) -> DataFrameSchema: ...
@overload
def schema_for(frame: polars.DataFrame) -> PolarsSchema: ...
def schema_for(frame: pandas.DataFrame | polars.DataFrame) -> DataFrameSchema | PolarsSchema:
    """The schema that suits a frame: of its library, with its columns of numbers taken as numbers.

    TypeError where the frame is of another library; a lazy frame of Polars is one, for pandera would look at its
    column names only.
    """
    library = type(frame).__module__.partition(".")[0]  # neither is loaded for a frame of the other
    if library == "pandas":
        import pandas

        from checker.schemas.pandas import schema_for as for_pandas

        if isinstance(frame, pandas.DataFrame):
            return for_pandas(frame)
    elif library == "polars":
        import polars

        from checker.schemas.polars import schema_for as for_polars

        if isinstance(frame, polars.DataFrame):
            return for_polars(frame)
    raise TypeError(f"{type(frame).__module__}.{type(frame).__qualname__}: expected a DataFrame of pandas or Polars")
