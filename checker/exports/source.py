"""Which source is meant, and which table its queries read?"""

from __future__ import annotations

from typing import Any

from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from checker.errors import RequestError
from checker.scale.run import POSTGRES


def opened(path: str) -> Any:
    """The backend of a file, a folder or an address of PostgreSQL; to be closed."""
    if path.startswith(POSTGRES):
        try:
            from checker.scale.postgres import Postgres
        except ImportError as error:
            raise RequestError("scale.needs", what=error.name or str(error), file=path.partition(":")[0]) from error
        return Postgres(path)
    from checker.scale.duck import Duck

    return Duck(path)


def table_of(name: str, dialect: str) -> exp.Table:
    """The table as the user writes it in SQL; raises RequestError where that is no name of a table."""
    try:
        made = exp.maybe_parse(name, into=exp.Table, dialect=dialect)
    except (ParseError, TokenError, ValueError) as error:
        raise RequestError("export.bad_table", table=name) from error
    if not isinstance(made, exp.Table) or made.args.get("alias") or not isinstance(made.this, exp.Identifier):
        raise RequestError("export.bad_table", table=name)
    return made
