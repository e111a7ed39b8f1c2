"""The one formatter of numbers: decimal comma, no-break space, real minus, half from zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from gsn_dash.domain.amounts import (
    KR,
    MKR,
    Amount,
    Money,
    Total,
    Unknown,
    round_fraction,
    round_half_away,
)
from gsn_dash.domain.figures import Figure

MINUS = "\u2212"
SPACE = "\u00a0"
UNKNOWN = "okänt"
_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()


def format_number(value: Decimal, decimals: int = 0, signed: bool = False) -> str:
    """`value` rounded half away from zero: "−24,7", "18 300"; signed gives "+0,8" but "0,0"."""
    rounded = round_half_away(value, Decimal(1).scaleb(-decimals))
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", SPACE).replace(".", ",")
    if rounded < 0:
        return MINUS + digits
    return "+" + digits if signed and rounded > 0 else digits


def format_mkr(amount: Amount, signed: bool = False) -> str:
    """Millions of kr with one decimal and no unit; "okänt" where it is unknown."""
    if isinstance(amount, Unknown):
        return UNKNOWN
    return format_number(amount.in_unit(MKR), 1, signed)


def format_mkr_unit(amount: Amount, signed: bool = False) -> str:
    """As `format_mkr`, with the unit: "−24,7 Mkr"."""
    text = format_mkr(amount, signed)
    return text if isinstance(amount, Unknown) else f"{text}{SPACE}Mkr"


def format_kr(amount: Amount, signed: bool = False) -> str:
    """Whole kr with the unit: "18 300 kr"; "okänt" where it is unknown."""
    if isinstance(amount, Unknown):
        return UNKNOWN
    return f"{format_number(amount.in_unit(KR), 0, signed)}{SPACE}kr"


def format_total_kr(total: Total) -> str:
    """A sum that says what it lacks: "minst 120 000 kr, 1 uppgift saknas"."""
    if not total.missing:
        return format_kr(total.known)
    return f"minst{SPACE}{format_kr(total.known)}, {format_missing(total.missing)}"


def format_missing(count: int) -> str:
    """ "1 uppgift saknas", "2 uppgifter saknas"."""
    return f"{count}{SPACE}{'uppgift' if count == 1 else 'uppgifter'} saknas"


def format_percent(ratio: Decimal | None, decimals: int = 0, signed: bool = False) -> str:
    """A ratio as percent: 0.6 is "60 %"; "okänt" where it cannot be told."""
    if ratio is None:
        return UNKNOWN
    return f"{format_number(ratio * 100, decimals, signed)}{SPACE}%"


def format_day(day: date) -> str:
    """ "8 maj 2023"."""
    return f"{day.day}{SPACE}{_MONTHS[day.month - 1]} {day.year}"


def format_months(start: date, end: date) -> str:
    """ "januari–april"; one month alone where they are the same."""
    first, last = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
    return first if first == last else f"{first}–{last}"


def name_month(month: int) -> str:
    """ "september", for 9."""
    return _MONTHS[month - 1]


def format_moment(moment: datetime) -> str:
    """ "8 maj 2023 kl. 14:05", in the moment's own zone."""
    return f"{format_day(moment.date())} kl.{SPACE}{moment:%H:%M}"


def format_size_mkr(amount: Amount) -> str:
    """The size without its sign: "4,0 Mkr", where the words around it say the direction."""
    return UNKNOWN if isinstance(amount, Unknown) else format_mkr_unit(abs(amount))


def format_spread(kr: Decimal) -> str:
    """An uncertainty in kr, told in Mkr: "0,1 Mkr"."""
    return format_mkr_unit(Money(kr))


def format_spread_mkr(figure: Figure) -> str:
    """Half the step that a figure's inputs were printed in: "0,1 Mkr"."""
    return format_spread(figure.precision / 2)


def format_ratio(value: Fraction) -> str:
    """A relation with one decimal: "2,4"."""
    return format_number(round_fraction(value, Decimal("0.1")), 1)
