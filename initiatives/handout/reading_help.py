"""The words that explain a handout, the same on the page and in documents."""

PARAGRAPHS = (
    (
        "Result",
        "says how well the response worked, or what a statement speaks for: helped, "
        "mixed, hindered; not reported where the sources do not tell.",
    ),
    (
        "Well supported, supported, thinly supported",
        "say how well its sources support a statement, by rules that are the same for "
        "all. Coded by us: we classified it. Stated by the source: the source says it "
        "in these terms.",
    ),
    (
        "Which statements.",
        "They are taken in turn from barriers and risks, from what came of it, and "
        "from lessons, until the pages are full: first responses with a reported "
        "result and statements with a figure, then what is better supported. Whether "
        "a result is good or bad makes no difference.",
    ),
    (
        "Looked for, nothing found",
        "means that somebody looked for it in the sources of the case, and found "
        "none. Not yet looked for: nobody can tell whether there is any.",
    ),
)
