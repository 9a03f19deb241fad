"""The contract of long form for Polars."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import polars
from pandera.polars import Check, DataFrameSchema

from checker.schemas.contract import SPACE, columns, document


def facts_schema(typed: Iterable[str] = ()) -> DataFrameSchema:
    """The schema, made anew on every call; columns named in `typed` are taken as numbers.

    Every other column is text, blank cells are null (see `stripped`). Validate a DataFrame: of a lazy frame pandera
    looks at names and types only. ValueError where a column cannot hold numbers.
    """
    numbers = tuple(typed)
    schema = DataFrameSchema.from_yaml(document("polars_dataframe", numbers))
    for name, column in columns().items():
        if column.unique:  # pandera's own would call two blank cells equal ids
            once = Check(_once, name="field_uniqueness", error="field_uniqueness")
            schema = schema.update_column(name, unique=False, checks=[*schema.columns[name].checks, once])
        if name in numbers and (bounds := column.bounds) and bounds.whole:
            whole = Check(_whole, name="whole", error="whole")
            schema = schema.update_column(name, checks=[*schema.columns[name].checks, whole])
        if name in numbers and column.numerals:  # Polars looks for whole numbers among whole ones only
            schema = schema.update_column(name, checks=[Check(_one_of(column.numerals), name="isin", error="isin")])
    return schema


def _once(data: Any) -> polars.LazyFrame:
    cell = polars.col(data.key)
    made: polars.LazyFrame = data.lazyframe.select(cell.is_null() | ~cell.is_duplicated())
    return made


def _whole(data: Any) -> polars.LazyFrame:
    made: polars.LazyFrame = data.lazyframe.select(polars.col(data.key) % 1 == 0)
    return made


def _one_of(numerals: tuple[int, ...]) -> Callable[[Any], polars.LazyFrame]:
    def find(data: Any) -> polars.LazyFrame:
        made: polars.LazyFrame = data.lazyframe.select(
            polars.any_horizontal(polars.col(data.key) == n for n in numerals)
        )
        return made

    return find


def schema_for(frame: polars.DataFrame) -> DataFrameSchema:
    """The schema with the columns that the frame holds as numbers taken as numbers.

    Of a required column that is not there pandera 0.35 tells only where it is not to be cast; else Polars raises.
    """
    held = frame.schema
    typed = [n for n, c in columns().items() if c.may_be_numbers and n in held and held[n].is_numeric()]
    lacking = [n for n, c in columns().items() if c.required and n not in held]
    return facts_schema(typed).update_columns({name: {"coerce": False} for name in lacking})


def stripped(frame: polars.DataFrame) -> polars.DataFrame:
    """A new frame as the contract reads cells: text without blanks at its ends, null where nothing is left."""
    text = polars.col(polars.String).str.strip_chars(SPACE)
    return frame.with_columns(polars.when(text != "").then(text))
