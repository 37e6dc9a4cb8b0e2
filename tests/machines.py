"""Machines of one site: processes with folders and memory of their own, one database.

They answer requests without a server in front of them, through pipes.
"""

import os
import sqlite3
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from multiprocessing import get_context
from types import SimpleNamespace

from django.db import connection

VARIABLES = {
    "DJANGO_SETTINGS_MODULE": "tests.settings_of_machine",
    "SECRET_KEY": "the same on all machines",
    "ALLOWED_HOSTS": "testserver",
    "HTTPS": "off",
    "DEBUG": "off",
}


class Machine:
    """A process of the site with these environment variables."""

    def __init__(self, variables):
        spawn = get_context("spawn")
        self.pipe, other = spawn.Pipe()
        arguments = (other, VARIABLES | variables)
        self.process = spawn.Process(target=serve, args=arguments, daemon=True)
        self.process.start()
        other.close()

    def call(self, *call):
        self.pipe.send(call)
        result = self.pipe.recv()
        if isinstance(result, Exception):
            raise result
        return result

    def run(self, code):
        """Run code in the process; return what it assigns to ``result``."""
        return self.call("run", code)

    def stop(self):
        self.pipe.close()
        self.process.join()


class Browser:
    """A reader, whose requests go to one machine or another."""

    def __init__(self):
        self.cookies = SimpleCookie()

    def get(self, machine, address, **options):
        return self._ask(machine, "get", address, None, options)

    def post(self, machine, address, data, **options):
        return self._ask(machine, "post", address, data, options)

    def _ask(self, machine, method, address, data, options):
        answer = machine.call("ask", method, address, data, self.cookies, options)
        self.cookies = answer.cookies
        return answer


@contextmanager
def running_machines(folders, **variables):
    """Yield a machine for each folder, all on a copy of the test database."""
    # It imports models, and the processes import this module before there are any.
    from tests.killed_process import url_of_postgresql

    if connection.vendor == "sqlite":
        file = folders[0].parent / "db.sqlite3"
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        variables["DATABASE_URL"] = f"sqlite:///{file}"
    else:
        variables["DATABASE_URL"] = url_of_postgresql()
    machines = [Machine(variables | {"CACHE_DIR": str(folder)}) for folder in folders]
    try:
        yield machines
    finally:
        for machine in machines:
            machine.stop()


def serve(pipe, variables):
    """Answer calls until the other end of the pipe is closed. Runs in a new process."""
    os.environ.update(variables)
    import django

    django.setup()
    while True:
        try:
            name, *arguments = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send({"ask": ask, "run": run}[name](*arguments))
        except Exception as error:
            pipe.send(AssertionError(f"{type(error).__name__}: {error}"))


def ask(method, address, data, cookies, options):
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(REMOTE_ADDR="192.0.2.1")
    client.cookies = cookies
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method)(address, data, **options)
    return SimpleNamespace(
        status=answer.status_code,
        headers=dict(answer.headers),
        text=answer.getvalue().decode(errors="replace"),
        cookies=client.cookies,
        n_queries=len(queries),
    )


def run(code):
    names = {"result": None}
    exec(code, names)  # noqa: S102
    return names["result"]
