"""The search room: which cases, works and terms hold the words of a query.

It depends on the rooms it searches; of these, only filters and views know of it.
"""
