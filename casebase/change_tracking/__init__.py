"""Tracks changes, so that data derived from the records can be kept up to date.

Triggers in the database note every write to a record: from a form, in a bulk update, or
at the prompt of the database.
"""
