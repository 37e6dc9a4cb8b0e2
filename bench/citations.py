"""How long bibliographies take, beside plain pandoc on the same works and style.

    python -m bench.citations [styles] [sizes]

Seconds from cold (an empty cache, the style not yet read) and from the cache. 121 works
are those of the chapter; longer lists are of fixtures/, under varied names if need be.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.core.cache import caches

from bench import places, tables
from references.csl import Work
from references.styles import pandoc, pandoc_styles, style_catalogue, style_search
from references.styles.bibliographies import render_bibliography
from references.styles.errors import RenderError

FIXTURE = Path(__file__).parents[1] / "fixtures" / "references.csl.json"
SIZES = (121, 428, 1_000, 10_000)
# Plain pandoc is not waited for any longer.
PATIENCE = 60


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdecimal()] or SIZES
    styles = [
        word for word in words if not word.isdecimal()
    ] or style_search.COMMON_STYLE_IDS
    with TemporaryDirectory() as folder:
        os.environ["CACHE_DIR"] = folder
        rows = [row(works_of(size), style) for size in sizes for style in styles]
    sys.stdout.write(tables.of_citations(places.kept("citations", rows)))


def row(works: list[Work], style: str) -> dict[str, Any]:
    """``cold`` and ``kept`` are ours; each time is in words, as is what went wrong."""
    cold, kept = ours(works, style)
    plain = plain_pandoc(works, style)
    named = {"style": style, "works": len(works)}
    return named | {"cold": cold, "kept": kept, "pandoc": plain}


def ours(works: list[Work], style: str) -> tuple[str, str]:
    """From cold and from the cache."""
    style_catalogue.get_style.cache_clear()
    pandoc_styles.load_for_pandoc.cache_clear()
    caches["citations"].clear()
    cold = seconds(lambda: render_bibliography(works, style))
    return cold, seconds(lambda: render_bibliography(works, style))


def plain_pandoc(works: list[Work], style: str) -> str:
    """The same works and the same style, with nothing of ours around it."""
    file = style_catalogue.STYLES_FOLDER / f"{style}.csl"
    wanted = ["--from=csljson", "--to=html", "--citeproc", f"--csl={file}"]
    given = json.dumps([work.to_csl() for work in works]).encode()
    return seconds(lambda: pandoc.run(wanted, given, seconds=PATIENCE))


def seconds(act: Callable[[], object]) -> str:
    began = perf_counter()
    try:
        act()
    except RenderError as error:
        return type(error).__name__[6:-5].lower()
    return f"{perf_counter() - began:.3f} s"


def works_of(size: int) -> list[Work]:
    items = json.loads(FIXTURE.read_text())
    if size == 121:
        items = [item for item in items if "chapter-position" in item.get("custom", {})]
    return [Work.model_validate(varied(items, number)) for number in range(size)]


def varied(items: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """The work at this place; in the second round Meyer becomes Meyer-1."""
    round_, place = divmod(number, len(items))
    item = items[place] | {"id": f"{items[place]['id']}-{round_}"}
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
