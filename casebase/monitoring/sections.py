"""Sections of the desk's page about the state of the site.

Any app can register one, in its module ``monitoring``::

    @section("Jobs")
    def jobs() -> list[Fact]:
        waiting = Job.objects.waiting().count()
        return [Fact("Waiting", f"{waiting:,}", advice if waiting > 100 else "")]
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fact:
    """A row of a section. ``advice`` says what to do, if something is wrong."""

    label: str
    value: str
    advice: str = ""


UNREADABLE = Fact("This section", "can’t be read", "See the log for the error.")

# Heading → the function that returns the rows.
SECTIONS: dict[str, Callable[[], list[Fact]]] = {}


def section[Read: Callable[[], list[Fact]]](heading: str) -> Callable[[Read], Read]:
    """Decorate a function to register it as a section. Sections stay in this order.

    Raises ValueError if the heading is registered already.
    """

    def register(read: Read) -> Read:
        if heading in SECTIONS:
            raise ValueError(f"The section “{heading}” is registered already.")
        SECTIONS[heading] = read
        return read

    return register


def read_sections() -> Iterator[tuple[str, list[Fact]]]:
    """Yield headings with their rows. A section that can't be read says so."""
    for heading, read in SECTIONS.items():
        try:
            # After an error, PostgreSQL would refuse the queries of other sections.
            with transaction.atomic():
                facts = read()
        except Exception:
            logger.exception("The section “%s” can't be read.", heading)
            facts = [UNREADABLE]
        yield heading, facts
