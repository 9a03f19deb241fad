"""Which pages does a PDF file have, and what is drawn on each? Why can it not be read, where it cannot?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

from checker.errors import SubmissionError
from checker.readers.pdf_guard import Budget, TooMuchError, guarded

MAX_PAGES = 1_000
MAX_LENGTH = 100_000.0
"""Points; the largest page there can be has 14.400."""
_UNSEEN = (3, 7)
"""The ways to draw text that leave no mark: as a program lays text that it recognised behind a picture."""
_NO_COMMENT = frozenset(("Link", "Popup", "Widget", "PrinterMark", "TrapNet", "Watermark", "Screen", "Movie", "3D"))

Thing = dict[str, Any]
"""A character, line, rectangle, curve or picture as pdfplumber gives it; lengths in points from the upper left."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class RawPage:
    """What is drawn on a page; `failed` where it could not be read whole, `unseen` are characters drawn invisibly."""

    number: int
    box: Box
    chars: list[Thing] = field(default_factory=list)
    unseen: list[Thing] = field(default_factory=list)
    shapes: list[Thing] = field(default_factory=list)
    images: list[Thing] = field(default_factory=list)
    comments: int = 0
    fields: int = 0
    failed: bool = False


class _Device(PDFPageAggregatorWithMarkedContent):
    """Counts what is drawn and marks what is drawn invisibly."""

    budget: Budget
    mode: int = 0

    def begin_figure(self, *args: Any) -> None:
        self.budget.enter()
        super().begin_figure(*args)

    def end_figure(self, *args: Any) -> None:
        self.budget.depth -= 1
        super().end_figure(*args)

    def render_string(self, textstate: Any, *args: Any) -> None:
        self.mode = textstate.render
        super().render_string(textstate, *args)

    def render_char(self, *args: Any, **named: Any) -> float:
        self.budget.draw()
        return float(super().render_char(*args, **named))

    def paint_path(self, *args: Any, **named: Any) -> None:
        self.budget.draw()
        super().paint_path(*args, **named)

    def tag_cur_item(self) -> None:
        """The library's own mark ('tag') is not needed; that a character is invisible is put there."""
        if self.cur_item._objs:
            vars(self.cur_item._objs[-1])["tag"] = "unseen" if self.mode in _UNSEEN else None


class _Page(Page):
    """A page that is drawn within a budget."""

    budget: Budget

    @property
    def layout(self) -> Any:
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            device.budget = self.budget
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout


def raw_pages(data: bytes, name: str) -> Iterator[RawPage]:
    """The pages one by one; raises SubmissionError for what is no PDF, needs a password, is damaged or too much."""
    if b"%PDF-" not in data[:1024]:
        raise SubmissionError(name, "input.no_pdf")
    if b"%%EOF" not in data[-4096:]:
        raise SubmissionError(name, "input.damaged_pdf")  # the end is missing, and some pages with it
    budget = Budget()
    with guarded(budget):
        try:
            pdf = PDF(io.BytesIO(data), raise_unicode_errors=False)
            found = 0
            for page in PDFPage.create_pages(pdf.doc):
                found += 1
                if found > MAX_PAGES:
                    raise SubmissionError(name, "input.too_many_pages", limit=f"{MAX_PAGES:,}".replace(",", "."))
                yield _drawn(pdf, page, found, budget)
            if found == 0 or found < _stated(pdf):
                raise SubmissionError(name, "input.damaged_pdf")
        except (SubmissionError, GeneratorExit):
            raise
        except Exception as error:
            raise _refused(error, name) from error


def _refused(error: BaseException, name: str) -> SubmissionError:
    """The error for what the library raised; it wraps some of its own."""
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    if isinstance(inner, PDFEncryptionError):
        return SubmissionError(name, "input.encrypted_pdf")
    if isinstance(inner, (TooMuchError, MemoryError)):
        return SubmissionError(name, "input.pdf_too_much")
    return SubmissionError(name, "input.damaged_pdf")


def _stated(pdf: PDF) -> int:
    """How many pages the file says it has."""
    tree = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    return count if isinstance(count, int) else 0


def _drawn(pdf: PDF, of: PDFPage, number: int, budget: Budget) -> RawPage:
    budget.begin_page()
    damaged = budget.damaged
    result = RawPage(number, (0, 0, 1, 1))
    try:
        page = _Page(pdf, of, page_number=number)
        page.budget = budget
        result.box = _box(page)
        objects = page.objects
    except (TooMuchError, MemoryError):
        raise
    except Exception:  # the library raises anything at all where a page is damaged
        result.failed = True
        return result
    for char in _sound(objects.get("char", ())):
        (result.unseen if char.get("tag") == "unseen" else result.chars).append(char)
    result.shapes = [shape for kind in ("line", "rect", "curve") for shape in _sound(objects.get(kind, ()))]
    result.images = _sound(objects.get("image", ()))
    result.failed = budget.damaged > damaged
    result.comments, result.fields = _annotations(of)
    page.close()
    return result


def _sound(things: Iterable[Thing]) -> list[Thing]:
    """Those that stand within any page there can be; others are made to do harm."""
    return [t for t in things if all(-MAX_LENGTH < t[side] < MAX_LENGTH for side in ("x0", "top", "x1", "bottom"))]


def _box(page: Page) -> Box:
    """The part of the page that is shown."""
    x0, top, x1, bottom = (float(v) for v in page.mediabox)
    a, b, c, d = (float(v) for v in page.cropbox)
    shown = (max(x0, a), max(top, b), min(x1, c), min(bottom, d))
    return shown if shown[2] - shown[0] > 10 and shown[3] - shown[1] > 10 else (x0, top, x1, bottom)


def _annotations(page: PDFPage) -> tuple[int, int]:
    """How many comments a page has, and how many filled fields of a form."""
    comments = fields = 0
    listed = resolve1(page.annots)
    for each in listed if isinstance(listed, list) else ():
        found = resolve1(each)
        if not isinstance(found, dict):
            continue
        kind = getattr(resolve1(found.get("Subtype")), "name", "")
        if kind == "Widget":
            value = resolve1(found.get("V"))
            fields += isinstance(value, bytes) and bool(value.strip())
        else:
            comments += kind not in _NO_COMMENT
    return comments, fields
