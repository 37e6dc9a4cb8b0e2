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
    "USERNAME": "curator",
    "PASSWORD": "the desk by the window",
    "EMAIL": "curator@casebase.example",
}
# Withdraws a case that no test counts, to show the page of a withdrawn case.
WITHDRAW = """
from initiatives.models import Initiative
case = Initiative.objects.filter(slug="kaizen-saitama")
case.update(status="withdrawn", status_note="Staff alone.")
"""


def fill_once(folder):
    """Create a site with the content of fixtures/ and a curator, unless there is one.

    This takes a quarter of a minute, so each running site starts from a copy.
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
    for command in ("migrate", "collectstatic"):
        manage(folder, command, "--no-input", "--verbosity=0")
    manage(folder, "load_content", "--verbosity=0")
    account = {f"DJANGO_SUPERUSER_{name}": text for name, text in CURATOR.items()}
    manage(folder, "createsuperuser", "--no-input", "--verbosity=0", **account)
    run_script(folder, WITHDRAW)


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
    manage(folder, "shell", "--verbosity=0", "--command", script)


def manage(folder, *arguments, **environment):
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, env=build_environment(folder) | environment, check=True)


def start_gunicorn(folder, socket_number):
    bind = f"fd://{socket_number}"
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "casebase.wsgi", "--bind", bind],
        pass_fds=[socket_number],
        env=build_environment(folder),
    )


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
        "STATIC_ROOT": str(folder / "staticfiles"),
    }
