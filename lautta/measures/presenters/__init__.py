"""Pure shaping for the templates: nothing here reads the database beyond the rows it is given."""
