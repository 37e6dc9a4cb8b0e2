"""Which works and names are the same."""
