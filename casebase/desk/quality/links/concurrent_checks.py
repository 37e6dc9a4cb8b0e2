"""The check of many addresses, on several servers at the same time."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from yarl import URL

from casebase.desk.quality.links.checker import Checker
from casebase.desk.quality.links.verdicts import Verdict

type CheckedAddress = tuple[str, Verdict]


@dataclass(frozen=True)
class CheckRun:
    """Checks addresses on up to ``max_concurrent_hosts`` servers at the same time."""

    checker: Checker
    max_concurrent_hosts: int = 20

    def iterate_verdicts(self, addresses: Iterable[str]) -> Iterator[CheckedAddress]:
        """Yield each address with its verdict as soon as the verdict is known.

        When a server asks for a longer pause than the throttle allows, its remaining
        addresses are skipped. The event loop is paused between two verdicts, so the
        caller may save them with synchronous code such as Django's database layer.
        """
        with asyncio.Runner() as runner:
            # Names are looked up in threads. With one thread for each host, a name
            # server that does not answer delays only its own hosts.
            threads = ThreadPoolExecutor(self.max_concurrent_hosts)
            runner.get_loop().set_default_executor(threads)
            results: asyncio.Queue[CheckedAddress | None] = asyncio.Queue()
            checks = runner.get_loop().create_task(
                self.queue_verdicts(results, addresses)
            )
            while (result := runner.run(results.get())) is not None:
                yield result
            # Raises the error that ended the checks, if there was one.
            checks.result()

    async def queue_verdicts(
        self, results: asyncio.Queue[CheckedAddress | None], addresses: Iterable[str]
    ) -> None:
        """Check all addresses. The last item of the queue is None, after errors too."""
        semaphore = asyncio.Semaphore(self.max_concurrent_hosts)

        async def check_host(host: str) -> None:
            async with semaphore:
                async for result in self.check_addresses(host, by_host[host]):
                    results.put_nowait(result)

        by_host = group_by_host(addresses)
        try:
            async with asyncio.TaskGroup() as group:
                for host in by_host:
                    group.create_task(check_host(host))
        finally:
            results.put_nowait(None)

    async def check_addresses(
        self, host: str, addresses: list[str]
    ) -> AsyncIterator[CheckedAddress]:
        for address in addresses:
            if self.checker.throttles.by_host[host].is_closed:
                return
            yield address, await self.checker.check(address)


def group_by_host(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return host → addresses. Invalid URLs are under the empty host."""
    by_host = defaultdict(list)
    for address in addresses:
        try:
            host = URL(address).host or ""
        except ValueError:
            host = ""
        by_host[host].append(address)
    return by_host
