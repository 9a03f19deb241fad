"""The contract of long form for pandas; `facts_schema` of checker.schemas loads this."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas
from pandas.api.types import infer_dtype
from pandera.pandas import Check, DataFrameSchema

from checker.schemas.contract import SPACE, columns, document


def facts_schema(typed: Iterable[str] = ()) -> DataFrameSchema:
    """The schema; columns named in `typed` are taken as numbers. See `checker.schemas.facts_schema`.

    Whether a year or a page is whole is asked by a check of our own, which YAML cannot tell.
    """
    numbers = tuple(typed)
    schema = DataFrameSchema.from_yaml(document("dataframe", numbers))
    for name in numbers:
        if (bounds := columns()[name].bounds) and bounds.whole:
            whole = Check(_whole, name="whole", error="whole")
            schema = schema.update_column(name, checks=[*schema.columns[name].checks, whole])
    return schema


def _whole(values: Any) -> Any:
    return values % 1 == 0


def schema_for(frame: pandas.DataFrame) -> DataFrameSchema:
    """The schema with the columns that the frame holds as numbers taken as numbers. True and false are no numbers."""
    numbers = frame.select_dtypes("number", exclude="timedelta").columns
    return facts_schema(name for name, column in columns().items() if column.may_be_numbers and name in numbers)


def stripped(frame: pandas.DataFrame) -> pandas.DataFrame:
    """A new frame as the contract reads cells: text without blanks at its ends, null where nothing is left."""
    made = frame.copy()
    for name in made.columns:
        if infer_dtype(made[name], skipna=True) in _TEXTS:
            text = made[name].astype("string").str.strip(SPACE)
            made[name] = text.mask(text == "")
    return made


_TEXTS = frozenset({"string", "mixed", "mixed-integer", "categorical"})
"""What pandas calls columns with text among their cells."""
