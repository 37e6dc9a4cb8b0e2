"""Times bibliographies, beside plain pandoc with the same works and style.

    python -m bench.configured bench.citations [styles] [sizes]

Measures seconds from cold (an empty cache, and the style not yet read) and from the
cache. The 121 works are those of the chapter; longer lists are the works of fixtures/,
repeated with varied names.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.test.utils import override_settings

from bench import databases, tables
from references.csl import Work
from references.styles import pandoc, pandoc_styles, style_catalogue, style_search
from references.styles.bibliographies import render_bibliography
from references.styles.errors import RenderError

FIXTURE = Path(__file__).parents[1] / "fixtures" / "references.csl.json"
SIZES = (121, 428, 1_000, 10_000)
PANDOC_TIMEOUT_SECONDS = 60


def main() -> None:
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdecimal()] or SIZES
    names = [word for word in words if not word.isdecimal()]
    styles = names or style_search.COMMON_STYLE_IDS
    with TemporaryDirectory() as folder, override_settings(**cache_settings(folder)):
        rows = [measure(load_works(n), style) for n in sizes for style in styles]
    result = databases.save_results("citations", rows)
    sys.stdout.write(tables.format_citations(result))


def cache_settings(folder: str) -> dict[str, Any]:
    """Return settings that put the cache of bibliographies into a folder."""
    citations = settings.CACHES["citations"] | {"LOCATION": folder}
    return {
        "CACHE_DIR": Path(folder),
        "CACHES": settings.CACHES | {"citations": citations},
    }


def measure(works: list[Work], style: str) -> dict[str, Any]:
    """Return a result row. Times are texts; instead of a time it may name an error.

    ``cold`` and ``cached`` are times of the site, ``pandoc`` is that of plain pandoc.
    """
    cold, cached = measure_site(works, style)
    pandoc_time = measure_pandoc(works, style)
    row = {"style": style, "works": len(works)}
    return row | {"cold": cold, "cached": cached, "pandoc": pandoc_time}


def measure_site(works: list[Work], style: str) -> tuple[str, str]:
    """Return the times from cold and from the cache."""
    style_catalogue.get_style.cache_clear()
    pandoc_styles.load_for_pandoc.cache_clear()
    caches["citations"].clear()
    cold = seconds(lambda: render_bibliography(works, style))
    return cold, seconds(lambda: render_bibliography(works, style))


def measure_pandoc(works: list[Work], style: str) -> str:
    """Return the time of pandoc alone."""
    file = style_catalogue.STYLES_FOLDER / f"{style}.csl"
    options = ["--from=csljson", "--to=html", "--citeproc", f"--csl={file}"]
    items = json.dumps([work.to_csl() for work in works]).encode()
    return seconds(lambda: pandoc.run(options, items, seconds=PANDOC_TIMEOUT_SECONDS))


def seconds(function: Callable[[], object]) -> str:
    """Return how long a function takes, or “timeout” or the like if it fails."""
    start = perf_counter()
    try:
        function()
    except RenderError as error:
        return type(error).__name__[6:-5].lower()
    return f"{perf_counter() - start:.3f} s"


def load_works(size: int) -> list[Work]:
    """Return this number of works from fixtures/."""
    items = json.loads(FIXTURE.read_text())
    if size == 121:
        items = [item for item in items if "chapter-position" in item.get("custom", {})]
    return [Work.model_validate(vary_item(items, number)) for number in range(size)]


def vary_item(items: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """Return the item with this number; items are repeated with varied names.

    In the second round Meyer becomes Meyer-1.
    """
    round_, index = divmod(number, len(items))
    item = items[index] | {"id": f"{items[index]['id']}-{round_}"}
    if not round_:
        return item
    for role in {"author", "editor"} & item.keys():
        item[role] = [
            {part: f"{text}-{round_}" for part, text in name.items()}
            for name in item[role]
        ]
    return item


if __name__ == "__main__":
    main()
