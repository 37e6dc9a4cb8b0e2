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
    "CACHE_URL": "",
    "STORAGE_URL": "",
    "LOG_FORMAT": "",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "",
    "METRICS_ALLOWED": "",
    # The test client speaks plain HTTP and should not be redirected.
    "HTTPS": "off",
}

from casebase.settings import *

# Tests collect no static files; the browser tests do, and use the real storage.
STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# Semaphores of this process alone, so that other runs on this machine don't block it.
FOLDER = TemporaryDirectory(prefix="casebase-")
# Without this, deleting the folder at exit gives a warning.
atexit.register(FOLDER.cleanup)
CACHE_DIR = Path(FOLDER.name)
# Empty: WhiteNoise looks through it for each client of a test.
STATIC_ROOT = Path(FOLDER.name) / "staticfiles"
STATIC_ROOT.mkdir()
STORAGES["results"]["OPTIONS"] = {"location": CACHE_DIR / "results"}
# In the memory of one process, so that no test reads what another run has cached.
CACHES["citations"] = CACHES["cards"] = CACHES["default"]
# No cached pages: tests inspect the context that a page was rendered with.
CACHES["answers"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# A fast hash, because the real one is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
