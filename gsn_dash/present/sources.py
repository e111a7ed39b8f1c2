"""How each value is known, in Swedish: where it was printed, or how it follows from others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from gsn_dash.domain.amounts import MKR, total_of
from gsn_dash.domain.collaborating import KeySplit, MemberShare, key_split, key_steps
from gsn_dash.domain.figures import Figure, SourceRef
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.quantities import derived, in_force
from gsn_dash.domain.refs import TOTAL, population_ref
from gsn_dash.domain.snapshot import Claim, Population, Snapshot
from gsn_dash.present import corrected
from gsn_dash.present.collaborating import format_exact_kr, genitive
from gsn_dash.present.derivations import UNKNOWN_MARK, describe_rule, describe_state
from gsn_dash.present.names import (
    name_collaboration,
    name_municipality,
    name_place,
    name_project,
    name_quantity,
)
from gsn_dash.present.numbers import (
    SPACE,
    format_day,
    format_mkr_unit,
    format_number,
    format_total_kr,
)
from gsn_dash.present.places import describe_precision, format_as_printed, name_spot
from gsn_dash.present.ratios import Ratio, find_ratio
from gsn_dash.present.sharing import describe_key, describe_parts, format_share

_STATEMENTS = {
    "why": "skälet till avvikelsen",
    "not_started": "projektet kan inte startas",
    "referred": "papperen hänvisar till den",
    "listed": "finns i listan över bilagor",
    "attached": "är bifogad",
}
_IN_MKR = ("operating", "investment", "demand", "pace")
_SIGNED = ("deviation", "outcome_deviation", "forecast_deviation")


@dataclass(frozen=True)
class Account:
    """How a value is known.

    `printed`, `precision` and `place` are said of what stands in a paper; `paper` and `spot` are
    the place in two parts. `rule` and `inputs` are said of what follows from other values.
    `beside` is the same quantity known in another way.
    """

    ref: str
    name: str
    value: str
    mark: str = ""
    printed: str = ""
    precision: str = ""
    place: str = ""
    paper: str = ""
    spot: str = ""
    rule: str = ""
    inputs: tuple[Account, ...] = ()
    notes: tuple[str, ...] = ()
    beside: Account | None = None


def share_ref(collaboration: str, municipality: str) -> str:
    """Names a member's share of a collaboration by its key."""
    return f"share:{collaboration}:{municipality}"


def account_for(snapshot: Snapshot, ref: str) -> Account | None:
    """How the value named `ref` is known; None for a name that is none.

    `ref` must be one of those that `gsn_dash.present.inventory` lists, or of a claim.
    """
    area, *names = ref.split(":")
    if area == "population":
        counted = next((p for p in snapshot.populations if population_name(p) == ref), None)
        return _of_population(snapshot, counted) if counted else None
    if area == "share":
        return _of_share(snapshot, *names)
    found = find_ratio(snapshot, ref)
    if found:
        return _of_ratio(snapshot, ref, found)
    figure = figure_of(snapshot, ref)
    return _of_quantity(snapshot, figure) if figure else _of_claims(snapshot, ref)


def figure_of(snapshot: Snapshot, ref: str) -> Figure | None:
    """The figure in force, also where that is one that no paper of the occasion states."""
    area, *names = ref.split(":")
    total = total_row(snapshot) if (area, *names[:1]) == ("investment", TOTAL) else None
    stated = getattr(total, names[-1], None) if names[-1:] != ["why"] else None
    return in_force(snapshot, ref) or stated


def population_name(population: Population) -> str:
    """The name of a municipality's number of inhabitants on its day."""
    return population_ref(population.municipality, population.as_of)


def _of_quantity(snapshot: Snapshot, figure: Figure) -> Account:
    """A figure with all that is said of it elsewhere."""
    told = account_of(snapshot, figure)
    stated = snapshot.totals.get(figure.ref)
    other = stated if figure.is_derived else derived(snapshot, figure.ref)
    if other is not None and (other.is_derived == figure.is_derived or other == figure):
        other = None
    return Account(
        **{
            **vars(told),
            "inputs": told.inputs + _shares_behind(snapshot, figure.ref),
            "notes": told.notes + tuple(_said_elsewhere(snapshot, figure)),
            "beside": account_of(snapshot, other) if other else None,
        }
    )


def account_of(snapshot: Snapshot, figure: Figure) -> Account:
    """A figure by itself: its place, or its rule with the accounts of its inputs."""
    name, value = name_quantity(snapshot, figure.ref), format_value(figure)
    mark = describe_state(figure)
    notes = (f"Beloppet är okänt: {figure.amount.reason}.",) if figure.is_unknown else ()
    right = corrected.find_put_right(snapshot, figure) if snapshot.put_right else None
    if right is not None:
        notes = (corrected.describe_put_right(right, value), *notes)
    if isinstance(figure.origin, SourceRef):
        return Account(
            figure.ref,
            name,
            value,
            mark,
            printed=right.printed if right else figure.printed,
            precision="" if figure.is_unknown else describe_precision(figure.precision),
            place=name_place(figure.origin),
            paper=figure.origin.document.title,
            spot=name_spot(figure.origin),
            notes=notes,
        )
    inputs = tuple(account_of(snapshot, part) for part in figure.origin.inputs)
    rule = describe_rule(figure.origin)
    notes += tuple(f"Det står i {name_place(place)}." for place in figure.origin.places)
    return Account(figure.ref, name, value, mark, rule=rule, inputs=inputs, notes=notes)


def _said_elsewhere(snapshot: Snapshot, figure: Figure) -> Iterable[str]:
    for claim in snapshot.claims_about(figure.ref):
        yield describe_claim(claim)
    yield from corrected.say_restated(snapshot, figure)
    yield from corrected.say_outdated(snapshot, figure.ref)
    for old in corrected.say_replaced(snapshot, figure):
        printed = format_as_printed(old.printed)
        yield f"Ersätter den tidigare uppgiften {format_value(old)}, tryckt {printed}."


def describe_claim(claim: Claim) -> str:
    """What the running text says of a quantity, and where."""
    said = {
        "flag": f"Papperet säger {claim.printed}",
        "text": f"Papperets skäl: ”{claim.printed}”",
    }.get(claim.kind, f"Nämns som {format_as_printed(claim.printed)}")
    return f"{said}. Det står i {name_place(claim.source)}."


def format_value(figure: Figure) -> str:
    """A figure's amount in the unit of its page; a sum with unknown terms says what it knows."""
    area, *names = figure.ref.split(":")
    if figure.is_derived and figure.is_unknown and figure.origin.rule == "sum":
        return format_total_kr(total_of(part.amount for part in figure.origin.inputs))
    if area not in _IN_MKR or figure.is_unknown:
        return format_exact_kr(figure)
    text = format_mkr_unit(figure.amount, names[-1] in _SIGNED)
    is_rounded = figure.money.kr % (MKR / 10)
    return f"{text} (oavrundat {format_exact_kr(figure)})" if is_rounded else text


def share_of(snapshot: Snapshot, ref: str) -> Fraction:
    """The exact part of the whole that `share_ref` names. Raises KeyError for a name of none."""
    _, collaboration, code = ref.split(":")
    split = key_split(snapshot, collaboration)
    if split is None:
        raise KeyError(ref)
    return key_steps(split).payers_share if code == TOTAL else split.shares[code]


def _of_population(snapshot: Snapshot, population: Population) -> Account:
    ref = population_name(population)
    right = next((each for each in snapshot.put_right if each.ref == ref), None)
    value = count_inhabitants(population.count)
    return Account(
        ref,
        f"Invånare i {name_municipality(snapshot, population.municipality)}"
        f" {format_day(population.as_of)}",
        value,
        printed=format_number(int(right.printed) if right else population.count),
        precision="på en invånare när",
        place=name_place(population.source),
        notes=(corrected.describe_put_right(right, value),) if right else (),
    )


def count_inhabitants(count: int) -> str:
    """ "26 353 invånare"."""
    return f"{format_number(count)}{SPACE}invånare"


def _of_share(snapshot: Snapshot, collaboration: str, code: str) -> Account | None:
    split = key_split(snapshot, collaboration)
    if split is not None and code == TOTAL:
        return _of_payers_share(snapshot, split)
    if split is None or code not in split.shares:
        return None
    steps = key_steps(split)
    member = next(member for member in steps.members if member.municipality == code)
    population = account_for(snapshot, population_ref(code, split.counted_on))
    who = genitive(name_municipality(snapshot, code))
    return Account(
        share_ref(collaboration, code),
        f"{name_collaboration(snapshot, collaboration)}: {who} andel enligt nyckeln",
        format_share(member.share),
        "härledd",
        rule=_describe_share(split, member, steps.everybody),
        inputs=(population,) if population else (),
        notes=(f"Nyckeln står i {name_place(split.key.source)}.",),
    )


def _of_payers_share(snapshot: Snapshot, split: KeySplit) -> Account:
    """The part of the whole that the municipalities with a stated amount have together."""
    collaboration = split.key.collaboration
    shares = (_of_share(snapshot, collaboration, code) for code in split.stated)
    return Account(
        share_ref(collaboration, TOTAL),
        f"{name_collaboration(snapshot, collaboration)}: kommunernas andel tillsammans enligt"
        " nyckeln",
        format_share(key_steps(split).payers_share),
        "härledd",
        rule="Summan av andelarna för de kommuner som ett papper anger belopp för.",
        inputs=tuple(account for account in shares if account),
    )


def _describe_share(split: KeySplit, member: MemberShare, everybody: int) -> str:
    return (
        f"{describe_key(split.key)}. {describe_parts(member)}. Medlemmarna har"
        f" tillsammans {count_inhabitants(everybody)} ({format_day(split.counted_on)})."
    )


def _shares_behind(snapshot: Snapshot, ref: str) -> tuple[Account, ...]:
    """The shares that an amount by an allocation key rests on beside the stated amounts."""
    area, *names = ref.split(":")
    split = key_split(snapshot, names[0]) if area == "key" else None
    if split is None:
        return ()
    found = [_of_share(snapshot, names[0], code) for code in split.stated]
    return tuple(account for account in found if account)


def _of_ratio(snapshot: Snapshot, ref: str, found: Ratio) -> Account:
    return Account(
        ref,
        found.name,
        found.text,
        UNKNOWN_MARK if found.value is None else "härledd",
        rule=found.rule,
        inputs=tuple(account_of(snapshot, figure) for figure in found.inputs),
        notes=tuple(describe_claim(claim) for claim in snapshot.claims_about(ref)),
    )


def _of_claims(snapshot: Snapshot, ref: str) -> Account | None:
    """A statement that is no amount: only what the papers say of it, and where."""
    claims = snapshot.claims_about(ref)
    if not claims:
        return None
    name = _name_claim(snapshot, ref)
    said = tuple(dict.fromkeys(claim.printed for claim in claims))
    value = said[0] if len(said) == 1 else f"papperen säger olika: {' och '.join(said)}"
    return Account(ref, name, value, notes=tuple(describe_claim(claim) for claim in claims))


def _name_claim(snapshot: Snapshot, ref: str) -> str:
    *subject, last = ref.split(":")
    if last not in _STATEMENTS:
        return name_quantity(snapshot, ref)
    if subject[0] == "appendix":
        return f"{subject[1].capitalize()}: {_STATEMENTS[last]}"
    project = next((p for p in snapshot.projects if p.key in subject), None)
    who = name_project(project) if project else "Driftbudget"
    return f"{who}: {_STATEMENTS[last]}"
