"""Content files into the database and back."""
