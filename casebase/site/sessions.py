"""Session plans for those who work through “Plan a change” with a group."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class SessionPart:
    """Some minutes of a session.

    ``used`` is the page of the workbook or the handout that is on the table, ``needed``
    is what else there has to be.
    """

    minutes: int
    title: str
    text: str
    leader: str
    used: str = ""
    needed: str = ""


@dataclass(frozen=True)
class Session:
    """A session plan; ``result`` is what the group has in hand at the end."""

    slug: str
    title: str
    aim: str
    before: str
    result: str
    parts: tuple[SessionPart, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    @property
    def timed_parts(self) -> Iterator[tuple[int, int, SessionPart]]:
        """Yield the minutes between which a part takes place, and the part."""
        begin = 0
        for part in self.parts:
            yield begin, begin + part.minutes, part
            begin += part.minutes


SHORT = Session(
    "short",
    "In 60 minutes: a first plan",
    "For 4 to 10 people who run or use one service. You go through two of the five "
    "steps, and leave the others for later.",
    "Begin a plan and fill in its start page. Choose two cases that are near yours, "
    "one of which did not go well. Print their handout in short form and the blank "
    "workbook, once for two people. Ask somebody to write.",
    "A start page, one barrier that all agree on, three rows of the table with a name "
    "and a date each, and a day to meet again.",
    (
        SessionPart(
            5,
            "Arrive",
            "Say what will be on paper in an hour, who will see it, and that nobody’s "
            "private matters belong in it. Read the start page aloud and correct it.",
            "Facilitator",
            "Start",
            "A clock that all can see",
        ),
        SessionPart(
            12,
            "What do people do already?",
            "Two minutes alone, one thing on each card. Then each reads one card "
            "aloud, round the table, until no new ones come. The writer keeps them in "
            "the speakers’ words.",
            "Everyone in turn",
            "Map it",
            "Cards, thick pens",
        ),
        SessionPart(
            10,
            "What first?",
            "Three dots for each person on what would matter most to those "
            "who use the service. Talk only about the two with most dots, then name "
            "what you leave for later.",
            "Facilitator",
            "Focus it",
            "Sticky dots",
        ),
        SessionPart(
            15,
            "What happened to others?",
            "In pairs, one case each half of the group: what stood in their way, what "
            "did they do, what came of it? What is not so here? Each pair keeps "
            "one sentence.",
            "In pairs",
            "Handout of two cases",
        ),
        SessionPart(
            12,
            "Who does what?",
            "Three rows: what is in the way, what we shall do, who, by when, how we "
            "shall know. Only people in the room take something on.",
            "The writer",
            "Table of the plan",
        ),
        SessionPart(
            6,
            "Leave",
            "The writer reads the three rows aloud. Each says what they "
            "take on. Agree on the next day and on who gets which link.",
            "The writer",
            "Overview",
        ),
    ),
)
LONG = Session(
    "long",
    "In 180 minutes: the whole workbook",
    "For 6 to 20 people, users and staff in about equal numbers, at tables of four or "
    "five. You go through all five steps.",
    "Begin a plan and fill in its start page. Choose three cases, one of which did not "
    "go well, and print their handout. Print a blank workbook for each table. Find a "
    "writer for each table, and one who types.",
    "Every step with an answer, five to eight rows of the table, the risks named, and "
    "who looks after the plan until you meet again.",
    (
        SessionPart(
            10,
            "Arrive",
            "Say what will be on paper at the end and who will see it. Each tells "
            "their first name and when they last used the service, or worked in it.",
            "Facilitator",
            "Start",
            "Name tags without titles",
        ),
        SessionPart(
            25,
            "What do people do already?",
            "Cards by table, then on one wall: commission, design, deliver, assess. "
            "Mark what works, what puts people off, and what nobody has asked for yet.",
            "Writers of the tables",
            "Map it",
            "A wall, cards in two colours",
        ),
        SessionPart(
            20,
            "What first?",
            "Three dots each. Take the two strongest: what would be better, for whom? "
            "What do we leave for later?",
            "Facilitator",
            "Focus it",
            "Sticky dots",
        ),
        SessionPart(
            25,
            "What happened to others?",
            "One case for each table; somebody reads it aloud. What is like ours, what "
            "is not? The table with the case that went badly reports first.",
            "In tables",
            "Handout of three cases",
        ),
        SessionPart(15, "Break", "Copy the wall into the plan.", "The one who types"),
        SessionPart(
            20,
            "With whom?",
            "Who has the will and who the skill, among users, staff and managers? Who "
            "is never in such a room, and who could ask them?",
            "A user and a member of staff",
            "People it",
        ),
        SessionPart(
            20,
            "Why should they?",
            "Take one person who doubts. What would they lose, what would "
            "they gain, what can we honestly promise? Write it as they would say it.",
            "In pairs, one user and one of staff",
            "Market it",
        ),
        SessionPart(
            25,
            "Who does what?",
            "Each table fills rows for one barrier or risk: what we shall do, who, by "
            "when, how we shall know. Swap tables and strike what nobody will do.",
            "Writers of the tables",
            "Table of the plan",
        ),
        SessionPart(
            10,
            "How does it last?",
            "If it works: what has to become normal, and who decides about it? If it "
            "doesn’t: when do we stop?",
            "Facilitator",
            "Grow it",
        ),
        SessionPart(
            10,
            "Leave",
            "Look at the Star: which points are empty? Name who looks after the plan, "
            "and the next day. Say who gets which link.",
            "The one who types",
            "Overview",
        ),
    ),
)
SESSIONS = (SHORT, LONG)
