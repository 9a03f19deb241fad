"""Which ids belong together?"""

from __future__ import annotations

from collections.abc import Sequence


class Shared:
    """Sets of ids that are joined again and again."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def _root(self, id_: str) -> str:
        self._parent.setdefault(id_, id_)
        while self._parent[id_] != id_:
            self._parent[id_] = self._parent[self._parent[id_]]
            id_ = self._parent[id_]
        return id_

    def join(self, ids: Sequence[str]) -> None:
        """All of them are the same."""
        first = self._root(ids[0])
        for other in ids[1:]:
            self._parent[self._root(other)] = first

    def numbers(self) -> dict[str, int]:
        """For each id the number of the set it is in, counted as they came."""
        roots: dict[str, int] = {}
        return {id_: roots.setdefault(self._root(id_), len(roots)) for id_ in self._parent}
