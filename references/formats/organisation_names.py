"""Recognises organisations by their names, where the file doesn't mark them."""

import re
from collections.abc import Sequence

from references.formats.name_lists import INITIALS

# After a comma, always the legal form of a company: “Barnes and Noble, Inc.”
COMPANY_SUFFIX = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|gmbh)\.?", re.IGNORECASE
)
# After a comma, a legal form or initials: “Deutsche Bank, AG”, “Lee, CO”
ORGANIZATION_SUFFIX = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|plc|corp|co|gmbh|ag|kg|e\.\s?v|b\.\s?v"
    r"|s\.\s?a|s\.\s?p\.\s?a)\.?",
    re.IGNORECASE,
)
# Words of organisations, which in BibTeX files often lack their braces.
ORGANIZATION_WORD = re.compile(
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
# Places that organisations have after a comma. Some are given names as well.
PLACE_NAME = re.compile(
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


def is_organization_with_comma(family: str, others: Sequence[str]) -> bool:
    """Whether it is like “Barnes and Noble, Inc.” or “University of A, Irvine”."""
    if not others:
        return False
    if COMPANY_SUFFIX.fullmatch(others[0]):
        return True
    is_end = ORGANIZATION_SUFFIX.fullmatch(others[0]) or PLACE_NAME.fullmatch(others[0])
    is_long = " " in family and ORGANIZATION_WORD.search(family) is not None
    return is_long and bool(is_end or not INITIALS.fullmatch(others[0]))


def may_be_organization(pieces: Sequence[str]) -> bool:
    """Whether it is like “Age Concern, London”, where London may be a given name."""
    is_long = " " in pieces[0]
    return len(pieces) == 2 and is_long and PLACE_NAME.fullmatch(pieces[1]) is not None
