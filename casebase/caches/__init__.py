"""Caches of what takes long to compute: on this machine, or shared by several.

The keys of all entries say what they were computed from: the version of the records, or
the content itself, and the code. So no entry is ever wrong or has to be deleted. None
of these caches raises an error: what can't be read is computed again.
"""
