"""The citation style and language that a reader chose, stored in cookies."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from references.styles import style_search
from references.styles.errors import UnknownLocaleError, UnknownStyleError
from references.styles.locales import LOCALES, default_locale, validate_locale
from references.styles.style_catalogue import Style, get_style

COOKIE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class StylePreference:
    """A style and a locale; the style's default one if ``chosen_locale`` is empty."""

    style: Style
    chosen_locale: str = ""

    @property
    def locale(self) -> str:
        return self.chosen_locale or default_locale(self.style)

    @property
    def default_language(self) -> str:
        """The name of the style's default language: “English (US)”."""
        locale = default_locale(self.style)
        return LOCALES.get(locale, locale)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of an address that have this preference."""
        chosen = {"locale": self.chosen_locale} if self.chosen_locale else {}
        return {"style": self.style.id, **chosen}

    @classmethod
    def from_parameters(cls, *, style: str, locale: str) -> "StylePreference":
        """Return the preference. Raises UnknownStyleError or UnknownLocaleError."""
        return cls(get_style(style), validate_locale(locale))

    @classmethod
    def from_request(cls, request: HttpRequest) -> "StylePreference":
        """Return the preference of the address, else of the cookies, else APA.

        Raises UnknownStyleError or UnknownLocaleError for the address; invalid cookies
        are ignored.
        """
        return cls(
            read_parameter(request, "style", get_style, style_search.DEFAULT_STYLE_ID),
            read_parameter(request, "locale", validate_locale, ""),
        )

    @classmethod
    def from_cookies(cls, request: HttpRequest) -> "StylePreference":
        """Return the preference of the cookies, else APA."""
        return cls(
            read_cookie(request, "style", get_style, style_search.DEFAULT_STYLE_ID),
            read_cookie(request, "locale", validate_locale, ""),
        )

    def save_cookies(self, response: HttpResponse) -> None:
        """Store the preference on the reader's device; the server stores nothing."""
        cookies = {"style": self.style.id, "locale": self.chosen_locale}
        for name, value in cookies.items():
            response.set_cookie(
                name,
                value,
                max_age=COOKIE_MAX_AGE_SECONDS,
                samesite="Lax",
                httponly=True,
            )


def read_parameter(request, name, parse, default):
    if (value := request.GET.get(name)) is not None:
        return parse(value or default)
    return read_cookie(request, name, parse, default)


def read_cookie(request, name, parse, default):
    try:
        return parse(request.COOKIES.get(name) or default)
    except (UnknownStyleError, UnknownLocaleError):
        return parse(default)
