"""What the import and export of content files share, for every kind of record."""
