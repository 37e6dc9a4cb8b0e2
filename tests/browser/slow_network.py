"""A network that delays the responses to htmx until the test releases them."""

from playwright.sync_api import expect


class SlowNetwork:
    """Delays responses, so that the test decides which step they come after."""

    def __init__(self, page):
        self.page, self.held, self.is_slow = page, [], True
        page.route("**/*", self._hold)

    def _hold(self, route):
        if self.is_slow and route.request.headers.get("hx-request"):
            self.held.append(route)
        else:
            route.continue_()

    def release(self):
        """Release the responses to all requests so far, and wait for them."""
        was_slow, self.is_slow = self.is_slow, False
        for route in self.held:
            route.continue_()
        self.held.clear()
        waiting = self.page.locator("#finder.htmx-request")
        expect(waiting).to_have_count(0, timeout=30_000)
        self.is_slow = was_slow

    def fail(self):
        """Drop all requests."""
        for route in self.held:
            route.abort()
        self.held.clear()
