"""The site as `make run` serves it, on a database of its own."""

import os
import secrets
import socket
import subprocess
import sys
from contextlib import contextmanager

# One that nobody counts, so that the page of a withdrawn case can be looked at.
WITHDRAW = """
from initiatives.models import Initiative
case = Initiative.objects.filter(slug="kaizen-saitama")
case.update(status="withdrawn", status_note="Staff alone.")
"""


@contextmanager
def running_site(folder):
    """Yields the site's address, without a slash at its end."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "off",
        "REQUIRE_SECOND_FACTOR": "off",
        "REVIEW_BY_ANOTHER": "on",
        "DEBUG": "off",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "CACHE_DIR": str(folder / "cache"),
        "STATIC_ROOT": str(folder / "staticfiles"),
    }
    fill(environment)
    # The socket listens before the server starts, so nobody has to wait for it, and no
    # other program can take the port in between.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = start_gunicorn(listener.fileno(), environment)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def fill(environment):
    """The database with the content of fixtures/, and the collected files."""
    for command in ("migrate", "load_content", "collectstatic"):
        options = [] if command == "load_content" else ["--no-input", "--verbosity=0"]
        manage(command, *options, env=environment)
    manage("shell", "--verbosity=0", "--command", WITHDRAW, env=environment)


def manage(*arguments, env):
    subprocess.run([sys.executable, "manage.py", *arguments], env=env, check=True)


def start_gunicorn(socket_number, environment):
    bind = f"fd://{socket_number}"
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "casebase.wsgi", "--bind", bind],
        pass_fds=[socket_number],
        env=environment,
    )
