"""The site's own settings for unit tests, whatever the .env of this machine says.

DATABASE_URL is not set here: the suite runs once per database.
"""

import atexit
import os
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ |= {
    "SECRET_KEY": "only for tests",
    "ALLOWED_HOSTS": "testserver",
    "DEBUG": "off",
    "BEHIND_PROXY": "off",
    "REQUIRE_SECOND_FACTOR": "off",
    "KEEP_ADDRESSES_DAYS": "",
    "REVIEW_BY_ANOTHER": "",
    # The test client speaks plain HTTP and should not be redirected.
    "HTTPS": "off",
}

from casebase.settings import *

# Tests collect no static files; the browser tests do, and use the real storage.
STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# Semaphores of this process alone: other runs on this machine are not in its way.
FOLDER = TemporaryDirectory(prefix="casebase-")
# By itself it would go with a warning.
atexit.register(FOLDER.cleanup)
CACHE_DIR = Path(FOLDER.name)
# Of one process, so that no test meets what another run has kept.
CACHES["citations"] = CACHES["default"]
# Tests look into what a page was made of: each is made anew.
CACHES["answers"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# Made to be fast where the real one is made to be slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
