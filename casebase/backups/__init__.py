"""Backups of the database: one file each, with checksums, encrypted on request.

See docs/backups.md.
"""
