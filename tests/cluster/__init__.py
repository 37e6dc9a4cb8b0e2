"""The site on several machines, as plain processes of this one: `make cluster`.

nginx, two web machines with caches of their own, workers, PostgreSQL with a streaming
standby, and Redis or Valkey, all in one folder and on free ports of 127.0.0.1. Tests
and commands start, kill and restart single parts by name.
"""
