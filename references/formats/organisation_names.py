"""Which names are those of bodies, though nothing in the file says so."""

import re
from collections.abc import Sequence

from references.formats.name_lists import INITIALS

# After a comma these make a body of a name: “Barnes and Noble, Inc.”
COMPANY = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|gmbh)\.?", re.IGNORECASE
)
# After a comma these may be initials, too, but not of a body: “Deutsche Bank, AG”
OF_BODIES = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|co|gmbh|ag|kg|e\.\s?v|b\.\s?v"
    r"|s\.\s?a|s\.\s?p\.\s?a)\.?",
    re.IGNORECASE,
)
# No person is called so. In BibTeX files bodies often lack their braces.
BODY = re.compile(
    r"\b(?:Organi[sz]ations?|Ministry|Ministries|Universit(?:y|ies|ät|é)|Departments?"
    r"|Councils?|Agency|Agencies|Institut(?:e|es)?|Commissions?|Committees?"
    r"|Associations?|Society|Societies|Consorti(?:um|a)|Governments?|Foundations?"
    r"|Corporations?|Company|Companies|Collaborations?|Teams?|Bureau|Secretariat"
    r"|Federations?|Networks?|Alliance|Parliament|Authority|Authorities"
    r"|Cent(?:re|er)s?|Partnerships?|Programme|Offices?|Projects?|Board|Groups?"
    r"|Academy|Academies|College|Coalition|Trust|Forum|Assembly|Inc|Ltd|GmbH)\b"
    r"|^(?:World|United|European|International|National|Federal) \w|^[A-Z]{3,}$"
    r"|\w (?:of|for|on|the) \w"
)
# Where bodies are, as they say behind a comma; some are given names as well.
PLACE = re.compile(
    r"UK|USA|England|Scotland|Wales|Ireland|Northern Ireland|Great Britain|Kenya"
    r"|United (?:Kingdom|States(?: of America)?)|Germany|Canada|Australia|New Zealand"
    r"|South Africa|India|Pakistan|Bangladesh|Nigeria|Ghana|Uganda|Tanzania|Brazil"
    r"|Mexico|Spain|Italy|Portugal|Netherlands|Belgium|Austria|Switzerland|Denmark"
    r"|Norway|Sweden|Finland|Japan|China|Singapore|London|Edinburgh|Cardiff|Belfast"
    r"|Manchester|Birmingham|Glasgow|Leeds|Bristol|Oxford|Cambridge|Dublin|Berlin"
    r"|Bonn|Munich|Paris|Brussels|Geneva|Vienna|Rome|Madrid|Barcelona|Lisbon|Nairobi"
    r"|Washington(?: D\.?C\.?)?|New York|Chicago|Boston|Ottawa|Toronto|Canberra"
    r"|Sydney|Melbourne|Tokyo|Beijing|New Delhi"
)


def is_body_in_commas(family: str, others: Sequence[str]) -> bool:
    """“Barnes and Noble, Inc.”, “University of A, Irvine”, and not “Lee, CO”."""
    if not others:
        return False
    if COMPANY.fullmatch(others[0]):
        return True
    is_end = OF_BODIES.fullmatch(others[0]) or PLACE.fullmatch(others[0])
    is_long = " " in family and BODY.search(family) is not None
    return is_long and bool(is_end or not INITIALS.fullmatch(others[0]))


def may_be_body(pieces: Sequence[str]) -> bool:
    """“Age Concern, London”, where London may be a given name."""
    is_long = " " in pieces[0]
    return len(pieces) == 2 and is_long and PLACE.fullmatch(pieces[1]) is not None
