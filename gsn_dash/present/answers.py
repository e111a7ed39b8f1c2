"""What somebody has answered to a control, in words. Names and answers are what people wrote."""

from __future__ import annotations

from datetime import datetime

from gsn_dash.present.numbers import format_moment
from gsn_dash.present.scenarios import apart

EXPLAINED_MARK = "förklarat"
OTHER_FIGURES = "Svaret gavs när siffrorna var andra; se efter att det fortfarande stämmer."
SAVED = "Förklaringen är sparad."
REOPENED_AGAIN = "Kontrollen väntar på en förklaring igen."


def describe_answer(by: str, at: datetime) -> str:
    """ "Förklarat av Eva, 3 maj 2023 kl. 10.15:" with the words after it."""
    return f"Förklarat av {apart(by)}, {format_moment(at)}:"


def describe_reopened(by: str, at: datetime) -> str:
    """That an explanation has been taken back."""
    return f"Öppnad igen av {apart(by)}, {format_moment(at)}."


def describe_answered(answered: int, unsettled: int) -> str:
    """How many of the controls that do not hold have an answer; empty where none has."""
    if not answered:
        return ""
    are = "är förklarad" if answered == 1 else "är förklarade"
    return f"{answered} av de {unsettled} som inte stämmer eller inte går att avgöra {are}."


def describe_first(by: str, at: datetime) -> str:
    """That somebody else answered the same control meanwhile."""
    return (
        f"Inget sparades: {apart(by)} svarade på samma kontroll {format_moment(at)}, efter att du"
        " öppnade sidan. Det svaret står ovanför, och det du skrev står kvar nedanför. Spara en"
        " gång till om ditt ska gälla i stället."
    )
