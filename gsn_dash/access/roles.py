"""The roles that people have, and which of them each deed takes."""

from __future__ import annotations

from enum import Enum, IntEnum


class Role(IntEnum):
    """Each may do all that those before it may."""

    READER = 0
    PRESENTER = 1
    EDITOR = 2
    ADMINISTRATOR = 3

    @property
    def key(self) -> str:
        """The role as the store keeps it."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """What the role is called on screen."""
        return _TITLES[self]


_TITLES = {
    Role.READER: "läsare",
    Role.PRESENTER: "mötesledare",
    Role.EDITOR: "redaktör",
    Role.ADMINISTRATOR: "administratör",
}


def role_of(key: str) -> Role:
    """The role by the name that the store keeps. Raises KeyError for what is none."""
    return Role[key.upper()]


class Deed(Enum):
    """What not everybody may do."""

    SAVE_SCENARIO = "save_scenario"
    ARRANGE = "arrange"
    PRESENT = "present"
    ANSWER = "answer"
    CHANGE_FIGURES = "change_figures"
    ISSUE = "issue"

    @property
    def least(self) -> Role:
        """The least role that may."""
        return _LEAST[self]


_LEAST = {
    Deed.SAVE_SCENARIO: Role.PRESENTER,
    Deed.ARRANGE: Role.PRESENTER,
    Deed.PRESENT: Role.PRESENTER,
    Deed.ANSWER: Role.EDITOR,
    Deed.CHANGE_FIGURES: Role.EDITOR,
    Deed.ISSUE: Role.EDITOR,
}
