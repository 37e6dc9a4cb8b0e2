"""LaTeX in BibTeX fields: words stay, macros of characters are replaced, style goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats.latex import read_text, read_text_and_unknown, read_title

TEXTS = {
    # Style and links.
    r"A \href{https://example.org/}{linked} title": "A linked title",
    r"\href{https://a.example/b\_c}{}": "https://a.example/b_c",
    r"\href{https://a.example/b}": "https://a.example/b",
    r"A \href{https://a.example} text": "A https://a.example text",
    r"\href {a.example} {\texttt{words}}": "words",
    r"The \texttt{pandoc} tool": "The pandoc tool",
    r"\mbox{World Bank}, \textsf{x} y, {\em Foo} bar": "World Bank, x y, Foo bar",
    r"{\relax Ph}ilippe \emph{Bar}Baz": "Philippe BarBaz",
    r"\textcolor{red}{word} \foreignlanguage{german}{Wort}": "word Wort",
    r"\texorpdfstring{$\alpha$}{alpha} \begin{it}b\end{it}": "alpha b",
    r"\noopsort{1973b}1974 a\hspace{1em}b DVIto\kern-.1em VDU": "1974 ab DVItoVDU",
    r"\{\{\vphantom{\}\}}{{GaAs}}\vphantom\{\}\vphantom\{\}": "{{GaAs}}",
    r"see \url{http://a.example/b_c\%20}, \verb|x_y|": (
        "see http://a.example/b_c%20, x_y"
    ),
    r"Title\footnote{Words}": "Title [Words]",
    # Characters.
    r"p \textless{} 0.05, \S 5": "p < 0.05, §5",
    r"one\newline two\\three\ four~five": "one two three four five",
    r"TUG\,2002, x\/y, hy\-phen, \textdoublepipe Khomani": (
        "TUG 2002, xy, hyphen, ǂKhomani"
    ),
    "`single' quotes, `don't `a b'' and the '90s, rock`n'roll": (
        "‘single’ quotes, `don't `a b” and the '90s, rock`n'roll"
    ),
    r"``a `b c' d'', `\'{e}t\'{e}', \`a l', \textasciigrave a'": (
        "“a ‘b c’ d”, ‘été’, à l', `a'"
    ),
    r"``One'' -- two --- \textasciicircum \pounds": "“One” – two — ^£",
    r"\enquote{x \enquote{y} z}, \enquote*{a}": "“x ‘y’ z”, “a”",
    r"50\% \& \# \_ \$ \{ \} 100 % of A & B foo_bar x^2": (
        "50% & # _ $ { } 100 % of A & B foo_bar x^2"
    ),
    r"\char`\\let, \char'101\char" '"42 \\symbol{126}, \\char': r"\let, AB ~, \char",
    r"{\TeX} users, \TeX nische, \BibTeX": "TeX users, TeXnische, BibTeX",
    # Letters.
    r"{G{\"o}del, \'{\i} and {\'\i}, \o{}, \ss, Stra\ss e": (
        "Gödel, í and í, ø, ß, Straße"
    ),
    r"Nguy{\~{\^e}}n Th{\d i}, \c c, \c{\i}, \' e, \v{\j}": ("Nguyễn Thị, ç, ı̧, é, ǰ"),
    r"\t{oo} \H{o} Ro\textcommabelow sia \cyrchar\CYRA": "o͡o ő Roșia А",
    "\\'e\u0323 \\^{}, \\~{}, l{\\'}eau, \\\"": "ẹ́ ^, ~, l´eau, ¨",
    # Formulas.
    r"10\textsuperscript{3}, 10\textsuperscript{th}, H\textsubscript{2}O": (
        "10³, 10th, H₂O"
    ),
    r"A${}_{2}$B CO$_2$ m$^{2}$ 10$^{-3}$ $x^n$ \(y^2\)": "A₂B CO₂ m² 10⁻³ xⁿ y²",
    r"$20^{\rm th}$ $37^\circ$C $C^*$ $H_{max}$ $x^{a+b}$ $x^\frac$": (
        r"20th 37°C C* H_max x^(a+b) x\frac"
    ),
    r"$\alpha$-helix, \ensuremath{\beta}, $n\log n$, $O(\log n)$": (
        "α-helix, β, n log n, O(log n)"
    ),
    r"\frac{1}{2} $\frac12$ $\sqrt{x+1}$ $\sqrt[3]2$ $\frac\alpha2$": (
        r"1/2 1/2 √(x+1) √2 \fracα2"
    ),
    r"\ce{CO2} \ce{SO4^2-} \ce{\alpha}": "CO₂ SO₄²⁻ α",
    r"$\mathbb{R}^n$ $\bar{x}$ $\overline{1}$ $\overline{ab}$": "ℝⁿ x̄ 1̅ ab",
    r"Na$^+$/K$^+$, $C^*$": "Na⁺/K⁺, C*",
    r"\begin{CJK}{UTF8}{gbsn}中文\end{CJK} \begin{a}b\end{a}": "中文 b",
    # Money.
    "From $5 to $10, US$6 million or $7 million": (
        "From $5 to $10, US$6 million or $7 million"
    ),
    "The $100 laptop": "The $100 laptop",
    # Broken LaTeX.
    "a } b { c": "a b c",
    "a $ b \\": "a $ b \\",
    "\\textsuperscript{%s}" % ("long " * 20): ("long " * 20).strip(),
    r"\enquote": "“”",
    "\\verb": "\\verb",
    r'a\char1\char"D800': "a",
    "\\url": "\\url",
    "\\label": "\\label",
}


@pytest.mark.parametrize(("latex", "text"), TEXTS.items())
def test_latex_becomes_text(latex, text):
    assert read_text(latex) == text


SMALL = '<span style="font-variant:small-caps;">%s</span>'
TITLES = {
    r"The \emph{E. coli} \textit {case}": "The <i>E. coli</i> <i>case</i>",
    r"{\em Foo} {\it bar} {\bfseries b} \textsl{c}": (
        "<i>Foo</i> <i>bar</i> <b>b</b> <i>c</i>"
    ),
    r"\textbf{a \mkbibemph{b}} \textbf{\em c}": "<b>a <i>b</i></b> <b><i>c</i></b>",
    r"\textsc{Mad} and {\sc Max}": f"{SMALL % 'Mad'} and {SMALL % 'Max'}",
    r"10\textsuperscript{th}, H\textsubscript{2}O $x_{\rm max}$": (
        "10<sup>th</sup>, H₂O x_max"
    ),
    r"4$^{\textrm{ème}}$ $37^\circ$": "4<sup>ème</sup> 37°",
    "\\textsuperscript{%s}" % ("long " * 20): f"<sup>{'long ' * 20}</sup>",
    r"a \em b \it": "a b",
    r"\emph\textsuperscript{}": "",
    r"\texttt{a} \underline{b}": "a b",
    r"\textless p\textgreater{} x": "&lt;p> x",
}


@pytest.mark.parametrize(("latex", "title"), TITLES.items())
def test_titles_keep_the_marks_of_csl(latex, title):
    assert read_title(latex) == title


@pytest.mark.parametrize(
    ("latex", "text", "unknown"),
    [
        (r"{\acro{CTAN}} and \foo{word}", "CTAN and word", [r"\foo"]),
        (r"\foo{a}{b}{c}d", "a b c d", [r"\foo"]),
        (r"\foo{a}b \foo{a}{b}, c", "ab a b, c", [r"\foo"]),
        (r"\foo[x] {a} b", "[x] a b", [r"\foo"]),
        (r"a\foo b\foo", r"a\foo b\foo", [r"\foo"]),
        (r"\foo{\bar{\baz{x}}", r"\foox̄", [r"\foo", r"\baz"]),
        (r"\emph{a} \& \"o", "a & ö", []),
    ],
)
def test_unknown_macros_keep_their_arguments_and_are_returned(latex, text, unknown):
    assert read_text_and_unknown(latex) == (text, unknown)


PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "\\",
            "$",
            "$$",
            "^",
            "_",
            "~",
            "--",
            "``",
            "*",
            "`",
            "'",
        ),
        *(
            r"\'",
            r"\"",
            r"\c",
            r"\href",
            r"\frac",
            r"\sqrt",
            r"\ce",
            r"\mathbb",
            r"\url",
        ),
        *(r"\textsuperscript", r"\enquote", r"\footnote", r"\verb", r"\emph", r"\foo"),
        *(
            r"\alpha",
            r"\log",
            r"\(",
            r"\)",
            r"\\",
            r"\{",
            r"\bar",
            r"\em",
        ),
        *("a", "ab c", "1", " ", "\n", "\u0301", "ı", "𝔸", "="),
    ]
)


@pytest.mark.parametrize("read", [read_text, read_title])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_latex_becomes_text(read, latex):
    text = read(latex)
    assert text == " ".join(text.split(" "))
    assert latex.count("1") <= sum(text.count(digit) for digit in "1¹₁𝟙")


@pytest.mark.parametrize(
    "shape",
    [
        *(
            "{",
            "{a",
            "}",
            "$",
            "$^{",
            "^",
            r"\'",
            r"\'{",
            r"\foo{",
            r"\emph{",
            r"\url{",
        ),
        *(r"\textsuperscript{", r"\enquote{", r"\frac{", r"\foo[", r"\verb|", "\\"),
    ],
)
def test_deeply_nested_latex_is_read_in_linear_time(shape):
    """A recursive reader would fail here, and one in quadratic time would not end."""
    n_times = 50_000 // len(shape)
    text = read_text(shape * n_times + "words" + "}" * n_times)
    assert "ords" in text


@pytest.mark.parametrize(
    ("latex", "title", "text"),
    [
        (r"4\textsuperscript{th }group", "4<sup>th </sup>group", "4th group"),
        (r"m\textsuperscript{2 }x", "m<sup>2 </sup>x", "m² x"),
        (r"m$^{ 2 }$x", "m²x", "m²x"),
        (r"x$_{ }$y", "xy", "xy"),
    ],
)
def test_space_in_raised_text_is_kept(latex, title, text):
    assert (read_title(latex), read_text(latex)) == (title, text)
