"""What the spread rests on, in words: each assumption with its source, and how it is counted."""

from __future__ import annotations

from decimal import Decimal

from gsn_dash.present.numbers import SPACE, format_number, format_percent

# The labels of the sliders, by the name of the assumption.
LABELS = {
    "cost": "Årets kostnader: hur långt från prognosen kan de hamna i 8 fall av 10?",
    "revenue": "Årets intäkter: hur långt från prognosen kan de hamna i 8 fall av 10?",
    "completion": "Investeringar: hur stor del av anslaget brukar bli använd?",
    "completion_width": "Hur mycket skiljer den delen i 8 fall av 10?",
}
# Where each starting point is from. Nothing here is evidence for the board.
SOURCES = {
    "cost": (
        f"Utgångsläget, ±{SPACE}9{SPACE}%, är ett antagande och inget bevis för GSN. Så mycket"
        " skilde det efter fyra månader för 88 förvaltningar i en amerikansk stad."
    ),
    "revenue": (
        f"Utgångsläget, ±{SPACE}0{SPACE}%, är ett antagande: intäkterna antas bli som prognosen."
    ),
    "completion": (
        f"Utgångsläget, 50{SPACE}%, är ett antagande: några få svenska kommuner redovisar att"
        " ungefär hälften av årets investeringsplan blir av."
    ),
    "completion_width": (
        f"Utgångsläget, ±{SPACE}20{SPACE}procentenheter, är ett antagande utan källa."
    ),
}
NOT_EVIDENCE = (
    "Ingen vet i förväg hur fel prognosen är. Det här är ett räkneexempel: så kan året sluta om"
    " osäkerheten är så stor som reglagen säger."
)
ROUGH = "Talen är ungefärliga. Fler decimaler skulle inte göra dem sannare."


def say_width(name: str, percent: int) -> str:
    """A slider's position as text: "± 9 %", "50 %", "± 20 procentenheter"."""
    if name == "completion":
        return format_percent(Decimal(percent) / 100)
    if name == "completion_width":
        return f"±{SPACE}{percent}{SPACE}procentenheter"
    return f"±{SPACE}{percent}{SPACE}%"


def describe_scaling(assumed: int, width: Decimal, months_left: int) -> str:
    """How an assumed width has shrunk with the months left; empty where it is the assumed one."""
    if width == assumed:
        return ""
    return (
        f"Bredden gäller efter fyra månader. Nu är {_months(months_left)} kvar av året, så den är"
        f" ungefär ±{SPACE}{format_number(width)}{SPACE}%."
    )


def _months(count: int) -> str:
    return f"{count}{SPACE}{'månad' if count == 1 else 'månader'}"


def describe_history(errors: int, learned: Decimal | None, months: int) -> str:
    """What the board's own forecasts teach: nothing yet, too few, or the width that is used."""
    if learned is not None:
        return (
            f"Bredden för kostnaderna, ±{SPACE}{format_number(learned)}{SPACE}%, bygger på"
            f" {errors} egna tillfällen: i minst 8 av 10 av dem blev årets kostnader så nära"
            f" prognosen efter {_months(months)}."
        )
    if not errors:
        return (
            "Det finns inga egna årsslut att lära av än: inget tidigare tillfälle i databasen har"
            " både en prognos och ett helårsutfall. Därför börjar reglagen i antaganden."
        )
    named = "eget tillfälle" if errors == 1 else "egna tillfällen"
    return (
        f"Det finns {errors} {named} efter {_months(months)} med ett helårsutfall, för få för att"
        " lära av. Därför börjar reglagen i antaganden."
    )


def counted_dots(draws: int) -> str:
    """What the dots are."""
    return (
        f"Datorn drar {format_number(Decimal(draws))} möjliga årsslut, ordnar dem efter storlek och"
        " delar dem i tjugo lika stora delar. Varje punkt är mitten av en del, så alla punkter är"
        " lika troliga. Samma antaganden ger samma punkter för alla."
    )


def counted_operating(learned: bool) -> tuple[str, ...]:
    """How the year-ends of the operating budget are drawn, one sentence each."""
    shrinks = (
        "Bara månaderna som är kvar kan bli annorlunda, och bredden är den som egna prognoser med"
        " lika många månader kvar har visat."
        if learned
        else "Bara månaderna som är kvar kan bli annorlunda. Därför minskar bredden i takt med dem"
        " och är noll när året är slut."
    )
    return (
        "Driftbudgetens prognos är mitten, och kostnader och intäkter varierar oberoende av"
        " varandra.",
        shrinks,
        "Det som är bokfört kan inte bli ogjort: inget årsslut har lägre kostnader eller intäkter"
        " än utfallet hittills.",
        "Vägen från utfallet till årets slut är ritad rak. I verkligheten kommer fakturor ojämnt.",
    )


def counted_investing() -> tuple[str, ...]:
    """How the year-ends of the investment money are drawn, one sentence each."""
    return (
        "Investeringarna utgår från anslaget och den del som brukar bli använd, inte från"
        " prognosen. Ett projekt som ändras i Tänk om flyttar därför prognosens streck men inte"
        " punkterna.",
        "Inget årsslut har mindre använt än det som redan är bokfört.",
    )


_SHORT_MONTHS = "jan feb mar apr maj jun jul aug sep okt nov dec".split()


def short_month(month: int) -> str:
    """ "apr" for 4."""
    return _SHORT_MONTHS[month - 1]
