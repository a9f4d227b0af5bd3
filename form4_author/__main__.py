"""`python -m form4_author` is the `form4` command."""

from __future__ import annotations

import sys

from form4_author.cli import main

if __name__ == "__main__":
    sys.exit(main())
