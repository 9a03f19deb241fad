"""Do pandas, Polars and SQL find the same cells that break the contract of long form?"""
