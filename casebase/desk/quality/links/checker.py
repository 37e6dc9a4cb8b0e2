"""One address after another: followed to where it leads, and judged."""

import logging
from dataclasses import dataclass, field

from yarl import URL

from casebase.desk.quality.links.client import Answer, Client, Visit
from casebase.desk.quality.links.host_throttling import Pauses, Turns
from casebase.desk.quality.links.verdicts import (
    SENTENCES,
    State,
    UncheckedError,
    Verdict,
    state_of,
)

logger = logging.getLogger(__name__)

PERMANENT = {301, 308}
OVERLOADED = {429, 503}
# A GET may succeed where a HEAD did not: some servers answer that with an error, break
# off or are silent.
WORTH_A_GET = {State.TIME_OUT, State.UNREACHABLE, State.GARBLED}


@dataclass
class Checker:
    client: Client = field(default_factory=Client)
    pauses: Pauses = field(default_factory=Pauses)

    def __post_init__(self) -> None:
        self.turns = Turns(self.pauses)

    async def check(self, address: str) -> Verdict:
        """Where the address leads. Never raises, whatever it is or a server says."""
        try:
            async with self.client.visit() as visit:
                return await Trail(visit, self.turns).follow(URL(address))
        except ValueError:
            return Verdict(State.NOT_CHECKABLE, "It is no web address.")
        except Exception:
            # One that nobody thought of must not keep the others from being seen.
            logger.exception("The check of %r broke off.", address)
            return Verdict(State.NOT_CHECKABLE, "Our own check broke off; see the log.")


@dataclass
class Trail:
    """The addresses that one leads to, one after the other."""

    visit: Visit
    turns: Turns
    moved_to: str = ""

    async def follow(self, start: URL) -> Verdict:
        url, is_for_good, passed = start, True, 0
        while True:
            try:
                answer = await self.answer_of(url)
            except UncheckedError as why:
                # Where the trail ends says more than that it does.
                return self.ending(why.state, why.sentence, None, url, start)
            if answer.location is None:
                return self.judged(answer.status, url, start)
            is_for_good = is_for_good and answer.status in PERMANENT
            url, passed = answer.location, passed + 1
            if is_for_good:
                self.moved_to = str(url)
            if passed > self.visit.limits.redirects:
                sentence = "It leads from address to address without end."
                return Verdict(State.LOOP, sentence, answer.status)

    def judged(self, status: int, url: URL, start: URL) -> Verdict:
        state = state_of(status)
        sentence = f"{SENTENCES[state]} (Status {status}.)"
        if state is State.FINE:
            sentence = SENTENCES[state]
            if self.moved_to:
                state, sentence = State.MOVED, f"Moved for good to {self.moved_to}"
        return self.ending(state, sentence, status, url, start)

    def ending(
        self, state: State, sentence: str, status: int | None, url: URL, start: URL
    ) -> Verdict:
        leads_to = "" if url == start else str(url)
        return Verdict(state, sentence, status, leads_to, self.moved_to)

    async def answer_of(self, url: URL) -> Answer:
        """Of a HEAD or, where the server has none for it, of a GET."""
        try:
            answer = await self.patiently("HEAD", url)
        except UncheckedError as why:
            if why.state not in WORTH_A_GET:
                raise
        else:
            if answer.status < 400 or answer.status in OVERLOADED:
                return answer
        return await self.patiently("GET", url)

    async def patiently(self, method: str, url: URL) -> Answer:
        """Ask in turn, and again when the server is overloaded and says when."""
        host, attempt = url.host or "", 0
        while True:
            async with self.turns.at(host):
                answer = await self.visit.ask(method, url)
            if answer.status not in OVERLOADED:
                return answer
            if not self.turns.back_off(host, answer.retry_after, attempt):
                return answer
            attempt += 1
