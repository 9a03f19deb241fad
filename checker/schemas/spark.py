"""The contract of long form for PySpark: which columns break it, not which rows."""

from __future__ import annotations

from pandera.pyspark import DataFrameSchema

from checker.schemas.contract import document


def facts_schema() -> DataFrameSchema:
    """The schema, made anew on every call. Every column is text, blank cells are null.

    pandera tells of Spark only which check of which column fails (`validate(…).pandera.errors`), and does not look
    for repeated ids. checker.schemas.sql finds both.
    """
    return DataFrameSchema.from_yaml(document("pyspark_sql_dataframe"))
