"""The site as `make run` serves it, on a database of its own."""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager

DATABASE = "db.sqlite3"
CURATOR = {
    "username": "curator",
    "password": "the desk by the window",
    "email": "curator@casebase.example",
}
# In one process, because Django takes a second to start. The withdrawn case, whose page
# is looked at, is one that no test counts.
FILL = f"""
from django.contrib.auth.models import User
from django.core.management import call_command

call_command("migrate", verbosity=0)
call_command("load_content", verbosity=0)
User.objects.create_superuser(**{CURATOR})

from initiatives.models import Initiative

case = Initiative.objects.filter(slug="kaizen-saitama")
case.update(status="withdrawn", status_note="Staff alone.")
"""


def fill_once(folder):
    """Create a site with the content of fixtures/ and a curator, unless there is one.

    This takes ten seconds, so each running site starts from a copy.
    """
    folder.mkdir(exist_ok=True)
    is_filled = folder / "filled"
    # Workers of one run share the folder; the first fills it, the others wait.
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_filled.exists():
            fill(folder)
            is_filled.touch()


def fill(folder):
    """Fill the database and, at the same time, collect the static files."""
    collect = ["manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    with start(folder, *collect) as process:
        run_script(folder, FILL)
    assert process.returncode == 0


@contextmanager
def running_site(folder, filled_site):
    """Run a copy of the site in the folder; yield its address without a final slash."""
    shutil.copy(filled_site / DATABASE, folder)
    (folder / "staticfiles").symlink_to(filled_site / "staticfiles")
    # The socket listens before the server starts, so nobody has to wait for it, and no
    # other program can take the port in between.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = start_gunicorn(folder, listener.fileno())
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def run_script(folder, script):
    """Run a script in the shell of the folder's site."""
    command = ["shell", "--no-imports", "--command", script]
    with start(folder, "manage.py", *command) as shell:
        pass
    assert shell.returncode == 0


def start_gunicorn(folder, socket_number):
    bind = ["--bind", f"fd://{socket_number}"]
    command = ["-m", "gunicorn", "casebase.wsgi", *bind]
    return start(folder, *command, pass_fds=[socket_number])


def start(folder, *arguments, **options):
    """Start a process of Python for the folder's site."""
    environment = build_environment(folder)
    return subprocess.Popen([sys.executable, *arguments], env=environment, **options)


def build_environment(folder):
    """Return the environment variables of the site in the folder."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "off",
        "REQUIRE_SECOND_FACTOR": "off",
        "REVIEW_BY_ANOTHER": "on",
        "DEBUG": "off",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "CACHE_DIR": str(folder / "cache"),
        "CACHE_URL": "",
        "STORAGE_URL": "",
        "STATIC_ROOT": str(folder / "staticfiles"),
    }
