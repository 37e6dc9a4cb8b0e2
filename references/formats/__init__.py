"""Files of references: one module a format."""
