"""The settings of gunicorn, here and in production. Its command line overrides them."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from threading import Thread

from gunicorn.glogging import Logger

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
# The last word is the request id, which error pages show to readers, too.
access_log_format = (
    '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %({x-request-id}o)s'
)


# SQLite's readers share a file that exists while any connection is open. A connection
# that stays open keeps it, so that it need not be created when the disk is full.
open_connections = []


class logger_class(Logger):  # noqa: N801
    """The logs of gunicorn itself: text or JSON, and without private links."""

    def setup(self, cfg):
        from casebase import environment, logging_config

        super().setup(cfg)
        log_format = environment.peek("LOG_FORMAT", Path(__file__).parent / ".env")
        for logger, line in (
            (self.error_log, self.error_fmt),
            (self.access_log, self.access_fmt),
        ):
            formatter = logging_config.make_formatter(log_format, line, self.datefmt)
            for handler in logger.handlers:
                handler.setFormatter(formatter)


def on_starting(server):
    """Make the folder in which the workers count, and do what `make run` asks for."""
    from casebase.monitoring import worker_files

    folder = worker_files.make_folder()
    # Before anybody imports prometheus_client, which looks for it then.
    os.environ[worker_files.FOLDER_VARIABLE] = str(folder)
    if os.environ.get("SET_UP"):
        set_up_site()
        # Loaded after that, and before workers are forked: Django starts only once.
        server.app.wsgi()
        # This process is no worker: it would stay at a version of 0 for ever.
        worker_files.absorb_process(folder, os.getpid())


def child_exit(server, worker):
    """Add up what a worker has counted that ended, also one that was killed."""
    from casebase.monitoring import worker_files

    try:
        folder = Path(os.environ[worker_files.FOLDER_VARIABLE])
        worker_files.absorb_process(folder, worker.pid)
    except Exception:
        # Without this, gunicorn itself would end.
        server.log.exception("The counts of a worker are lost.")


def on_exit(server):
    server.jobs.stop()
    from casebase.monitoring.worker_files import FOLDER_VARIABLE

    rmtree(os.environ[FOLDER_VARIABLE], ignore_errors=True)


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


def post_worker_init(worker):
    """Build the index of facets before the first request.

    The first worker also prints the address of the site when it can respond.
    """
    from casebase.monitoring.metrics import WORKER_STARTED

    WORKER_STARTED.set_to_current_time()
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
