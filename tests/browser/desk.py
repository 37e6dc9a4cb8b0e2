"""A site whose desk has a curator, and the way in."""

import os
from contextlib import contextmanager

from tests.browser.server import manage, running_site

CURATOR = {
    "USERNAME": "curator",
    "PASSWORD": "the desk by the window",
    "EMAIL": "curator@casebase.example",
}


@contextmanager
def running_desk(folder):
    """Yields its address. Of its own: what curators change others would meet."""
    with running_site(folder) as address:
        account = {f"DJANGO_SUPERUSER_{name}": text for name, text in CURATOR.items()}
        settings = {
            "DJANGO_SETTINGS_MODULE": "casebase.settings",
            "SECRET_KEY": "only to make an account",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        }
        manage("createsuperuser", "--no-input", env=os.environ | account | settings)
        yield address


def sign_in(page, address="/admin/"):
    page.goto(address)
    page.fill("[name=username]", CURATOR["USERNAME"])
    page.fill("[name=password]", CURATOR["PASSWORD"])
    page.click("[type=submit]")
    page.wait_for_load_state()
