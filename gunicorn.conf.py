"""The settings of gunicorn, here and in production. Its command line overrides them."""

import os
import sys
from contextlib import suppress
from threading import Thread

# Requests wait for the database more than for the processor, so a worker has several
# threads. Two of them may render bibliographies (references/styles/cache.py), two may
# send large files (casebase/files/downloads.py), and three may wait for the write lock
# (casebase/change_tracking/lock_timeout.py); two are always free for pages.
workers = 2
threads = 9
worker_class = "casebase.web_worker.WebWorker"
# By default gunicorn believes headers about the scheme and the path in requests from
# this machine, and a web server in front of it passes them on from readers. Django
# reads only the scheme from a header, and only with BEHIND_PROXY.
forwarder_headers = ""
secure_scheme_headers = {}
# Seconds for which an idle connection stays open; it occupies no thread. The client has
# to close it first, or it may send a request while the server closes the connection.
# Proxies close idle connections earlier, nginx after 60 seconds. With the default, 2,
# connections of reference managers are reset, which pause while they save a list.
keepalive = 75
# gunicorn would create the socket in the home folder, where two sites would share it.
control_socket_disable = True


# SQLite's readers share a file that exists while any connection is open. A connection
# that stays open keeps it, so that it need not be created when the disk is full.
open_connections = []


def on_starting(server):
    """Leave private links out of the logs of gunicorn itself, too."""
    from casebase.logging_config import RedactingFormatter

    log = server.log
    for logger, line in (
        (log.error_log, log.error_fmt),
        (log.access_log, log.access_fmt),
    ):
        for handler in logger.handlers:
            handler.setFormatter(RedactingFormatter(line, log.datefmt))
    if os.environ.get("SET_UP"):
        set_up_site()
        # Loaded after that, and before workers are forked: Django starts only once.
        server.app.wsgi()


def set_up_site():
    """Do what `make run` does before the site starts; exit with a sentence if not."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    try:
        django.setup()
        from casebase.set_up import set_up

        set_up()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(f"{error}")


def when_ready(server):
    """Run jobs beside the site, in JOB_PROCESSES processes."""
    from casebase.jobs.beside_web import JobsBesideWeb

    server.jobs = JobsBesideWeb()
    server.jobs.start()


def on_exit(server):
    server.jobs.stop()


def post_worker_init(worker):
    """Build the index of facets before the first request.

    The first worker also prints the address of the site when it can respond.
    """
    Thread(target=build_index, daemon=True).start()
    if worker.age == 1:
        addresses = " and ".join(map(str, worker.sockets))
        sys.stderr.write(f"Open {addresses} in a browser. Ctrl+C stops the site.\n")


def build_index():
    from django.db import DatabaseError, connection

    from casebase.database_availability import wait_for_database
    from casebase.facets.snapshot_cache import current_snapshot

    wait_for_database()
    # A site without tables shows readers an error, but the worker still starts.
    with suppress(DatabaseError):
        current_snapshot()
    if connection.vendor == "sqlite":
        open_connections.append(connection.connection)
    else:
        connection.close()
