"""The filing model: frozen records, paths into them, and the table that names every field."""
