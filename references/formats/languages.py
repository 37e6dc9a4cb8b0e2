"""Codes of languages, by the names that babel, programs and people use."""

import re
from functools import lru_cache

import pycountry

LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Codes by the names of babel, where “german” means the old spelling. The first name of
# a code is the one that is written.
BABEL_LANGUAGES = {
    "ngerman": "de",
    **{"english": "en", "american": "en-US", "british": "en-GB"},
    **{"german": "de", "austrian": "de-AT", "nswissgerman": "de-CH"},
    **{"danish": "da", "dutch": "nl", "finnish": "fi", "french": "fr"},
    **{"icelandic": "is", "italian": "it", "japanese": "ja", "norwegian": "no"},
    **{"polish": "pl", "portuguese": "pt", "brazilian": "pt-BR", "spanish": "es"},
    **{"swedish": "sv", "welsh": "cy", "catalan": "ca", "greek": "el"},
    **{"czech": "cs", "hungarian": "hu", "russian": "ru", "ukrainian": "uk"},
    **{"USenglish": "en-US", "UKenglish": "en-GB", "naustrian": "de-AT"},
}
BABEL_NAMES = {code: name for name, code in reversed(BABEL_LANGUAGES.items())}
LANGUAGE_CODES = {name.lower(): code for name, code in BABEL_LANGUAGES.items()}
LANGUAGE_CODES |= {"norsk": "no", "nynorsk": "nn", "francais": "fr", "mexican": "es-MX"}
# Names that biblatex can print, by names of babel that it can't.
BIBLATEX_NAMES = {"ngerman": "german", "nswissgerman": "german", "naustrian": "german"}
BIBLATEX_NAMES |= {"austrian": "german", "british": "english"}


@lru_cache(maxsize=1000)
def find_language_code(text: str) -> str:
    """Return “de” of “ngerman”, “German”, “ger” and “de”; empty if it is unknown."""
    if code := LANGUAGE_CODES.get(text.lower()):
        return code
    is_code = LANGUAGE_CODE.fullmatch(text)
    if is_code and len(text.partition("-")[0]) == 2:
        return text
    try:
        found = pycountry.languages.lookup(text)
    except LookupError:
        return text if is_code and "-" in text else ""
    return str(getattr(found, "alpha_2", found.alpha_3))
