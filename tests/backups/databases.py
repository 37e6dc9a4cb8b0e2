"""Databases beside the one of the tests, and running code on them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection


@contextmanager
def empty_database(folder):
    """Yield the name of a new database without tables, which is deleted afterwards."""
    if connection.vendor == "sqlite":
        yield str(folder / "empty.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_empty"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield name
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run_on(name, function, *arguments, **options):
    """Return what the function returns on this database, in a thread of its own."""

    def run():
        try:
            return function(*arguments, **options)
        finally:
            connection.close()

    with (
        patch.dict(connection.settings_dict, {"NAME": name}),
        ThreadPoolExecutor(1) as thread,
    ):
        return thread.submit(run).result()
