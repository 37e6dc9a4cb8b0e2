"""The style and language that a reader's citations are set in, kept on the device."""

from dataclasses import dataclass

from references.styles import style_search
from references.styles.errors import UnknownLocaleError, UnknownStyleError
from references.styles.locales import LOCALES, own_locale
from references.styles.style_catalogue import Style, named

KEPT_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Choice:
    """A style and a locale that exist; without a locale the style's own is meant."""

    style: Style
    chosen_locale: str = ""

    @property
    def locale(self) -> str:
        return self.chosen_locale or own_locale(self.style)

    @property
    def own_language(self) -> str:
        """The language of the style where none is chosen: “English (US)”."""
        locale = own_locale(self.style)
        return LOCALES.get(locale, locale)

    @property
    def parameters(self) -> dict[str, str]:
        chosen = {"locale": self.chosen_locale} if self.chosen_locale else {}
        return {"style": self.style.id, **chosen}

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
            asked_or_kept(
                request, "style", named, UnknownStyleError, style_search.DEFAULT
            ),
            asked_or_kept(request, "locale", locale_named, UnknownLocaleError, ""),
        )

    @classmethod
    def kept_by(cls, request) -> "Choice":
        """What the device remembers, else APA."""
        return cls(
            kept(request, "style", named, UnknownStyleError, style_search.DEFAULT),
            kept(request, "locale", locale_named, UnknownLocaleError, ""),
        )

    def keep(self, response) -> None:
        """Remember it on the device; the site itself remembers nothing."""
        manner = {"style": self.style.id, "locale": self.chosen_locale}
        for name, value in manner.items():
            response.set_cookie(
                name, value, max_age=KEPT_SECONDS, samesite="Lax", httponly=True
            )


def asked_or_kept(request, name, find, unknown, default):
    if (asked := request.GET.get(name)) is not None:
        return find(asked or default)
    return kept(request, name, find, unknown, default)


def kept(request, name, find, unknown, default):
    try:
        return find(request.COOKIES.get(name) or default)
    except unknown:
        return find(default)


def locale_named(code: str) -> str:
    if code and code not in LOCALES:
        raise UnknownLocaleError(f"No list can be set in the language “{code}”.")
    return code
