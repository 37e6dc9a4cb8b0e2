r"""What the macros of LaTeX print, as far as fields of BibTeX files have them.

Signs come from the tables of pylatexenc. Its own reader is not used: see
docs/adr/0017-own-reader-for-latex.md.
"""

import re
from functools import cache

from pylatexenc import latex2text


def words(text: str) -> set[str]:
    return set(text.split())


# Over or under the next letter. Beside each, how it stands alone, if it does.
ACCENTS = {
    "`": ("\u0300", "`"),
    "'": ("\u0301", "´"),
    "^": ("\u0302", "^"),
    "~": ("\u0303", "~"),
    "=": ("\u0304", "¯"),
    ".": ("\u0307", "˙"),
    '"': ("\u0308", "¨"),
    "u": ("\u0306", "˘"),
    "r": ("\u030a", "˚"),
    "H": ("\u030b", "˝"),
    "v": ("\u030c", "ˇ"),
    "d": ("\u0323", ""),
    "c": ("\u0327", "¸"),
    "k": ("\u0328", "˛"),
    "b": ("\u0331", ""),
    "t": ("\u0361", ""),
    "textcommabelow": ("\u0326", ""),
    # In formulas.
    "grave": ("\u0300", ""),
    "acute": ("\u0301", ""),
    "hat": ("\u0302", ""),
    "tilde": ("\u0303", ""),
    "bar": ("\u0304", ""),
    "breve": ("\u0306", ""),
    "dot": ("\u0307", ""),
    "ddot": ("\u0308", ""),
    "mathring": ("\u030a", ""),
    "check": ("\u030c", ""),
    "vec": ("\u20d7", ""),
}
BELOW = ("\u0323", "\u0326", "\u0327", "\u0328", "\u0331")

# What our symbols leave out, or print otherwise than TeX does.
OURS = {
    **{"textasciicircum": "^", "textasciitilde": "~", "textquotedbl": '"'},
    "textasciigrave": "`",
    **{"textperiodcentered": "·", "textbraceleft": "{", "textbraceright": "}"},
    **{"lbrace": "{", "rbrace": "}", "lq": "‘", "rq": "’", "textbar": "|"},
    **{
        "textless": "<",
        "textgreater": ">",
        "lt": "<",
        "gt": ">",
        "textquotesingle": "'",
    },
    **{"pounds": "£", "copyright": "©", "euro": "€", "EUR": "€", "S": "§", "P": "¶"},
    **{"ldots": "…", "dots": "…", "textellipsis": "…", "degree": "°", "textmu": "μ"},
    **{"textunderscore": "_", "textdollar": "$", "textnumero": "№", "micro": "μ"},
    **{"texttrademark": "™", "textservicemark": "℠", "textasteriskcentered": "*"},
    **{
        "textbullet": "•",
        "slash": "/",
        "Dash": "—",
        "dash": "–",
        "colon": ":",
        "bs": "\\",
    },
    **{"textexclamdown": "¡", "quotedblbase": "„", "quotesinglbase": "‚"},
    **{"glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»"},
    **{"guilsinglleft": "‹", "guilsinglright": "›", "flq": "‹", "frq": "›"},
    **{"LaTeXe": "LaTeX2e", "SS": "ẞ", "neg": "¬", "Box": "□", "Diamond": "◇"},
    **{"hyphen": "-", "textnonbreakinghyphen": "-", "mid": "|", "vert": "|"},
    **{"addcolon": ":", "addcomma": ",", "addperiod": ".", "addsemicolon": ";"},
    **{"textquotedblleft": "“", "textquotedblright": "”", "dag": "†", "ddag": "‡"},
}
# Of these pylatexenc says what it puts in their place, or what day it is.
NO_SIGNS = ("latex-approximations", "latex-placeholders", "latex-ethuebung")
NO_SIGN = ("today", "ensuremath", "sqrt")

# They say how something looks, and not what it is.
SILENT = words(
    """
    emph em it itshape textit sl slshape textsl sc scshape textsc bf bfseries textbf
    rm rmfamily textrm sf sffamily textsf tt ttfamily texttt text textmd mdseries
    textup upshape textnormal normalfont mathrm mathbf mathit mathsf mathtt mathcal
    mathscr mathfrak mathnormal boldsymbol bm operatorname cal mit rmdefault tiny
    scriptsize footnotesize small normalsize large Large LARGE huge Huge
    displaystyle textstyle scriptstyle mbox hbox vbox fbox framebox makebox llap
    rlap clap smash underline uline widehat widetilde underbrace overbrace protect
    relax null leavevmode nobreak allowbreak unskip ignorespaces noindent sloppy
    selectfont boldmath unboldmath centering limits nolimits left right big Big bigg
    Bigg bigl bigr Bigl Bigr middle bgroup egroup begingroup endgroup xspace nocase
    lowercase uppercase MakeLowercase MakeUppercase NoCaseChange mkbibemph mkbibbold
    mkbibitalic textls acro acrosl cyrchar capitalize bibnamedelimi discretionary
    hspacefill negthinspace itcorr ensuremath mathop mathbin mathrel
    """
)
# They part words.
SPACES = words(
    """
    newline linebreak par break space quad qquad thinspace medspace thickspace
    enspace enskip hfill hfil item smallskip medskip bigskip nobreakspace newblock
    textvisiblespace nonbreakingspace addspace addthinspace section subsection
    subsubsection subsubsubsection paragraph chapter
    """
)
# Of these the mark that CSL has in titles: in a macro, and at the beginning of a group.
MARKS = {
    **dict.fromkeys(words("emph textit textsl mkbibemph mkbibitalic"), "i"),
    **dict.fromkeys(words("em it itshape sl slshape"), "i"),
    **dict.fromkeys(words("textbf mkbibbold bf bfseries"), "b"),
    **dict.fromkeys(words("textsc sc scshape"), "span"),
}
DECLARATIONS = words("em it itshape sl slshape bf bfseries sc scshape")
# Arguments that are no words: name → how many, at the beginning.
DROPPED = {
    **dict.fromkeys(("textcolor", "color", "colorbox", "foreignlanguage"), 1),
    **dict.fromkeys(("end", "label", "phantom", "hphantom", "vphantom", "hspace"), 1),
    **dict.fromkeys(("vspace", "noopsort", "raisebox", "parbox", "rule"), 1),
    **dict.fromkeys(("selectlanguage", "hyphenation", "texorpdfstring", "scalebox"), 1),
    **dict.fromkeys(("rotatebox", "textlang", "hypertarget", "hyperlink"), 1),
    **dict.fromkeys(("fontsize", "setlength", "fcolorbox", "resizebox"), 2),
}
# What stands before and after their argument.
WRAPPED = {
    "footnote": (" [", "]"),
    "thanks": (" [", "]"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "parentext": ("(", ")"),
}
# Of quotations, and of those in quotations.
QUOTES = (("“", "”"), ("‘", "’"))
# Functions whose names are words.
FUNCTIONS = words(
    """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker
    lg lim liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh
    """
)

# Of ordinal numbers, which people raise in formulas.
ORDINALS = ("st", "nd", "rd", "th", "er", "re", "ère", "ème")  # codespell:ignore nd


@cache
def signs() -> dict[str, str]:
    r"""Macro → what it prints: “§” of \S."""
    context = latex2text.get_default_latex_context_db()
    categories = [name for name in context.categories() if name not in NO_SIGNS]
    specs = reversed([*context.iter_macro_specs(categories)])
    found = {spec.macroname: spec.simplify_repl for spec in specs}
    return {
        name: sign
        for name, sign in found.items()
        if isinstance(sign, str) and re.fullmatch(r"[A-Za-z]+", name)
        if name not in NO_SIGN and "%" not in sign and name not in ACCENTS
    } | OURS
