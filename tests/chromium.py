"""Where this machine keeps its Chromium."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def missing():
    """Why there are no browser tests here; nothing when there can be."""
    return "" if executable() else f"the browser (none of {', '.join(NAMES)} was found)"


def executable():
    named = os.environ.get("CASEBASE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)
