"""Identifiers of EDGAR: CIK, CCC and accession number, each read and written in one way."""
