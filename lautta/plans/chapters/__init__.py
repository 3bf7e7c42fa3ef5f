"""Texts of chapters without a database: canonical rich text, differences, three-way merge."""
