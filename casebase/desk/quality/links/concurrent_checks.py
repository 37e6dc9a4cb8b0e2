"""Many addresses, several servers at once."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from yarl import URL

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.verdicts import Verdict

type Found = tuple[str, Verdict]


@dataclass(frozen=True)
class Round:
    checker: Checker
    servers_at_once: int = 20

    def verdicts(self, addresses: Iterable[str]) -> Iterator[Found]:
        """Each address with what became of it, as soon as that is known.

        A server that wants to be left alone for longer is; its other addresses are left
        out. Between two verdicts nothing runs, so that the caller may write them down
        with what knows no event loop, as Django's database.
        """
        with asyncio.Runner() as runner:
            # One each to look up a name: a dead server of names holds up its own alone.
            threads = ThreadPoolExecutor(self.servers_at_once)
            runner.get_loop().set_default_executor(threads)
            found: asyncio.Queue[Found | None] = asyncio.Queue()
            work = runner.get_loop().create_task(self.fill(found, addresses))
            while (item := runner.run(found.get())) is not None:
                yield item
            work.result()

    async def fill(
        self, found: asyncio.Queue[Found | None], addresses: Iterable[str]
    ) -> None:
        """Ends the queue with None, whatever happens."""
        room = asyncio.Semaphore(self.servers_at_once)

        async def see_to(host: str) -> None:
            async with room:
                async for item in self.of_one(host, by_host[host]):
                    found.put_nowait(item)

        by_host = grouped(addresses)
        try:
            async with asyncio.TaskGroup() as group:
                for host in by_host:
                    group.create_task(see_to(host))
        finally:
            found.put_nowait(None)

    async def of_one(self, host: str, addresses: list[str]) -> AsyncIterator[Found]:
        for address in addresses:
            if self.checker.turns.of[host].is_closed:
                return
            yield address, await self.checker.check(address)


def grouped(addresses: Iterable[str]) -> dict[str, list[str]]:
    """By server; those that have none, since they are no web addresses, together."""
    by_host = defaultdict(list)
    for address in addresses:
        try:
            host = URL(address).host or ""
        except ValueError:
            host = ""
        by_host[host].append(address)
    return by_host
