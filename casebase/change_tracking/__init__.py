"""Tracks changes, so that data derived from the records can be kept up to date.

Triggers in the database note every write to a record, whatever made it: a form, a bulk
update, or a person at the database's own prompt.
"""
