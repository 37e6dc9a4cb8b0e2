"""How gunicorn serves the site, here and in public; its command line wins over this."""

import sys
from contextlib import suppress
from threading import Thread

# A reader waits for the database, not for the processor: threads share a worker well.
# Of these two may render bibliographies (references/styles/cache.py), two may send
# large files (casebase/files/downloads.py), and three may wait for a lock to write
# (casebase/change_tracking/lock_timeout.py), so two are always free for pages.
workers = 2
threads = 9
# By itself gunicorn takes the scheme and the address of a page from headers of whoever
# asks from this machine, which a web server in front passes on from readers. Django
# takes the scheme alone, and that only with BEHIND_PROXY.
forwarder_headers = ""
secure_scheme_headers = {}
# Seconds for which an idle connection stays open; it takes no thread. The side that
# sends has to be the first to give one up, or it may send into a connection that is
# being closed: a proxy keeps idle ones for less, nginx for 60. The default, 2, resets
# whoever pauses between two requests, as reference managers do while they save a list.
keepalive = 75
# It would be made in the home folder, and two sites would share it.
control_socket_disable = True


# What SQLite shares between its readers is a file that is there as long as somebody has
# the database open: held open, it need not be made when the disk is full.
held_open = []


def post_worker_init(worker):
    """Have what lists are counted from made before a reader asks for it; once, when the
    first of the workers can answer, say where."""
    Thread(target=make_index, daemon=True).start()
    if worker.age == 1:
        places = " and ".join(map(str, worker.sockets))
        sys.stderr.write(f"Open {places} in a browser. Ctrl+C stops the site.\n")


def make_index():
    from django.db import DatabaseError, connection

    from casebase.database_availability import wait_for_database
    from casebase.facets.snapshot_cache import current_snapshot

    wait_for_database()
    # A site that is not set up yet says so to readers.
    with suppress(DatabaseError):
        current_snapshot()
    if connection.vendor == "sqlite":
        held_open.append(connection.connection)
    else:
        connection.close()
