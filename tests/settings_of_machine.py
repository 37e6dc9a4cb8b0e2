"""The site's settings for one of several machines in tests; see tests/machines.py."""

from casebase.settings import *

# Nothing is collected.
STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Few, so that tests reach it soon.
SUGGESTIONS_PER_ADDRESS = 2
