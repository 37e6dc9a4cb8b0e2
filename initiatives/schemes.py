"""The ten schemes of the codebook, with their names in addresses and sentences.

Each name is defined once, in the row of its scheme. The descriptions and terms of
schemes are in the database.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchemeWords:
    """One scheme and its names in code, in addresses and on pages.

    ``model`` is the name of the proxy model of its terms; ``meaning`` describes them.
    ``slug`` is a segment of addresses. ``parameter`` is a parameter of queries and, for
    schemes that findings are coded with, the kind of those findings; these stand in the
    ``part`` of a case page that has this heading. ``phrase`` is a part of a sentence;
    {} is replaced by the quoted label, which may be a sentence.
    """

    model: str
    meaning: str
    slug: str
    title: str
    parameter: str
    singular: str
    plural: str
    phrase: str
    question: str
    family: str
    part: str = ""
    is_coded: bool = True


SCHEMES = {
    words.slug: words
    for words in (
        SchemeWords(
            model="Barrier",
            meaning="What gets in the way of co-production.",
            slug="barriers",
            title="Barriers",
            parameter="barrier",
            singular="barrier",
            plural="barriers",
            phrase="that met the barrier {}",
            question="What got in the way?",
            family="barrier",
            part="What stood in the way",
        ),
        SchemeWords(
            model="Risk",
            meaning="What could go wrong when services are co-produced.",
            slug="risks",
            title="Risks",
            parameter="risk",
            singular="risk",
            plural="risks",
            phrase="that faced the risk {}",
            question="What could go wrong?",
            family="risk",
            part="What stood in the way",
        ),
        SchemeWords(
            model="Strategy",
            meaning="A way in which a barrier or risk was met.",
            slug="strategies",
            title="Strategies",
            parameter="strategy",
            singular="strategy",
            plural="strategies",
            phrase="that used the strategy {}",
            question="How were barriers and risks met?",
            family="strategy",
            is_coded=False,
        ),
        SchemeWords(
            model="LeadershipStyle",
            meaning="Who leads co-production, and how.",
            slug="leadership",
            title="Leadership",
            parameter="leadership",
            singular="kind of leadership",
            plural="kinds of leadership",
            phrase="with leadership of the kind {}",
            question="Who led, and how?",
            family="leadership",
            part="Who moved it",
        ),
        SchemeWords(
            model="Motivation",
            meaning="Why citizens take part.",
            slug="motivations",
            title="Motivations",
            parameter="motivation",
            singular="motivation",
            plural="motivations",
            phrase="with the motivation {}",
            question="Why did citizens take part?",
            family="motivation",
            part="Who moved it",
        ),
        SchemeWords(
            model="NegativeEffect",
            meaning="Harm that co-production did or may do.",
            slug="negative-effects",
            title="Negative effects",
            parameter="negative-effect",
            singular="negative effect",
            plural="negative effects",
            phrase="that report the negative effect {}",
            question="What harm was seen?",
            family="negative-effect",
            part="What came of it",
        ),
        SchemeWords(
            model="Resilience",
            meaning="What withstands shocks better because of co-production.",
            slug="resilience",
            title="Resilience",
            parameter="resilience",
            singular="kind of resilience",
            plural="kinds of resilience",
            phrase="that strengthened resilience of the kind {}",
            question="What became more resilient?",
            family="outcome",
            part="What came of it",
        ),
        SchemeWords(
            model="ChangeStep",
            meaning="A step of the Co-Production Star.",
            slug="change-steps",
            title="Change steps",
            parameter="change-step",
            singular="change step",
            plural="change steps",
            phrase="with the change step {}",
            question="How was the change brought about?",
            family="neutral",
            part="How the change was made",
        ),
        SchemeWords(
            model="Mode",
            meaning="One of the Four Co's, such as co-design.",
            slug="modes",
            title="Modes of co-production",
            parameter="mode",
            singular="mode of co-production",
            plural="modes of co-production",
            phrase="with the mode {}",
            question="What do citizens and services do together?",
            family="neutral",
        ),
        SchemeWords(
            model="ServiceArea",
            meaning="Where in public life a case belongs.",
            slug="service-areas",
            title="Service areas",
            parameter="service-area",
            singular="service area",
            plural="service areas",
            phrase="in the service area {}",
            question="Which service is it?",
            family="neutral",
            is_coded=False,
        ),
    )
}

# Kind of finding → its scheme. Two schemes are not among them: strategies belong to the
# response of a finding, and service areas to the case.
CODED_SCHEMES = {words.parameter: words for words in SCHEMES.values() if words.is_coded}


def family_of(kind: str) -> str:
    """Return the colour family of a kind of finding.

    Kinds without a scheme have that of outcomes, except for lessons.
    """
    if kind in CODED_SCHEMES:
        return CODED_SCHEMES[kind].family
    return "neutral" if kind == "lesson" else "outcome"
