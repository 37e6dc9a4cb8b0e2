"""Models of works that findings rest on, and of the people and bodies who made them."""

from references.models.people import Contribution, Person
from references.models.works import FormerKey, Reference, validate_web_address

__all__ = ["Contribution", "FormerKey", "Person", "Reference", "validate_web_address"]
