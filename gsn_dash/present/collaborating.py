"""What the page of collaborations says: bills, years, roundings, and the key beside the paper."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.amounts import KR, Money, Unknown
from gsn_dash.domain.collaborating import (
    Bill,
    Restatement,
    bill,
    payers,
)
from gsn_dash.domain.figures import Figure, SourceRef
from gsn_dash.domain.snapshot import Contribution, Snapshot
from gsn_dash.present.names import name_collaboration, name_municipality, name_place, name_year
from gsn_dash.present.numbers import (
    SPACE,
    UNKNOWN,
    format_kr,
    format_missing,
    format_number,
)


def genitive(name: str) -> str:
    """ "Ludvikas", "Borås": a name that ends in s, x or z takes no more."""
    return name if name[-1:] in "sxz" else f"{name}s"


def join_words(words: Sequence[str]) -> str:
    """ "a, b och c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


def format_exact_kr(figure: Figure) -> str:
    """Kr to the öre where the amount has any: "142 555,26 kr"; "okänt" where it is unknown."""
    if isinstance(figure.amount, Unknown):
        return UNKNOWN
    kr = figure.amount.in_unit(KR)
    decimals = 0 if kr == kr.to_integral_value() else 2
    return f"{format_number(kr, decimals)}{SPACE}kr"


def format_sum(known: Money, missing: int) -> str:
    """Kr without the unit, for a picture: "740 300", or "minst 120 000" where terms are missing."""
    text = format_number(known.in_unit(KR))
    return f"minst{SPACE}{text}" if missing else text


def describe_total(snapshot: Snapshot, found: Bill) -> str:
    """ "740 300 kr", or "minst 120 000 kr, 1 uppgift saknas (E-arkiv)"."""
    if not found.total.missing:
        return format_kr(found.total.known)
    lacking = [
        name_collaboration(snapshot, row.key.collaboration)
        for row in found.rows
        if row.figure.is_unknown
    ]
    known = format_kr(found.total.known)
    missing = format_missing(found.total.missing)
    return f"minst{SPACE}{known}, {missing} ({join_words(lacking)})"


def describe_bills(snapshot: Snapshot) -> str:
    """The page's message: what each municipality pays a year."""
    parts = [
        f"{name_municipality(snapshot, code)} betalar"
        f"{' ' if bill(snapshot, code).total.missing else SPACE}"
        f"{describe_total(snapshot, bill(snapshot, code))}"
        for code in payers(snapshot)
    ]
    if not parts:
        return "Papperen säger inte vad kommunerna betalar för samarbetena."
    parts[0] = f"{parts[0]} om året för samarbetena"
    years = {year for code in payers(snapshot) for year in bill(snapshot, code).years}
    note = " Beloppen är från olika år." if len(years) > 1 else ""
    return f"{'; '.join(parts)}.{note}"


def describe_bill(snapshot: Snapshot, code: str) -> str:
    """The message of one municipality's own view."""
    amount, _, lacking = describe_total(snapshot, bill(snapshot, code)).partition(", ")
    end = f"; {lacking}." if lacking else "."
    return f"{name_municipality(snapshot, code)} betalar {amount} om året för samarbetena{end}"


def describe_unknown(snapshot: Snapshot, code: str) -> str:
    """Why a municipality's sum is not a number; empty where every amount is known."""
    missing = [row for row in bill(snapshot, code).rows if row.figure.is_unknown]
    if not missing:
        return ""
    lacking = join_words(
        [
            f"{name_collaboration(snapshot, row.key.collaboration)} ({row.figure.amount.reason})"
            for row in missing
        ]
    )
    name = genitive(name_municipality(snapshot, code))
    return (
        f"{name} summa är minst så stor, för en del saknas: {lacking}."
        " Det som saknas räknas inte som noll."
    )


def describe_published(snapshot: Snapshot, code: str) -> str:
    """The paper's printed sum beside the one that its figures give; empty where they agree."""
    found = bill(snapshot, code)
    name = name_municipality(snapshot, code)
    if found.published is None:
        return ""
    if found.published.is_unknown:
        return f"Papperet har ingen summa för {name}: {found.published.amount.reason}."
    if found.published.amount == found.total.amount:
        return ""
    printed, known = format_kr(found.published.amount), format_kr(found.total.known)
    return (
        f"Papperet skriver summan {printed} för {name}. De noggrannaste uppgifterna ger {known},"
        " och det är den summan som gäller här."
    )


def describe_restatement(snapshot: Snapshot, found: Restatement) -> str:
    """ "Skolskjuts, Ludvika: 18 300 kr i avsnitt …, i avsnitt … avrundat till 18 000 kr."."""
    who = name_municipality(snapshot, found.in_force.key.municipality)
    what = name_collaboration(snapshot, found.in_force.key.collaboration)
    stands, other = found.in_force.figure, found.other.figure
    how = "avrundat till" if found.is_rounded else "i stället"
    return (
        f"{what}, {who}: {format_kr(stands.amount)} enligt avsnittet ”{stands.origin.section}”,"
        f" i avsnittet ”{other.origin.section}” {how} {format_kr(other.amount)}."
    )


def describe_years(snapshot: Snapshot, code: str) -> str:
    """That a sum mixes years; empty where it does not."""
    found = bill(snapshot, code)
    if len(found.years) < 2:
        return ""
    named = join_words([str(year) for year in found.years if year])
    unnamed = " med uppgifter där året inte anges" if None in found.years else ""
    name = genitive(name_municipality(snapshot, code))
    return f"{name} summa blandar uppgifter från {named}{unnamed}."


def describe_papers(found: Bill) -> str:
    """Which papers a bill's amounts are from, with their pages."""
    sources = (row.figure.origin for row in found.rows)
    named = dict.fromkeys(name_place(SourceRef(place.document, "")) for place in sources)
    return f"Uppgifterna står i {join_words(list(named))}." if named else ""


def name_years(rows: Sequence[Contribution], snapshot: Snapshot) -> str:
    """The year of a collaboration's amounts; by municipality where they differ."""
    years = {row.year for row in rows}
    if len(years) == 1:
        return name_year(years.pop())
    return ", ".join(
        f"{name_municipality(snapshot, row.key.municipality)} {name_year(row.year)}" for row in rows
    )


def describe_result(snapshot: Snapshot) -> str:
    """That the papers do not say how the board's own result is divided."""
    names = [name_municipality(snapshot, code) for code in payers(snapshot)]
    between = f" mellan {join_words(names)}" if names else ""
    return (
        f"Hur nämndens eget överskott eller underskott delas{between} står inte i papperen."
        " Därför visas bara vad samarbetena kostar, inte kommunernas del av årets resultat."
    )
