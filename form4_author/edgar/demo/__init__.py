"""A local EDGAR on this computer: it answers as data.sec.gov and www.sec.gov do, from filings that it is given."""
