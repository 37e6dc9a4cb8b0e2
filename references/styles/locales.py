"""The languages in which pandoc 3.9 can render a bibliography."""

from references.styles.errors import UnknownLocaleError
from references.styles.style_catalogue import Style

DEFAULT_LOCALE = "en-GB"
# Beginnings of the ids of style guides by American societies and presses. They say
# “Eds.” and “10th ed.”, although the styles name no default language.
AMERICAN_ID_PREFIXES = (
    *("american-", "apa", "chicago-", "modern-language-association", "mla", "turabian"),
    *("nlm-", "national-library-of-medicine", "council-of-science-editors", "cse"),
    *("ieee", "association-for-computing-machinery", "acm-", "acs-", "aiaa"),
    *("asa-", "bluebook", "society-for-american-archaeology", "the-optical-society"),
)
# Code → the language's own name for itself.
LOCALES = {
    "en-GB": "English (UK)",
    "en-US": "English (US)",
    "af-ZA": "Afrikaans",
    "id-ID": "Bahasa Indonesia",
    "ms-MY": "Bahasa Melayu",
    "bal-PK": "Balochi",
    "brh-PK": "Brahui",
    "ca-AD": "Català",
    "cs-CZ": "Čeština",
    "cy-GB": "Cymraeg",
    "da-DK": "Dansk",
    "de-DE": "Deutsch (Deutschland)",
    "de-AT": "Deutsch (Österreich)",
    "de-CH": "Deutsch (Schweiz)",
    "et-EE": "Eesti",
    "es-CL": "Español (Chile)",
    "es-ES": "Español (España)",
    "es-MX": "Español (México)",
    "eu": "Euskara",
    "fr-CA": "Français (Canada)",
    "fr-FR": "Français (France)",
    "gl-ES": "Galego",
    "hr-HR": "Hrvatski",
    "is-IS": "Íslenska",
    "it-IT": "Italiano",
    "la": "Latina",
    "lv-LV": "Latviešu",
    "lt-LT": "Lietuvių",
    "lij-IT": "Ligure",
    "hu-HU": "Magyar",
    "nl-NL": "Nederlands",
    "nb-NO": "Norsk bokmål",
    "nn-NO": "Norsk nynorsk",
    "pl-PL": "Polski",
    "pt-BR": "Português (Brasil)",
    "pt-PT": "Português (Portugal)",
    "ro-RO": "Română",
    "sk-SK": "Slovenčina",
    "sl-SI": "Slovenščina",
    "fi-FI": "Suomi",
    "sv-SE": "Svenska",
    "vi-VN": "Tiếng Việt",
    "tr-TR": "Türkçe",
    "el-GR": "Ελληνικά",
    "bg-BG": "Български",
    "mn-MN": "Монгол",
    "ru-RU": "Русский",
    "sr-RS": "Српски",
    "uk-UA": "Українська",
    "ar": "العربية",
    "fa-IR": "فارسی",
    "he-IL": "עברית",
    "pa-PK": "پنجابی",
    "hi-IN": "हिन्दी",
    "th-TH": "ไทย",
    "km-KH": "ខ្មែរ",
    "ko-KR": "한국어",
    "ja-JP": "日本語",
    "zh-CN": "中文 (中国大陆)",
    "zh-TW": "中文 (台灣)",
}


def default_locale(style: Style) -> str:
    """Return the locale in which a style is rendered unless a reader chooses another.

    It is the one that the style's file names. A dependent style is rendered like its
    parent.
    """
    if style.locale:
        return style.locale
    is_american = (style.parent_id or style.id).startswith(AMERICAN_ID_PREFIXES)
    return "en-US" if is_american else DEFAULT_LOCALE


def validate_locale(locale: str) -> str:
    """Return the locale, which may be empty.

    Raises ``UnknownLocaleError`` if pandoc does not know it.
    """
    if locale and locale not in LOCALES:
        raise UnknownLocaleError(f"No list can be set in the language “{locale}”.")
    return locale
