"""Finds the Chromium of this machine."""

import os
import shutil

# The first is the same browser without windows, which needs less time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)


def missing():
    """Return why browser tests can't run here; an empty text if they can."""
    return "" if executable() else f"the browser (none of {', '.join(NAMES)} was found)"


def executable():
    named = os.environ.get("CASEBASE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)
