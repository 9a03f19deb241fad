"""Which cell formats does the copy need beside those of the workbook? Existing ones keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.annotate.parts import Parts
from checker.annotate.spots import Edits, Spot, children, closing, first, opened, spots, tag_at, with_attributes

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_BEFORE_COLOUR = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz")
_EMPTY = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
</fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Styles:
    """The styles part with formats appended; `close` writes it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        part = parts.related(parts.book, "styles")
        if part is None:
            part = parts.free("styles.xml") if parts.has("xl/styles.xml") else "xl/styles.xml"
            parts.put(part, _EMPTY.format(main=parts.main).encode())
            parts.relate(parts.book, "styles", part)
            parts.declare(part, _TYPE)
        self._part, self._xml = part, parts.read(part)
        self._spots = spots(self._xml, parts.name)
        self._prefix = self._spots[0].prefix if self._spots else ""
        self._old = {kind: self._listed(kind) for kind in ("fonts", "fills", "borders", "cellXfs")}
        self._new: dict[str, list[bytes]] = {kind: [] for kind in self._old}
        self._known: dict[tuple[str, bytes], int] = {}
        self._first_ones()

    def marked(self, style: int, fill: str, colour: str) -> int:
        """The format `style` with another fill and colour of its text (RRGGBB); all else as it was."""
        xf = self._at("cellXfs", style)
        wanted = {
            "fillId": str(self._fill(fill)),
            "fontId": str(self._coloured(_number(xf, "fontId"), colour)),
            "applyFill": "1",
            "applyFont": "1",
        }
        tag = tag_at(xf, 0)
        return self._add("cellXfs", with_attributes(tag, wanted) + xf[len(tag) :])

    def made(
        self,
        *,
        fill: str = "",
        colour: str = "",
        bold: bool = False,
        size: int = 0,
        border: str = "",
        number: int = 0,
        alignment: Mapping[str, str] | None = None,
        text: bool = False,
    ) -> int:
        """A format of our own on the workbook's first font; `text` keeps a text a text when it is typed over."""
        p = self._prefix
        font = 0
        if colour or bold or size:
            font = self._font(bold, size)
            font = self._coloured(font, colour) if colour else font
        inside = "".join(f' {k}="{v}"' for k, v in (alignment or {}).items())
        kept = ' quotePrefix="1"' if text else ""
        xf = (
            f'<{p}xf numFmtId="{number}" fontId="{font}" fillId="{self._fill(fill) if fill else 0}" '
            f'borderId="{self._border(border) if border else 0}" xfId="0"{kept} applyNumberFormat="1" applyFont="1" '
            f'applyFill="1" applyBorder="1" applyAlignment="1"><{p}alignment{inside}/></{p}xf>'
        )
        return self._add("cellXfs", xf.encode())

    def close(self) -> None:
        """Write the part; each list keeps what it had and goes on with what is new."""
        edits = Edits(self._xml)
        for kind, new in self._new.items():
            if not new:
                continue
            count = {"count": str(len(self._old[kind]) + len(new))}
            spot = first(self._spots, kind)
            if spot is not None:
                edits.extend(spot, b"".join(new), count)
            else:
                at = self._place(kind)
                tag = f'<{self._prefix}{kind} count="{count["count"]}">'.encode()
                edits.put(at, at, tag + b"".join(new) + closing(tag))
        self._parts.put(self._part, edits.made())

    def _first_ones(self) -> None:
        """What the first numbers mean stays so where a list is missing: plain, and of fills Excel's own two."""
        p = self._prefix
        plain = {
            "fonts": [f"<{p}font/>"],
            "fills": [f'<{p}fill><{p}patternFill patternType="{kind}"/></{p}fill>' for kind in ("none", "gray125")],
            "borders": [f"<{p}border/>"],
            "cellXfs": [f'<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
        }
        for kind, wanted in plain.items():
            for xml in wanted[len(self._old[kind]) :]:
                self._add(kind, xml.encode())

    def _listed(self, kind: str) -> list[bytes]:
        spot = first(self._spots, kind)
        return [self._xml[s.start : s.end] for s in children(self._spots, spot)] if spot else []

    def _place(self, kind: str) -> int:
        """Where a list that the part lacks belongs."""
        before = _ORDER[: _ORDER.index(kind)]
        ends = [s.end for s in self._spots if s.parent == 0 and s.name in before]
        return max(ends, default=self._spots[0].inner)

    def _add(self, kind: str, xml: bytes) -> int:
        if (kind, xml) not in self._known:
            self._known[kind, xml] = len(self._old[kind]) + len(self._new[kind])
            self._new[kind].append(xml)
        return self._known[kind, xml]

    def _at(self, kind: str, number: int) -> bytes:
        both = [*self._old[kind], *self._new[kind]] if self._new[kind] else self._old[kind]
        return both[number] if 0 <= number < len(both) else both[0]

    def _fill(self, colour: str) -> int:
        p = self._prefix
        return self._add(
            "fills",
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{colour}"/><{p}bgColor indexed="64"/>'
            f"</{p}patternFill></{p}fill>".encode(),
        )

    def _border(self, colour: str) -> int:
        p = self._prefix
        sides = "".join(
            f'<{p}{side} style="thin"><{p}color rgb="FF{colour}"/></{p}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return self._add("borders", f"<{p}border>{sides}<{p}diagonal/></{p}border>".encode())

    def _font(self, bold: bool, size: int) -> int:
        """The first font of the workbook, bold or of another size."""
        font = self._at("fonts", 0)
        found = self._inner(font)
        p = self._prefix
        if bold and not any(s.name == "b" for s in found):
            font = _inserted(font, f"<{p}b/>".encode(), found[:1])
            found = self._inner(font)
        if size and (sz := next((s for s in found if s.name == "sz"), None)):
            font = font[: sz.start] + f'<{p}sz val="{size}"/>'.encode() + font[sz.end :]
        return self._add("fonts", font)

    def _coloured(self, number: int, colour: str) -> int:
        """A font with another colour."""
        font = self._at("fonts", number)
        found = self._inner(font)
        new = f'<{self._prefix}color rgb="FF{colour}"/>'.encode()
        old = next((s for s in found if s.name == "color" and s.parent == 0), None)
        if old is not None:
            return self._add("fonts", font[: old.start] + new + font[old.end :])
        before = [s for s in found if s.name in _BEFORE_COLOUR and s.parent == 0]
        return self._add("fonts", _inserted(font, new, [found[0], *before]))

    def _inner(self, xml: bytes) -> list[Spot]:
        """The elements of one font; its prefixes are declared outside, so the parser must not look at namespaces."""
        return spots(xml, self._parts.name)


def _inserted(xml: bytes, new: bytes, after: list[Spot]) -> bytes:
    """`new` put behind the last of these elements; the first of them is the one it is put into."""
    whole, last = after[0], after[-1]
    if whole.inner == whole.end:
        return opened(xml) + new + closing(opened(xml))
    at = whole.inner if last is whole else last.end
    return xml[:at] + new + xml[at:]


def _number(tag: bytes, name: str) -> int:
    found = re.search(rb"\s" + name.encode() + rb"\s*=\s*[\"'](\d+)", tag_at(tag, 0))
    return int(found[1]) if found else 0
