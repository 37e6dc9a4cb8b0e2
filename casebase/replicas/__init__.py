"""Lets readers who aren't signed in read from replicas of the database.

While a view reads from a replica, ``connections["default"]`` of its thread is the
connection to the replica: whatever it reads, also in SQL of our own, is of one snapshot
of one database. See docs/adr/0033-views-borrow-the-connection-of-a-replica.md.
"""
