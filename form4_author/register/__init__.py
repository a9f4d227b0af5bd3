"""The register: persons, issuers, powers of attorney, footnotes, filings and the ledger of what is held.

SQLite by default, any database that SQLAlchemy speaks to otherwise. Nothing in it is secret: it has no place for a CCC.
Importing this package loads no database; ``book.opened`` does.
"""
