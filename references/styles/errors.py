"""What can go wrong when a bibliography is set. Their words are for people.

Nothing half-set ever comes out.
"""


class UnknownStyleError(LookupError):
    """No style has this id, or ever had."""


class UnknownLocaleError(LookupError):
    """pandoc has no words in this language."""


class RenderError(Exception):
    """The renderer failed; the log has what pandoc said."""


class RenderTimeoutError(RenderError):
    """It took longer than it may."""


class RenderBusyError(RenderError):
    """As many bibliographies as we allow are being set; later there is room again."""


class UnknownJobError(LookupError):
    """No job has this id, or it is no longer kept. Starting it anew helps."""
