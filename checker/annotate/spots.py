"""Where in the bytes of an XML part does each element stand, and how is a piece put in without touching the rest?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from checker.annotate.markup import attribute
from checker.errors import SubmissionError

_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_ATTRIBUTE = re.compile(rb"(\s+)([^\s=]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')")
_DECLARED = re.compile(rb"^(<\?xml[^>]*?encoding\s*=\s*[\"'])([\w.-]+)([\"'])")


@dataclass(slots=True)
class Spot:
    """An element as it lies in the bytes: its start tag is [start, inner), its end tag [close, end).

    `prefix` is what stands before its name, with the colon; `parent` the number of the element it stands in, -1 for
    the root. Of `<a/>` inner, close and end are one.
    """

    name: str
    prefix: str
    attributes: dict[str, str]
    parent: int
    start: int
    inner: int
    close: int = 0
    end: int = 0

    def get(self, name: str) -> str | None:
        """An attribute, whatever its prefix."""
        return next((v for k, v in self.attributes.items() if k.rpartition(":")[2] == name), None)


@dataclass(slots=True)
class Edits:
    """Changes to the bytes of one part, made all at once; each place may be changed once."""

    xml: bytes
    found: list[tuple[int, int, bytes]] = field(default_factory=list)

    def put(self, start: int, end: int, new: bytes) -> None:
        """Put `new` in place of what stands in [start, end)."""
        self.found.append((start, end, new))

    def extend(self, spot: Spot, children: bytes, attributes: Mapping[str, str] | None = None) -> None:
        """Add elements at the end of one, and give it attributes."""
        tag = self.xml[spot.start : spot.inner]
        new = with_attributes(tag, attributes or {})
        if spot.inner == spot.end:
            self.put(spot.start, spot.end, opened(new) + children + closing(new))
            return
        if new != tag:
            self.put(spot.start, spot.inner, new)
        self.put(spot.close, spot.close, children)

    def made(self) -> bytes:
        """The part as it is then."""
        pieces, at = [], 0
        for start, end, new in sorted(self.found, key=lambda f: (f[0], f[1])):
            pieces += [self.xml[at:start], new]
            at = end
        return b"".join([*pieces, self.xml[at:]])


def tag_at(xml: bytes, start: int) -> bytes:
    """The tag that begins at `start`; '>' may stand in its attributes."""
    match = _TAG.match(xml, start)
    return match[0] if match else b""


def opened(tag: bytes) -> bytes:
    """'<a b="c"/>' as '<a b="c">'."""
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def closing(tag: bytes) -> bytes:
    """'</a>' for '<a b="c">'."""
    return b"</" + re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0] + b">"


def with_attributes(tag: bytes, values: Mapping[str, str]) -> bytes:
    """A start tag with these attributes in place of those of the same names, or behind the others."""
    for name, value in values.items():
        new = attribute(value).encode()
        for match in _ATTRIBUTE.finditer(tag):
            if match[2].decode() == name:
                tag = tag[: match.start(4)] + b'"' + new + b'"' + tag[match.end(4) :]
                break
        else:
            at = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:at].rstrip() + b" " + name.encode() + b'="' + new + b'"' + tag[at:]
    return tag


def guarded(name: str) -> expat.XMLParserType:
    """A parser that refuses a document type, since only those define entities."""

    def refuse(*_: object) -> None:
        raise SubmissionError(name, "input.doctype")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser


def run(parser: expat.XMLParserType, xml: bytes, name: str) -> None:
    """Parse a whole part; what is no XML is a damaged workbook."""
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError) as error:
        raise SubmissionError(name, "input.damaged_workbook") from error


def spots(xml: bytes, name: str) -> list[Spot]:
    """Every element of a part in its order."""
    parser, found, path = guarded(name), list[Spot](), list[int]()

    def start(word: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        prefix, colon, local = word.rpartition(":")
        inner = at + len(tag_at(xml, at))
        found.append(Spot(local, prefix + colon, attributes, path[-1] if path else -1, at, inner))
        path.append(len(found) - 1)

    def end(_word: str) -> None:
        spot = found[path.pop()]
        if xml[spot.inner - 2 : spot.inner] == b"/>":
            spot.close = spot.end = spot.inner
        else:
            spot.close = parser.CurrentByteIndex
            spot.end = xml.index(b">", spot.close) + 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    run(parser, xml, name)
    return found


def children(found: list[Spot], parent: Spot) -> Iterator[Spot]:
    """The elements that stand in `parent` itself."""
    number = next(n for n, spot in enumerate(found) if spot is parent)
    return (spot for spot in found if spot.parent == number)


def first(found: list[Spot], name: str) -> Spot | None:
    """The first element of this name right below the root."""
    return next((spot for spot in found if spot.name == name and spot.parent == 0), None)


def as_utf8(xml: bytes, name: str) -> bytes:
    """A part in UTF-8 without a mark at its beginning, so that bytes may be put in; most are so already."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = _recoded(xml.decode("utf-16").encode("utf-8"))
    elif (found := _DECLARED.match(xml)) and found[2].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        try:
            xml = _recoded(xml.decode(found[2].decode()).encode("utf-8"))
        except (LookupError, UnicodeDecodeError) as error:
            raise SubmissionError(name, "input.damaged_workbook") from error
    return xml


def _recoded(xml: bytes) -> bytes:
    return _DECLARED.sub(rb"\1UTF-8\3", xml)
