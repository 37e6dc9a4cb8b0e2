r"""What the LaTeX macros in BibTeX fields print.

Most characters come from the tables of pylatexenc. Its own reader is not used, see
docs/adr/0017-own-reader-for-latex.md.
"""

import re
from functools import cache

from pylatexenc import latex2text


def split_words(text: str) -> set[str]:
    return set(text.split())


# Accents of the next letter: the combining character, and the accent without a letter.
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
ACCENTS_BELOW = ("\u0323", "\u0326", "\u0327", "\u0328", "\u0331")

# Characters that pylatexenc lacks, or that TeX prints differently.
SIGN_OVERRIDES = {
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
# Tables and macros for which pylatexenc has placeholders, or today's date.
EXCLUDED_CATEGORIES = ("latex-approximations", "latex-placeholders", "latex-ethuebung")
EXCLUDED_MACROS = ("today", "ensuremath", "sqrt")

# Macros that only change how text looks.
STYLE_MACROS = split_words(
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
# Macros that separate words.
SPACE_MACROS = split_words(
    """
    newline linebreak par break space quad qquad thinspace medspace thickspace
    enspace enskip hfill hfil item smallskip medskip bigskip nobreakspace newblock
    textvisiblespace nonbreakingspace addspace addthinspace section subsection
    subsubsection subsubsubsection paragraph chapter
    """
)
# The mark of CSL titles for macros with an argument, and for those that start a group.
MARKUP_MACROS = {
    **dict.fromkeys(split_words("emph textit textsl mkbibemph mkbibitalic"), "i"),
    **dict.fromkeys(split_words("em it itshape sl slshape"), "i"),
    **dict.fromkeys(split_words("textbf mkbibbold bf bfseries"), "b"),
    **dict.fromkeys(split_words("textsc sc scshape"), "span"),
}
STYLE_DECLARATIONS = split_words("em it itshape sl slshape bf bfseries sc scshape")
# The number of arguments before the text of a macro that aren't text themselves.
SKIPPED_ARGUMENTS = {
    **dict.fromkeys(("textcolor", "color", "colorbox", "foreignlanguage"), 1),
    **dict.fromkeys(("end", "label", "phantom", "hphantom", "vphantom", "hspace"), 1),
    **dict.fromkeys(("vspace", "noopsort", "raisebox", "parbox", "rule"), 1),
    **dict.fromkeys(("selectlanguage", "hyphenation", "texorpdfstring", "scalebox"), 1),
    **dict.fromkeys(("rotatebox", "textlang", "hypertarget", "hyperlink"), 1),
    **dict.fromkeys(("fontsize", "setlength", "fcolorbox", "resizebox"), 2),
}
# Text before and after the argument of a macro.
ARGUMENT_WRAPPERS = {
    "footnote": (" [", "]"),
    "thanks": (" [", "]"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "parentext": ("(", ")"),
}
# Marks of quotations, and of quotations inside quotations.
QUOTATION_MARKS = (("“", "”"), ("‘", "’"))
# Functions that print their own name.
FUNCTION_NAMES = split_words(
    """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker
    lg lim liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh
    """
)

# Endings of ordinal numbers, which people raise in formulas.
ORDINAL_SUFFIXES = split_words("st nd rd th er re ère ème")  # codespell:ignore nd


@cache
def load_sign_macros() -> dict[str, str]:
    r"""Return the character that each macro prints: “§” for \S."""
    context = latex2text.get_default_latex_context_db()
    categories = [
        name for name in context.categories() if name not in EXCLUDED_CATEGORIES
    ]
    specs = reversed([*context.iter_macro_specs(categories)])
    found = {spec.macroname: spec.simplify_repl for spec in specs}
    return {
        name: sign
        for name, sign in found.items()
        if isinstance(sign, str) and re.fullmatch(r"[A-Za-z]+", name)
        if name not in EXCLUDED_MACROS and "%" not in sign and name not in ACCENTS
    } | SIGN_OVERRIDES
