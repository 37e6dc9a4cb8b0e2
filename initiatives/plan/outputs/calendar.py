"""The dates of a plan’s table as a calendar file (iCalendar, RFC 5545).

Each is an event of a whole day, which every calendar shows; tasks (VTODO) are shown by
few, and dropped by others.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vText

from casebase import __version__
from initiatives.plan.outputs.file_content import PlanFile, cite_texts
from initiatives.plan.planned import PlannedRow


def write_calendar(content: PlanFile) -> Iterator[bytes]:
    calendar = Calendar()
    calendar.add("prodid", f"-//Casebase//Casebase {__version__}//EN")
    calendar.add("version", "2.0")
    # As text, because the library does not escape what it does not know.
    calendar.add("x-wr-calname", vText(" ".join(content.title.split())))
    for planned in content.layout.rows:
        if planned.row.by:
            calendar.add_component(build_event(content, planned))
    yield calendar.to_ical()


def build_event(content: PlanFile, planned: PlannedRow) -> Event:
    """Return a day of the plan. Its id stays, so a second import changes the first."""
    event = Event()
    host = urlsplit(content.site).hostname or "casebase"
    event.add("uid", f"plan-{content.number}-{planned.row.id}@{host}")
    event.add("sequence", content.version)
    event.add("dtstamp", datetime.now(UTC).replace(microsecond=0))
    event.add("dtstart", planned.row.by)
    event.add("transp", "TRANSPARENT")
    event.add("summary", " ".join(planned.title.split()))
    event.add("description", describe(content, planned))
    return event


def describe(content: PlanFile, planned: PlannedRow) -> str:
    """Return what the row says, a line each, with the sources of its quotes."""
    row = planned.row
    labelled = {
        row.kind.capitalize(): planned.obstacle,
        "Strategy": planned.strategy,
        "What we shall do": row.action,
        "Who": row.who,
        "How we shall know": row.measure,
        "Plan": content.title,
    }
    lines = [f"{label}: {text}" for label, text in labelled.items() if text]
    for quote in row.quotes:
        said = f"{quote.case_name}: {quote.statement} {cite_texts(quote)}".strip()
        lines += [said, content.address_of(quote)]
    return "\n".join(lines)
