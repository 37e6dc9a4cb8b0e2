"""The languages in which pandoc 3.9 can set a list, each by its name in itself."""

from references.styles.style_catalogue import Style

DEFAULT_LOCALE = "en-GB"
# Style guides of American societies and presses, which say “Eds.” and “10th ed.” though
# their styles name no language; by the beginning of a style's id.
AMERICAN_ID_PREFIXES = (
    *("american-", "apa", "chicago-", "modern-language-association", "mla", "turabian"),
    *("nlm-", "national-library-of-medicine", "council-of-science-editors", "cse"),
    *("ieee", "association-for-computing-machinery", "acm-", "acs-", "aiaa"),
    *("asa-", "bluebook", "society-for-american-archaeology", "the-optical-society"),
)
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
    """The language in which a style is set unless a reader asks for another.

    It is the one that the style names. A dependent style is set as its parent is.
    """
    is_american = (style.parent or style.id).startswith(AMERICAN_ID_PREFIXES)
    return style.locale or ("en-US" if is_american else DEFAULT_LOCALE)
