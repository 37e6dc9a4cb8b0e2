"""Times handouts of the twelve longest cases: the page, Word document and slides.

    python -m bench.configured bench.handout

Reads the database of DATABASE_URL and takes nothing from caches. Prints the median and
the longest time in seconds, of several citation styles.
"""

import sys
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db.models import Sum
from django.db.models.functions import Length
from django.test import Client, override_settings

from initiatives.handout.choice import MOST
from initiatives.models import Initiative

STYLES = ("apa", "ieee", "chicago-author-date", "vancouver", "nature")
DUMMY = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


def main() -> None:
    slugs = find_longest()
    with override_settings(CACHES=dict.fromkeys(settings.CACHES, DUMMY)):
        for name in ("", "docx/", "pptx/"):
            times = [time_response(name, slugs, style) for style in STYLES]
            line = f"{name or 'page':6} {median(times):.2f} {max(times):.2f}\n"
            sys.stdout.write(line)


def find_longest() -> list[str]:
    """Return the slugs of the public cases with the most text."""
    letters = Sum(Length("findings__statement") + Length("findings__response"))
    cases = Initiative.objects.published().annotate(letters=letters)
    found = cases.order_by("-letters").values_list("slug", flat=True)
    return [*found[:MOST]]


def time_response(name: str, slugs: list[str], style: str) -> float:
    """Return the seconds until the whole response is there."""
    query = {"case": slugs, "style": style}
    start = perf_counter()
    response = Client().get(f"/handout/{name}", query, headers={"host": "localhost"})
    length = len(response.getvalue())
    seconds = perf_counter() - start
    if response.status_code != 200 or not length:
        raise RuntimeError(f"/handout/{name} answers {response.status_code}")
    return seconds


if __name__ == "__main__":
    main()
