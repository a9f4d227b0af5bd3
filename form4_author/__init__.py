"""Author SEC Forms 3, 4 and 5: the interview, the checks, the XML, the page."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
