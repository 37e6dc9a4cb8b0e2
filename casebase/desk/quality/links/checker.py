"""The check of one web address: follow its redirects and judge the last answer."""

import logging
from dataclasses import dataclass, field

from yarl import URL

from casebase.desk.quality.links.client import Answer, Client, ClientSession
from casebase.desk.quality.links.host_throttling import HostThrottles, ThrottleSettings
from casebase.desk.quality.links.verdicts import (
    SENTENCES,
    CheckFailedError,
    State,
    Verdict,
    classify_status,
)

logger = logging.getLogger(__name__)

PERMANENT_REDIRECTS = {301, 308}
OVERLOADED_STATUSES = {429, 503}
# A GET may succeed where a HEAD failed: some servers answer a HEAD with an error, close
# the connection or never answer.
STATES_TO_RETRY_WITH_GET = {State.TIME_OUT, State.UNREACHABLE, State.GARBLED}


@dataclass
class Checker:
    """Checks addresses. All its checks share one throttle for each host."""

    client: Client = field(default_factory=Client)
    throttle_settings: ThrottleSettings = field(default_factory=ThrottleSettings)

    def __post_init__(self) -> None:
        self.throttles = HostThrottles(self.throttle_settings)

    async def check(self, address: str) -> Verdict:
        """Return the verdict on an address.

        Never raises, whatever the address is and whatever a server sends.
        """
        try:
            async with self.client.open_session() as session:
                return await RedirectChain(session, self.throttles).follow(URL(address))
        except ValueError:
            return Verdict(State.NOT_CHECKABLE, "This is not a web address.")
        except Exception:
            # An unforeseen error must not stop the checks of all other addresses.
            logger.exception("The check of %r broke off.", address)
            return Verdict(State.NOT_CHECKABLE, "Our own check broke off; see the log.")


@dataclass
class RedirectChain:
    """The redirects from one address to the page that it leads to.

    ``moved_to`` is the address that the permanent redirects at the start lead to.
    """

    session: ClientSession
    throttles: HostThrottles
    moved_to: str = ""

    async def follow(self, start: URL) -> Verdict:
        """Request each address of the chain in turn, and judge the last answer."""
        url, is_permanent, n_redirects = start, True, 0
        while True:
            try:
                answer = await self.request_head_or_get(url)
            except CheckFailedError as error:
                # The verdict also says at which address the chain failed.
                return self.build_verdict(error.state, error.sentence, None, url, start)
            if answer.location is None:
                return self.judge_status(answer.status, url, start)
            is_permanent = is_permanent and answer.status in PERMANENT_REDIRECTS
            url, n_redirects = answer.location, n_redirects + 1
            if is_permanent:
                self.moved_to = str(url)
            if n_redirects > self.session.limits.max_redirects:
                sentence = "It leads from address to address without end."
                return Verdict(State.LOOP, sentence, answer.status)

    def judge_status(self, status: int, url: URL, start: URL) -> Verdict:
        state = classify_status(status)
        sentence = f"{SENTENCES[state]} (Status {status}.)"
        if state is State.FINE:
            sentence = SENTENCES[state]
            if self.moved_to:
                state, sentence = State.MOVED, f"Moved for good to {self.moved_to}"
        return self.build_verdict(state, sentence, status, url, start)

    def build_verdict(
        self, state: State, sentence: str, status: int | None, url: URL, start: URL
    ) -> Verdict:
        leads_to = "" if url == start else str(url)
        return Verdict(state, sentence, status, leads_to, self.moved_to)

    async def request_head_or_get(self, url: URL) -> Answer:
        """Return the answer to a HEAD request or, if that fails, to a GET request."""
        try:
            answer = await self.request_with_retries("HEAD", url)
        except CheckFailedError as error:
            if error.state not in STATES_TO_RETRY_WITH_GET:
                raise
        else:
            if answer.status < 400 or answer.status in OVERLOADED_STATUSES:
                return answer
        return await self.request_with_retries("GET", url)

    async def request_with_retries(self, method: str, url: URL) -> Answer:
        """Send the request, and repeat it as long as an overloaded server allows."""
        host, attempt = url.host or "", 0
        while True:
            async with self.throttles.acquire(host):
                answer = await self.session.send_request(method, url)
            if answer.status not in OVERLOADED_STATUSES:
                return answer
            if not self.throttles.back_off(host, answer.retry_after, attempt):
                return answer
            attempt += 1
