"""One filing made from another: amendments, divided filings, comparisons."""
