"""Short-swing profit under Section 16(b): trades out of filings, the six-month window, both ways of matching."""
