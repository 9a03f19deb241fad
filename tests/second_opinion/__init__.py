"""Do the relations hold? The same rows asked of DuckDB, to hold against the engine in plain Python."""
