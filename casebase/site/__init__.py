"""Pages of the site as a whole, and what it tells programs of all its records."""
