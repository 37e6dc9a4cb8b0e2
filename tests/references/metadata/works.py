"""A work with every variable, and a reader of context objects."""

from urllib.parse import parse_qs

from references.csl import Name, Work
from references.partial_date import PartialDate


def article(**fields):
    """A journal article with every variable that one can have."""
    known = {
        "key": "van-eijk-2018",
        "type": "article-journal",
        "title": "Helping Dutch neighborhood watch schemes & others: 100 %",
        "author": [
            Name(family="Eijk", non_dropping_particle="van", given="Carola J. A."),
            Name(literal="Governance International, Ltd"),
        ],
        "editor": [Name(family="King", given="M. L.", suffix="Jr.")],
        "issued": PartialDate(2018, 5, 21),
        "container_title": "Public Management Review",
        "collection_title": "A series",
        "volume": "20",
        "issue": "3-4",
        "page": "32-56",
        "publisher": "Routledge",
        "publisher_place": "London",
        "doi": "10.1000/a(b)<c>;d",
        "url": "https://example.org/a?b=c&d=ü",
        "language": "nl",
    }
    return Work(**known | fields)


def parsed(context_object):
    """Keys and values of a context object, as any form reader has them."""
    return parse_qs(context_object, strict_parsing=True)
