"""What has changed: so that whatever is derived from the records can follow them.

Triggers of the database note every write to the records, whoever makes it and however:
a form, a bulk update, a person at the database's own prompt.
"""
