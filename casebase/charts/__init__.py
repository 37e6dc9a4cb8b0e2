"""Charts: numbers laid out as bars and columns, for the templates that draw them."""
