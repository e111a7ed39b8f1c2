"""All records of an SIE file, each read once and held by what it says, with the line it stands on.

Nothing is added up over records here but the rows of vouchers; which of the records count is said
in `months.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gsn_dash.ingest.sie.fields import (
    COST_CENTRE,
    NO_OBJECTS,
    PROJECT,
    Objects,
    optional_at,
    read_account,
    read_amount,
    read_day,
    read_month,
    read_objects,
    text_at,
)
from gsn_dash.ingest.sie.lines import LOST, Field, Line, LineError, read_fields, split_label
from gsn_dash.ingest.sie.vouchers import Vouchers
from gsn_dash.ingest.table import Problem

# More than this many problems help nobody, and a file of another kind would give one a line.
MOST_PROBLEMS = 50
_NAMED_KINDS = {COST_CENTRE: "cost_centre", PROJECT: "project"}
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year that the file declares (#RAR): 0 is the file's own, -1 the one before it."""

    number: int
    starts: date
    ends: date
    line: int

    def has(self, month: date) -> bool:
        """Whether a month, by its first day, lies in the year."""
        return self.starts.replace(day=1) <= month <= self.ends


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount in kr with SIE's sign, and the line it stands on."""

    amount: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class PeriodKey:
    """What a #PSALDO (measure outcome) or #PBUDGET (budget) is about."""

    measure: str
    year: int
    month: date
    account: str
    objects: Objects


@dataclass(frozen=True, slots=True)
class YearKey:
    """What a #RES, #IB, #UB, #OIB or #OUB (its label) is about."""

    label: str
    year: int
    account: str
    objects: Objects


@dataclass
class Gathered:
    """What a file says. `scope` is the last day that it covers (#OMFATTN).

    `names` are what it calls its codes, by kind (account, cost_centre, project) and code.
    """

    sie_type: str = ""
    program: str = ""
    generated: date | None = None
    scope: date | None = None
    years: dict[int, Year] = field(default_factory=dict)
    periods: dict[PeriodKey, Stated] = field(default_factory=dict)
    totals: dict[YearKey, Stated] = field(default_factory=dict)
    vouchers: Vouchers = field(default_factory=Vouchers)
    names: dict[tuple[str, str], str] = field(default_factory=dict)


def gather(name: str, lines: Iterable[Line]) -> tuple[Gathered, tuple[Problem, ...]]:
    """Read every record that counts; a record that cannot be read is a problem with its line."""
    found, problems = Gathered(), []
    last = 0
    for line in lines:
        try:
            _take_line(found, line)
        except LineError as error:
            problems.append(Problem(name, error.line, "", error.sentence))
            if len(problems) >= MOST_PROBLEMS:
                problems.append(Problem(name, line.number, "", "resten av filen lästes inte"))
                return found, tuple(problems)
        last = line.number
    try:
        found.vouchers.end_file(last)
    except LineError as error:
        problems.append(Problem(name, error.line, "", error.sentence))
    return found, tuple(problems)


def _take_line(found: Gathered, line: Line) -> None:
    if line.text == "{":
        found.vouchers.open(line.number)
    elif line.text == "}":
        found.vouchers.close(line.number)
    elif line.text.startswith("#"):
        label, rest = split_label(line.text)
        take = _RECORDS.get(label)
        if take is not None:
            take(found, line.number, label, read_fields(line, rest))
        elif label in _NAMES:
            with suppress(LineError):  # a name is told and not reckoned with
                _NAMES[label](found, read_fields(line, rest))
    else:
        # Not what stands there: a text of a voucher that was broken may name a person.
        sentence = (
            "raden börjar inte med # som en SIE-post: kanske har en text brutits på två rader"
        )
        raise LineError(line.number, sentence)


def _take_type(found: Gathered, line: int, _label: str, fields: list[Field]) -> None:
    found.sie_type = text_at(line, fields, 0, "typnr").upper()


def _take_program(found: Gathered, _line: int, _label: str, fields: list[Field]) -> None:
    said = " ".join(optional_at(fields, place) for place in (0, 1)).strip()
    found.program = "".join(char for char in said if char.isprintable())[:100]


def _take_generated(found: Gathered, line: int, _label: str, fields: list[Field]) -> None:
    """Only its day: the second field is a person's signature."""
    if optional_at(fields, 0):
        found.generated = read_day(line, optional_at(fields, 0))


def _take_scope(found: Gathered, line: int, _label: str, fields: list[Field]) -> None:
    found.scope = read_day(line, text_at(line, fields, 0, "datum"))


def _take_currency(_found: Gathered, line: int, _label: str, fields: list[Field]) -> None:
    code = text_at(line, fields, 0, "valutakod").upper()
    if code != "SEK":
        raise LineError(line, f"beloppen är i {code[:10]}: bara kronor (SEK) kan läsas")


def _read_year_number(line: int, fields: list[Field]) -> int:
    text = text_at(line, fields, 0, "årsnr")
    if not (text.removeprefix("-").isdecimal() and len(text) <= 3) or int(text) > 0:
        raise LineError(line, f"årsnumret ”{text[:10]}” går inte att läsa: 0, -1 eller lägre")
    return int(text)


def _take_year(found: Gathered, line: int, _label: str, fields: list[Field]) -> None:
    number = _read_year_number(line, fields)
    year = Year(
        number,
        read_day(line, text_at(line, fields, 1, "start")),
        read_day(line, text_at(line, fields, 2, "slut")),
        line,
    )
    # The law lets a first year be 18 months.
    if not year.starts < year.ends or (year.ends - year.starts).days > 550:
        raise LineError(line, f"räkenskapsåret {year.starts}–{year.ends} är inget år")
    for other in found.years.values():
        if other.number == number or not (year.ends < other.starts or other.ends < year.starts):
            raise LineError(line, f"räkenskapsåret krockar med det på rad {other.line}")
    found.years[number] = year


def _take_total(found: Gathered, line: int, label: str, fields: list[Field]) -> None:
    has_objects = label in ("#OIB", "#OUB")
    key = YearKey(
        label,
        _read_year_number(line, fields),
        read_account(line, text_at(line, fields, 1, "konto")),
        read_objects(line, fields, 2) if has_objects else NO_OBJECTS,
    )
    amount = read_amount(line, text_at(line, fields, 3 if has_objects else 2, "saldo"))
    if not key.objects.others:
        _hold(found.totals, key, Stated(amount, line))


def _take_period(found: Gathered, line: int, label: str, fields: list[Field]) -> None:
    key = PeriodKey(
        "outcome" if label == "#PSALDO" else "budget",
        _read_year_number(line, fields),
        read_month(line, text_at(line, fields, 1, "period")),
        read_account(line, text_at(line, fields, 2, "konto")),
        read_objects(line, fields, 3),
    )
    amount = read_amount(line, text_at(line, fields, 4, "saldo"))
    if not key.objects.others:
        _hold(found.periods, key, Stated(amount, line))


def _hold(held: dict, key: object, stated: Stated) -> None:
    """One record about one thing: a second would be added to the first, or be another truth."""
    first = held.setdefault(key, stated)
    if first is not stated:
        raise LineError(stated.line, f"raden gäller detsamma som rad {first.line}: ta bort en")


def _take_account_name(found: Gathered, fields: list[Field]) -> None:
    _name(found, "account", optional_at(fields, 0), optional_at(fields, 1))


def _take_object_name(found: Gathered, fields: list[Field]) -> None:
    kind = _NAMED_KINDS.get(optional_at(fields, 0))
    if kind:
        _name(found, kind, optional_at(fields, 1), optional_at(fields, 2))


def _name(found: Gathered, kind: str, code: str, name: str) -> None:
    plain = "".join(char for char in name if char.isprintable() and char != LOST).strip()
    if code.strip() and plain:
        found.names[kind, code.strip()] = plain[:_LONGEST_NAME]


def _take_voucher(found: Gathered, line: int, _label: str, fields: list[Field]) -> None:
    found.vouchers.begin(line, fields)


def _take_row(found: Gathered, line: int, label: str, fields: list[Field]) -> None:
    found.vouchers.add(line, label, fields)


_RECORDS = (
    {
        "#SIETYP": _take_type,
        "#PROGRAM": _take_program,
        "#GEN": _take_generated,
        "#OMFATTN": _take_scope,
        "#VALUTA": _take_currency,
        "#RAR": _take_year,
        "#PSALDO": _take_period,
        "#PBUDGET": _take_period,
        "#VER": _take_voucher,
    }
    | dict.fromkeys(("#RES", "#IB", "#UB", "#OIB", "#OUB"), _take_total)
    | dict.fromkeys(("#TRANS", "#RTRANS", "#BTRANS"), _take_row)
)
_NAMES = {"#KONTO": _take_account_name, "#OBJEKT": _take_object_name}
