"""Asks the site of this container for /health/ or /ready/; exits with 1 if it is not.

The site answers to its own names alone, so one of them is sent as the host.
"""

import http.client
import os
import sys

path = sys.argv[1] if len(sys.argv) > 1 else "/health/"
name = os.environ["ALLOWED_HOSTS"].partition(",")[0].strip()
# A name that begins with a dot stands for all below it, and a star for any.
host = "localhost" if name == "*" else name.removeprefix(".")
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
try:
    connection.request("GET", path, headers={"Host": host})
    status = connection.getresponse().status
except OSError as error:
    sys.exit(f"{path}: {error}")
sys.exit(None if status == 200 else f"{path}: {status}")
