"""The style and language that a reader's citations are set in, kept on the device."""

from dataclasses import dataclass

from references.styles import style_search
from references.styles.errors import UnknownLocaleError, UnknownStyleError
from references.styles.locales import LOCALES, default_locale
from references.styles.style_catalogue import Style, get_style

COOKIE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class StylePreference:
    """A style and a locale that exist; without a locale the style's own is meant."""

    style: Style
    chosen_locale: str = ""

    @property
    def locale(self) -> str:
        return self.chosen_locale or default_locale(self.style)

    @property
    def own_language(self) -> str:
        """The language of the style where none is chosen: “English (US)”."""
        locale = default_locale(self.style)
        return LOCALES.get(locale, locale)

    @property
    def parameters(self) -> dict[str, str]:
        chosen = {"locale": self.chosen_locale} if self.chosen_locale else {}
        return {"style": self.style.id, **chosen}

    @classmethod
    def called(cls, *, style: str, locale: str) -> "StylePreference":
        """Raises UnknownStyleError and UnknownLocaleError."""
        return cls(get_style(style), validate_locale(locale))

    @classmethod
    def from_request(cls, request) -> "StylePreference":
        """What the address asks for, else what the device remembers, else APA.

        Raises UnknownStyleError and UnknownLocaleError for what the address asks; what
        a device remembers in vain is passed over.
        """
        return cls(
            read_parameter(
                request,
                "style",
                get_style,
                UnknownStyleError,
                style_search.DEFAULT_STYLE_ID,
            ),
            read_parameter(request, "locale", validate_locale, UnknownLocaleError, ""),
        )

    @classmethod
    def kept_by(cls, request) -> "StylePreference":
        """What the device remembers, else APA."""
        return cls(
            read_cookie(
                request,
                "style",
                get_style,
                UnknownStyleError,
                style_search.DEFAULT_STYLE_ID,
            ),
            read_cookie(request, "locale", validate_locale, UnknownLocaleError, ""),
        )

    def keep(self, response) -> None:
        """Remember it on the device; the site itself remembers nothing."""
        manner = {"style": self.style.id, "locale": self.chosen_locale}
        for name, value in manner.items():
            response.set_cookie(
                name,
                value,
                max_age=COOKIE_MAX_AGE_SECONDS,
                samesite="Lax",
                httponly=True,
            )


def read_parameter(request, name, find, unknown, default):
    if (asked := request.GET.get(name)) is not None:
        return find(asked or default)
    return read_cookie(request, name, find, unknown, default)


def read_cookie(request, name, find, unknown, default):
    try:
        return find(request.COOKIES.get(name) or default)
    except unknown:
        return find(default)


def validate_locale(code: str) -> str:
    if code and code not in LOCALES:
        raise UnknownLocaleError(f"No list can be set in the language “{code}”.")
    return code
