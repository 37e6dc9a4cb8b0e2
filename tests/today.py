"""Today in tests, of which a run may see two: it may go on past midnight."""

from datetime import date


class Today:
    """Equals every day from the start of the tests to now, as a date or in ISO form."""

    def __init__(self):
        self.start = date.today()

    def __eq__(self, other):
        day = date.fromisoformat(other) if isinstance(other, str) else other
        return self.start <= day <= date.today()

    __hash__ = None


TODAY = Today()
