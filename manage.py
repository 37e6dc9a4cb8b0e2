#!/usr/bin/env python
"""Django's commands for this site."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    # A worker that starts a command has the folder of its server in here, where the
    # command's own counts would never be added up.
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # The sentence says what to set; where it was noticed would only bury it.
        sys.exit(f"{error}")
