"""What a controller gets back: the workbook as it was handed in, with marks, notes and a sheet for following up.

No library saves the workbook, since each would drop something (results of formulas, drawings, sparklines). Parts are
changed in their bytes, and only these: the styles (new ones behind the others), the sheets with marks (`s=` of marked
cells and the hook of the notes), notes with their drawing, and what names the new sheet. All else is copied packed.
"""

from __future__ import annotations

from checker.annotate.annotated import ENDINGS, annotate, copy_name
from checker.annotate.readback import read_back

__all__ = ["ENDINGS", "annotate", "copy_name", "read_back"]
