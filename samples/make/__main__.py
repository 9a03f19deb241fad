"""Write every sample that is made, or those of one folder to another place."""

from __future__ import annotations

from pathlib import Path

from samples.make.forms import SAMPLES, havn, kultur, long_form, naestved
from samples.make.workbooks import children, schools, social

MAKERS = (naestved, havn, kultur, long_form, social, schools, children)


def main(root: Path = SAMPLES) -> None:
    """Write the files below `root`."""
    for make in MAKERS:
        make(root)


if __name__ == "__main__":
    main()
