"""Runs a module after setting up Django, as ``python -m`` would run it.

    python -m bench.configured bench.citations …

The settings are casebase.settings unless DJANGO_SETTINGS_MODULE says otherwise.
"""

import os
import runpy
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    django.setup()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__")
