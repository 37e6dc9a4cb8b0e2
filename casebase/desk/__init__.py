"""The curators’ desk: where records are written, imported, merged and checked."""
