"""Makes the databases of this release: ``python -m tests.last_release.make``.

Run it once, when the release is tagged; see CONTRIBUTING.md.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import postgresql
from tests.last_release import FOLDER

ADD_RECORDS = "from tests.last_release.records import add_records; add_records()"
STEPS = (
    ("manage.py", "migrate", "--verbosity=0"),
    ("manage.py", "load_content", "tests/content/example"),
    ("-c", f"import django; django.setup(); {ADD_RECORDS}"),
)


def main():
    with TemporaryDirectory() as folder, postgresql.cluster() as url:
        make("sqlite", f"sqlite:///{folder}/db.sqlite3", Path(folder))
        # The one database that a new server has.
        make("postgresql", url.replace("/casebase?", "/postgres?"), Path(folder))


def make(vendor, url, folder):
    environment = {
        "DATABASE_URL": url,
        "BACKUP_RECIPIENT": "",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    for step in (*STEPS, ("manage.py", "backup", "--to", str(folder / vendor))):
        command = [sys.executable, *step]
        subprocess.run(command, env=os.environ | environment, check=True)
    [backup] = (folder / vendor).iterdir()
    shutil.copyfile(backup, FOLDER / f"{vendor}.tar.gz")


if __name__ == "__main__":
    main()
