"""Databases of the last release, as backups that it made itself.

``make.py`` makes them at a release, tests/backups/test_last_release.py restores them.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
