"""CSL items with the variables that a test needs, and their rendered entries."""

import random

from references.styles import rendering, style_catalogue
from references.styles.locales import DEFAULT_LOCALE

FAMILIES = ["Alford", "Bovaird", "Loeffler", "van Eijk", "Østergård"]
GIVEN = ["A.", "Beate", "C. D."]


def item(key="work", **variables):
    return {"id": key, "type": "book", "title": "Together", **variables}


def person(family, given=None, **parts):
    return {"family": family, **parts} | ({"given": given} if given else {})


def year(number):
    return {"date-parts": [[number]]}


def rendered(items, style_id="apa", locale=DEFAULT_LOCALE, **options):
    return rendering.render(
        items, style_catalogue.get_style(style_id), locale, **options
    )


def text_of(item, style_id="apa", locale=DEFAULT_LOCALE):
    [entry] = rendered([item], style_id, locale)
    return entry.text


def long_list(n, seed=1):
    """Return works by a few people in a few years, many of which need suffixes."""
    chance = random.Random(seed)  # noqa: S311
    return [random_item(chance, f"work-{number}") for number in range(n)]


def random_item(chance, key):
    """Return a work by up to five authors or editors; some works have none."""
    names = chance.sample(FAMILIES, chance.choice([0, 1, 1, 1, 2, 4]))
    names += [f"Name {chance.randrange(40)}"] * chance.randrange(2)
    creators = [person(name, chance.choice(GIVEN)) for name in names]
    role = chance.choice(["author", "author", "author", "editor"])
    title = f"On {chance.choice(['trust', 'time', 'towns'])} {chance.randrange(99)}"
    when = year(chance.randrange(2014, 2019))
    kind = chance.choice(["book", "report", "article-journal"])
    return item(
        key,
        type=kind,
        title=title,
        issued=when,
        **({role: creators} if creators else {}),
    )
