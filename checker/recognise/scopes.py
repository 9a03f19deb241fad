"""Is a row about drift or anlæg? From its label, the heading it stands under, or the table's title."""

from __future__ import annotations

from collections.abc import Sequence

from checker.recognise.draft import Draft
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, words


def scope_of(found: Sequence[str], vocab: Vocabulary, names: Sequence[str] = ()) -> str | None:
    """The scope a label begins with once words for areas, totals and the area's own name are taken away.

    'Aktivitetsområder, drift' and 'Drift Fagområde' are drift; 'Tekniske anlæg' is no scope.
    """
    rows = vocab.tables["rows"]
    for at, word in enumerate(found):
        if word in ("i", "alt", *names) or any_meets((*rows["area"], *rows["total"]), (word,)):
            continue
        if (
            found[at + 1 : at + 2]
            and found[at + 1] in ("af", "på", "i", "ved")
            and found[at + 1 : at + 3] != ("i", "alt")
        ):
            return None  # 'Drift af havnen' is a line's name
        return next((s for s, p in vocab.tables["scopes"].items() if any_meets(p, (word,))), None)
    return None


def set_scopes(item: Draft, entity_words: Sequence[str], vocab: Vocabulary) -> None:
    """Give every row its scope; a heading's scope holds until a heading with another."""
    said = {s for w in words_of_title(item) if (s := scope_of((w,), vocab))}
    item.scope = said.pop() if len(said) == 1 else None
    current = item.scope
    item.scopes = []
    for row in item.rows:
        own = scope_of(row.words, vocab, entity_words)
        if row.role == "heading":
            current = own or current
            item.scopes.append(current)
        else:
            item.scopes.append(own or current)


def words_of_title(item: Draft) -> Sequence[str]:
    """The words of the title and of the heading over the labels."""
    heads = [row[i] for row in item.grid.header for i in item.grid.labels]
    return words(" ".join([item.title, *heads]))


def infer_scopes(drafts: Sequence[Draft]) -> None:
    """A table that names no scope takes that of the tables whose numbered lines it repeats, if they all agree."""
    for item in drafts:
        if any(item.scopes):
            continue
        own = {(r.number, " ".join(r.words)) for r in item.rows if r.number and r.filled}
        matched: dict[str | None, int] = {}
        for other in drafts:
            if other is item or other.entity != item.entity:
                continue
            for row, scope in zip(other.rows, other.scopes, strict=True):
                if row.filled and (row.number, " ".join(row.words)) in own:
                    matched[scope] = matched.get(scope, 0) + 1
        scopes = [s for s in matched if s]
        if len(scopes) == 1 and matched[scopes[0]] >= 2 and len(matched) == 1:
            item.scope = scopes[0]
            item.scopes = [scopes[0]] * len(item.rows)
            item.remark("reading.scope_inferred", scope=f"@scope.{scopes[0]}")
