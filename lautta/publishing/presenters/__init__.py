"""Pure shaping of what querysets gave, for templates. Nothing here reads the database."""
