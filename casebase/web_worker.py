"""The workers of gunicorn: they stop without keeping anybody waiting in vain."""

from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class WebWorker(ThreadWorker):
    """A worker that lets nobody connect any more once it begins to stop.

    gunicorn's own accepts no connections then, but leaves the socket open until all
    requests have ended. Who connects meanwhile waits for up to 30 seconds and is then
    cut off: a proxy can't tell whether a form has been handled, and responds with 502.
    When nobody listens, it asks another machine.
    """

    def set_accept_enabled(self, enabled: bool | None) -> None:
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                self.accept_all(listener)
                listener.close()
            self.sockets = []

    def accept_all(self, listener: Any) -> None:
        """Accept those who have connected already."""
        n = -1
        while n != self.nr_conns:
            n = self.nr_conns
            self.accept(listener)
