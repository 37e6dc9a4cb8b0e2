"""Languages by the names that babel, programs and people have for them."""

import re
from functools import lru_cache

import pycountry

CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Names of babel, where “german” is the old spelling; several of them lead to one code.
LANGUAGES = {
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
BABEL = {code: name for name, code in reversed(LANGUAGES.items())}
CODES = {name.lower(): code for name, code in LANGUAGES.items()}
CODES |= {"norsk": "no", "nynorsk": "nn", "francais": "fr", "mexican": "es-MX"}
# The name of babel that biblatex has no word for → the one that it has.
WORDS = {"ngerman": "german", "nswissgerman": "german", "naustrian": "german"}
WORDS |= {"austrian": "german", "british": "english"}


@lru_cache(maxsize=1000)
def code_of_language(text: str) -> str:
    """“de” of “ngerman”, “German”, “ger” and “de”; empty for what we don't know."""
    if code := CODES.get(text.lower()):
        return code
    is_code = CODE.fullmatch(text)
    if is_code and len(text.partition("-")[0]) == 2:
        return text
    try:
        found = pycountry.languages.lookup(text)
    except LookupError:
        return text if is_code and "-" in text else ""
    return str(getattr(found, "alpha_2", found.alpha_3))
