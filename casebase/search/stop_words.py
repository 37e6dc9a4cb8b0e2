"""Stop words: words of a query that say nothing of what is looked for."""

from collections.abc import Iterable

# English ones, then those of other languages that mean nothing in English (not die,
# men, van, hay, sin, war). Those that ask a question stand first in each language:
# German, Dutch, Swedish; Spanish and Portuguese, French, Italian.
STOP_WORDS = frozenset(
    """
    a an and are as at be been by for from had has have he her his how i in into is it
    its not of on our she so such than that the their them then there these they this to
    was we were what when where which who whom why will with you your
    am any anyone anything but can could did do does don't get gets got he's if isn't
    it's just let me might must my or should someone us would
    aan al aux av avec bei dans das de degli dei del dell della delle dem der des det di
    du e ein eine einer el en et ett fra för für gli het il im la las le les lo los med
    met mit och para per por på sur um un una und une uno vom von voor y zu zum
    zur ou till
    wie was wo wer wem wen wann warum weshalb wieso welche welchen welcher welches
    auf aus dass dies diese diesem diesen dieser dieses durch einem einen haben ich ihr
    ihre im kann kein keine keinen keiner können könnte machen muss müssen nach nicht ob
    ohne sich sind soll sollen sollte tun uns unsere unseren wenn werden wir
    wird über
    hoe waar waarom wanneer wat welk welke
    bij dan deze dit dat geen heeft hebben hij ik je jij kan kunnen maar mee moet
    moeten naar niet onze ook uit wij wordt worden ze zijn
    hur vad varför vem vilka vilken vilket
    bli blir eller från får göra har inte jag kan måste när oss också sig ska vi vår
    våra är
    cómo como cuál cuáles cuándo cuando dónde donde onde porqué porque qual quais qué
    que quê quem quién quiénes
    al ao aos com con dos entre es esta está este fazer hacer más mais nas nos não pela
    pelo podemos puede pueden são se sem si sobre su sus tem tener tiene uma
    où pourquoi quand quel quelle quelles quels qui quoi
    au ce ces cette dans elle elles est être faire faut ils ne nos notre nous on pas
    peut peuvent sans sont vous
    che chi cosa perché quale quali quando
    alla anche dalla dei è essere gli nella nei nelle noi non può questa questo
    sono
    """.split()  # noqa: SIM905 -- a list of strings has five times the lines
) | {
    *("oder", "vor", "ist", "sie", "unser"),  # codespell:ignore oder,vor,ist,sie,unser
    *("doen", "som", "ser", "alle"),  # codespell:ignore doen,som,ser,alle
}
# English words that are stop words only beside one of these, which are not English.
STOP_WORDS_BESIDE = {
    "comment": {"au", "aux", "de", "des", "du", "la", "le", "les", "un", "une", "vous"},
    "man": {"das", "dem", "der", "hur", "und", "wann", "was", "wenn", "wie"},
}


def is_stop_word(word: str) -> bool:
    """Whether it is a stop word regardless of the other words."""
    return word.casefold() in STOP_WORDS


def stop_words_in(words: Iterable[str]) -> set[str]:
    """The stop words among words that stand together, as they are written."""
    plain = {word: word.casefold().replace("’", "'") for word in words}
    together = set(plain.values())
    return {
        word
        for word, key in plain.items()
        if key in STOP_WORDS or STOP_WORDS_BESIDE.get(key, set()) & together
    }
