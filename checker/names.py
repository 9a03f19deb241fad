"""What are statements and lines called in outcomes?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from checker.model.submission import Statement, Submission


@dataclass
class Names:
    """What outcomes call things: statements and claims of the submission."""

    submission: Submission

    def statement(self, id_: str) -> Statement | None:
        """The statement with this id, if any."""
        return self._by_id.get(id_)

    @cached_property
    def _by_id(self) -> dict[str, Statement]:
        every = (*self.submission.statements, *self.submission.other_statements, *self.submission.texts)
        return {s.id: s for s in reversed(every)}

    @cached_property
    def unsure(self) -> frozenset[str]:
        """The ids of the facts of sentences of which it is not sure what they are."""
        return frozenset(f.fact_id for f in self.submission.facts if not f.sure)

    def title(self, id_: str) -> str:
        """A statement's title, its id where it has none; that of another submission with the name of its file."""
        statement = self.statement(id_)
        if statement is None or statement not in self.submission.other_statements:
            return self.own_title(id_)
        file = statement.place.file.rpartition("/")[2]
        return f"{statement.title} ({file})" if statement.title else file

    def own_title(self, id_: str) -> str:
        """The title alone, for where the file is told too; the file's name or the id where there is none."""
        statement = self.statement(id_)
        if statement is None or statement.title:
            return statement.title if statement else ""
        own = statement not in self.submission.other_statements
        return statement.id if own else statement.place.file.rpartition("/")[2]

    def label(self, id_: str, key: str, scope: str | None) -> str:
        """The printed label of a line in a statement."""
        statement = self.statement(id_)
        lines = statement.lines if statement else ()
        found = next((line for line in lines if (line.key, line.scope) == (key, scope)), None)
        return numbered(found.number, found.name) if found else key


def numbered(number: str | None, name: str) -> str:
    """'3 Leasing', where the name does not begin with the number already."""
    return f"{number} {name}" if number and not name.startswith(number) else name
