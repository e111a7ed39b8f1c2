"""A ledger's codes beside what is ours: what each is of, what is not mapped, and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.ledger import BALANCE, COST, REVENUE, LedgerMap
from gsn_dash.domain.ledger_objects import (
    ACCOUNT,
    BY_BOTH,
    BY_CODE,
    BY_NAME,
    COST_CENTRE,
    PROJECT,
    LedgerObject,
    Proposal,
    entries_of,
    names_of,
    objects_of,
)
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.numbers import format_kr, format_number
from gsn_dash.present.tables import Cell, Table, TableRow, word

KINDS = {ACCOUNT: "Konton", COST_CENTRE: "Kostnadsställen", PROJECT: "Projekt"}
# That a code is of none of ours.
NOTHING = {COST_CENTRE: "ingen verksamhet", PROJECT: "inget av våra projekt"}
NO_CODES = {
    COST_CENTRE: "Bokföringen har inga kostnadsställen.",
    PROJECT: "Bokföringen har inga belopp på projekt.",
}
_SINGLE = {ACCOUNT: "konto", COST_CENTRE: "kostnadsställe", PROJECT: "projekt"}
_MANY = {ACCOUNT: "konton", COST_CENTRE: "kostnadsställen", PROJECT: "projekt"}
_REASONS = {
    BY_BOTH: "samma nummer och namn",
    BY_CODE: "samma nummer",
    BY_NAME: "samma namn",
}
_MOST_ROWS = 200


def name_object(each: LedgerObject) -> str:
    """A code with what the file calls it: "0311 Digitalisering"."""
    return f"{each.code} {each.name}".strip()


def describe_object(each: LedgerObject) -> str:
    """A code with its amounts: "0311 Digitalisering: kostnader −9 319 275 kr"."""
    named = {
        "intäkter": each.amount(REVENUE),
        "kostnader": each.amount(COST),
        "investeringar": each.amount(BALANCE),
    }
    said = [f"{name} {format_kr(amount)}" for name, amount in named.items() if amount != ZERO]
    said += [] if each.budget is None else [f"budget {format_kr(each.budget)}"]
    return f"{name_object(each)}: {', '.join(said) or 'inga belopp'}"


def say_reason(proposal: Proposal) -> str:
    """What is the same: "samma nummer och namn"."""
    return _REASONS[proposal.reason]


def say_proposal(proposal: Proposal, names: Mapping[str, str]) -> str:
    """ "032 Arkitektur (samma nummer)"."""
    return f"{name_ours(proposal.key, names)} ({_REASONS[proposal.reason]})"


def name_ours(key: str, names: Mapping[str, str]) -> str:
    """An activity or a project of ours as a choice: its key, and its name where it is another."""
    name = names.get(key, "")
    return f"{key} {name}".strip() if name != key else key


def describe_open(kind: str, objects: Sequence[LedgerObject]) -> str:
    """That codes are mapped to nothing, and what that means; empty where all are mapped."""
    lacking = [each for each in objects if not each.key]
    if not lacking:
        return ""
    count = len(lacking)
    what = f"Ett {_SINGLE[kind]}" if count == 1 else f"{format_number(count)} {_MANY[kind]}"
    verb = "är inte kopplat" if count == 1 else "är inte kopplade"
    if kind == ACCOUNT:
        return f"{what} i bokföringen finns inte i kontotabellen och räknas därför inte."
    none = "någon verksamhet" if kind == COST_CENTRE else "något av våra projekt"
    means = (
        "beloppen räknas i helheten men inte på någon verksamhet"
        if kind == COST_CENTRE
        else "beloppen visas inte på något projekt"
    )
    return f"{what} {verb} till {none}: {means}."


def describe_proposals(objects: Iterable[LedgerObject]) -> str:
    """How many codes have a proposal, which counts for nothing yet; empty where none has."""
    count = sum(1 for each in objects if each.proposal)
    if not count:
        return ""
    what = "Ett förslag är ifyllt" if count == 1 else f"{format_number(count)} förslag är ifyllda"
    them = "det" if count == 1 else "dem"
    return f"{what} och gäller först när du har sett igenom {them} och sparat kontotabellen."


def tell_unmapped(
    drafts: Drafts, ledger_map: LedgerMap, snapshot: Snapshot | None
) -> tuple[tuple[str, Table], ...]:
    """A sentence and a table of each kind of codes that a file has and that nobody has mapped.

    `snapshot` has what is ours, for the proposals.
    """
    entries, names = entries_of(drafts)
    objects = objects_of(entries, names, ledger_map, snapshot) if entries else {}
    told = [
        (describe_open(kind, own), open_table(kind, own, names_of(kind, snapshot)))
        for kind, own in objects.items()
    ]
    return tuple((sentence, table) for sentence, table in told if table)


def open_table(
    kind: str, objects: Sequence[LedgerObject], names: Mapping[str, str]
) -> Table | None:
    """The codes that are mapped to nothing with their amounts, in kr; None where there are none.

    `names` are ours, by key, for the proposals.
    """
    lacking = [each for each in objects if not each.key]
    if not lacking:
        return None
    amounts = {ACCOUNT: _all_booked, COST_CENTRE: _result, PROJECT: _spent}[kind]
    headings = {
        ACCOUNT: ("Bokfört",),
        COST_CENTRE: ("Intäkter", "Kostnader"),
        PROJECT: ("Kostnader", "Investeringar"),
    }[kind]
    has_targets = kind != ACCOUNT
    rows = [
        TableRow(
            word(name_object(each)),
            (
                *(Cell(format_kr(amount), amount=amount) for amount in (*amounts(each),)),
                _budget(each),
                *((word(_proposed(each, names)),) if has_targets else ()),
            ),
        )
        for each in lacking[:_MOST_ROWS]
    ]
    return Table(
        f"{KINDS[kind]} i bokföringen som inte är kopplade ({format_number(len(lacking))})",
        ("", *headings, "Budget", *(("Förslag",) if has_targets else ())),
        tuple(rows),
    )


def _budget(each: LedgerObject) -> Cell:
    """No budget is said to be none: it is not 0."""
    return (
        word("ingen") if each.budget is None else Cell(format_kr(each.budget), amount=each.budget)
    )


def _proposed(each: LedgerObject, names: Mapping[str, str]) -> str:
    return say_proposal(each.proposal, names) if each.proposal else "inget"


def _all_booked(each: LedgerObject) -> tuple[Money, ...]:
    return (each.amount(*each.booked),)


def _result(each: LedgerObject) -> tuple[Money, ...]:
    return each.amount(REVENUE), each.amount(COST)


def _spent(each: LedgerObject) -> tuple[Money, ...]:
    return each.amount(REVENUE, COST), each.amount(BALANCE)
