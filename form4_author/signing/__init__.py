"""Signatures in PDF files: identities, signing, and what a signed file proves.

An edge: keys are in files and tokens, and a time-stamp comes from a server that the user names. The only modules that
import pyHanko, which takes most of a second: commands other than ``sign`` and ``verify`` never load them.
"""

from __future__ import annotations

import logging

# What is wrong is returned or raised; pyHanko would also write it to the terminal, in its own words.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)
