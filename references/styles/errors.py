"""The errors of rendering a bibliography; their messages are for readers.

No part of a list is returned when one occurs. If too many lists are being rendered,
``BusyError`` is raised instead.
"""


class UnknownStyleError(LookupError):
    """No style has or had this id, or the style is for notes only."""


class UnknownLocaleError(LookupError):
    """pandoc has no terms in this language."""


class RenderError(Exception):
    """The renderer failed; the log has pandoc's message."""


class RenderTimeoutError(RenderError):
    """Rendering exceeded its time limit."""
