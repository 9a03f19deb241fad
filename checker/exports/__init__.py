"""Rules as queries that run where the facts lie, without this program: SQL files, dbt tests, a GX project.

An export is made for one source: the rules are grounded in the shapes that it has (`checker.scale`), and what that says
(which figures make which check) stands in each query as small tables of constants. The arithmetic is that of
`checker.scale.plain` and `checker.scale.verdict`, in one statement for each rule: a row for each failed check.
"""
