"""Runs a module that needs Django's settings, as ``python -m`` would.

python -m bench.configured bench.pages …
"""

import runpy
import sys

import django

if __name__ == "__main__":
    django.setup()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__")
