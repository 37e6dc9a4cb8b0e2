"""The history of cases and terms, and the public pages of a case as it was."""

from casebase.history.model_history import versioned
from initiatives.history.case_history import CaseHistory
from initiatives.history.term_history import TermHistory
from initiatives.models import Concept, Initiative

# Terms are written before the cases that are coded with them.
versioned.register(Concept, TermHistory())
versioned.register(Initiative, CaseHistory())
