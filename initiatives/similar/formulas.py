"""The formulas of the measure, each with its source.

- Resnik, P. (1995): Using information content to evaluate semantic similarity in a
  taxonomy. Proceedings of IJCAI-95, 448–453.
- Tversky, A. (1977): Features of similarity. Psychological Review 84(4), 327–352.
- Gower, J. C. (1971): A general coefficient of similarity and some of its properties.
  Biometrics 27(4), 857–871.
"""

from math import log
from typing import Any

from numpy.typing import NDArray

type Floats = NDArray[Any]


def information_content(n: int, total: int) -> float:
    """Return how telling it is to share what ``n`` of ``total`` cases have.

    −ln of the share of cases, as in Resnik (1995). One is added to the cases with and
    to those without, so that a single case does not outweigh all else and what every
    case has still counts for a little.
    """
    return -log((n + 1) / (total + 2))


def share_of_asked(shared: Floats, asked: float) -> Floats:
    """Return the part of what was asked that cases share, from 0 to 1.

    The ratio model of Tversky (1977) whose weight β is 0: what only the case has
    does not count against it.
    """
    return shared / asked


def share_of_union(shared: Floats, ours: float, theirs: Floats) -> Floats:
    """Return the part of what either of two cases has that both share, from 0 to 1.

    The ratio model of Tversky (1977) with equal weights of 1, a weighted Jaccard
    index. It is the same from either side.
    """
    return shared / (ours + theirs - shared)


def range_closeness(distance: Any, width: float) -> Any:
    """Return 1 for the same value, 0 for a distance of the whole range or more.

    As in Gower (1971): 1 − distance / range.
    """
    if not width:
        return (distance == 0) * 1.0
    closeness = 1 - distance / width
    return closeness * (closeness > 0)


def stretch(known: Floats, total: float) -> Floats:
    """Return the factor by which the points of known parts count.

    ``known`` and ``total`` are sums of weights. As in Gower (1971), a part that is not
    known is not counted as a difference: it is left out. In contrast to Gower, only
    half of its points leave the total. So to know that it is the same is better than
    not to know, this is better than to know that it differs, and a case of which hardly
    anything is known does not come first.
    """
    return total / (known + (total - known) / 2)
