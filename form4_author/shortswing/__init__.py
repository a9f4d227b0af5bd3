"""Short-swing profit under Section 16(b): trades, the six-month window, both ways of matching."""
