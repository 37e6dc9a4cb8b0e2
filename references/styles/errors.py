"""What can go wrong when a bibliography is set. Their words are for people.

Nothing half-set ever comes out. When all who may are at it, ``BusyError`` says so.
"""


class UnknownStyleError(LookupError):
    """No style has this id, or ever had; or it is one that sets no list of works."""


class UnknownLocaleError(LookupError):
    """pandoc has no words in this language."""


class RenderError(Exception):
    """The renderer failed; the log has what pandoc said."""


class RenderTimeoutError(RenderError):
    """It took longer than it may."""
