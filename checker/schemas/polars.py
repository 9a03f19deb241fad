"""The contract of long form for Polars."""

from __future__ import annotations

from collections.abc import Iterable
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
    return schema


def _once(data: Any) -> polars.LazyFrame:
    cell = polars.col(data.key)
    made: polars.LazyFrame = data.lazyframe.select(cell.is_null() | ~cell.is_duplicated())
    return made


def _whole(data: Any) -> polars.LazyFrame:
    made: polars.LazyFrame = data.lazyframe.select(polars.col(data.key) % 1 == 0)
    return made


def typed_columns(frame: polars.DataFrame) -> tuple[str, ...]:
    """Columns of the contract that a frame holds as numbers."""
    held = frame.schema
    return tuple(n for n, c in columns().items() if c.may_be_numbers and n in held and held[n].is_numeric())


def stripped(frame: polars.DataFrame) -> polars.DataFrame:
    """A new frame as the contract reads cells: text without blanks at its ends, null where nothing is left."""
    text = polars.col(polars.String).str.strip_chars(SPACE)
    return frame.with_columns(polars.when(text != "").then(text))
