"""The style and language that a reader's citations are set in, kept on the device."""

from dataclasses import dataclass

from references.styles import index
from references.styles.errors import UnknownLocaleError, UnknownStyleError
from references.styles.locales import DEFAULT as DEFAULT_LOCALE
from references.styles.locales import LOCALES
from references.styles.shelf import Style, named

KEPT_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Choice:
    """A style and a locale that exist."""

    style: Style
    locale: str

    @property
    def parameters(self) -> dict[str, str]:
        return {"style": self.style.id, "locale": self.locale}

    @classmethod
    def called(cls, *, style: str, locale: str) -> "Choice":
        """Raises UnknownStyleError and UnknownLocaleError."""
        return cls(named(style), locale_named(locale))

    @classmethod
    def from_request(cls, request) -> "Choice":
        """What the address asks for, else what the device remembers, else APA.

        Raises UnknownStyleError and UnknownLocaleError for what the address asks; what
        a device remembers in vain is passed over.
        """
        return cls(
            asked_or_kept(request, "style", named, UnknownStyleError, index.DEFAULT),
            asked_or_kept(
                request, "locale", locale_named, UnknownLocaleError, DEFAULT_LOCALE
            ),
        )

    @classmethod
    def kept_by(cls, request) -> "Choice":
        """What the device remembers, else APA."""
        return cls(
            kept(request, "style", named, UnknownStyleError, index.DEFAULT),
            kept(request, "locale", locale_named, UnknownLocaleError, DEFAULT_LOCALE),
        )

    def keep(self, response) -> None:
        """Remember it on the device; the site itself remembers nothing."""
        for name, value in self.parameters.items():
            response.set_cookie(
                name, value, max_age=KEPT_SECONDS, samesite="Lax", httponly=True
            )


def asked_or_kept(request, name, find, unknown, default):
    if asked := request.GET.get(name):
        return find(asked)
    return kept(request, name, find, unknown, default)


def kept(request, name, find, unknown, default):
    try:
        return find(request.COOKIES.get(name) or default)
    except unknown:
        return find(default)


def locale_named(code: str) -> str:
    if code not in LOCALES:
        raise UnknownLocaleError(f"No list can be set in the language “{code}”.")
    return code
