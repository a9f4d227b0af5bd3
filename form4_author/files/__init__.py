"""Files on disk: drafts, output, spreadsheets, locks, and the SEC's own schema."""
