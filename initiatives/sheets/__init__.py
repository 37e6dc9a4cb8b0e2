"""The schemas of sheets: one file for each case, one for each scheme of the codebook.

They define the keys and the types of their values. Whether a term, work or choice
exists is checked against the database, in initiatives/loading/.
"""

from initiatives.sheets.base import SheetSource
from initiatives.sheets.cases import (
    CaseSheet,
    SheetConflict,
    SheetConflictSource,
    SheetFigure,
    SheetFinding,
    SheetGrade,
    SheetMode,
    SheetOrganisation,
    SheetPlace,
    SheetStanding,
)
from initiatives.sheets.codebook import (
    SchemeSheet,
    SheetScheme,
    SheetTerm,
    Translation,
)

__all__ = [
    "CaseSheet",
    "SchemeSheet",
    "SheetConflict",
    "SheetConflictSource",
    "SheetFigure",
    "SheetFinding",
    "SheetGrade",
    "SheetMode",
    "SheetOrganisation",
    "SheetPlace",
    "SheetScheme",
    "SheetSource",
    "SheetStanding",
    "SheetTerm",
    "Translation",
]
