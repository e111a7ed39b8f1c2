"""Open data in Swedish: what each table and column of it is called and means."""

from __future__ import annotations

from dataclasses import dataclass

STATED, DERIVED, UNKNOWN = "angiven", "härledd", "okänd"
AREAS = {
    "operating": "driftbudget",
    "demand": "driftbudget",
    "investment": "investeringar",
    "pace": "investeringar",
    "collaboration": "samarbeten",
    "key": "samarbeten",
    "share": "samarbeten",
    "paid": "samarbeten",
}
KR, RATIO = "kr", "andel"
YES, NO = "ja", "nej"
TITLE = "GSN ekonomi: öppna data"
DESCRIPTION = (
    "Gemensamma servicenämndens ekonomiska uppföljning: driftbudget, investeringar och"
    " Dalarnas samarbeten, med källa till varje siffra."
)
LICENCE = "CC0-1.0"
LICENCE_TITLE = "Creative Commons CC0 1.0: fritt att använda"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True)
class Field:
    """A column: its name, its type in Table Schema, what it means, and the values it may have.

    `must` is whether it always has a value; what is not known is null, never zero.
    """

    name: str
    type: str
    meaning: str
    must: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    """A table of open data by the name that its address has; `key` is what tells rows apart."""

    name: str
    title: str
    meaning: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]


FIGURES = Resource(
    "uppgifter",
    "Uppgifter",
    "Varje belopp och andel som gäller för tillfället, tryckt eller härledd.",
    (
        Field("id", "string", "Uppgiftens namn, detsamma från tillfälle till tillfälle.", True),
        Field(
            "omrade",
            "string",
            "Vilken del av ekonomin.",
            True,
            tuple(dict.fromkeys(AREAS.values())),
        ),
        Field("namn", "string", "Vad uppgiften är, i ord.", True),
        Field(
            "varde",
            "number",
            "Beloppet i kronor, på öret, eller andelen av 1. Tomt där det är okänt, aldrig noll."
            " Driftbudgetens kostnader är minus. En avvikelse är utfall eller prognos minus budget"
            " eller anslag.",
        ),
        Field("enhet", "string", "Vad värdet räknas i.", True, (KR, RATIO)),
        Field(
            "status",
            "string",
            "Om ett papper anger uppgiften, en regel ger den eller ingen vet den.",
            True,
            (STATED, DERIVED, UNKNOWN),
        ),
        Field("orsak", "string", "Varför värdet är okänt."),
        Field("minst", "number", "Summan av det som är känt, där en summa saknar en del."),
        Field("noggrannhet", "number", "Steget, i kronor, som beloppet är avrundat till."),
        Field(
            "cirka",
            "string",
            "Om papperet självt säger att beloppet är ungefärligt (ca).",
            values=(YES, NO),
        ),
        Field("tryckt", "string", "Precis som det står i papperet."),
        Field("papper", "string", "Papperets nyckel, se tabellen papper."),
        Field("plats", "string", "Var i papperet: avsnitt, rad och kolumn."),
        Field("sida", "integer", "Sidan, där den är känd."),
        Field("regel", "string", "Hur en härledd uppgift följer av andra."),
        Field("bygger_pa", "string", "De uppgifter som regeln bygger på, åtskilda med blanksteg."),
    ),
    ("id",),
)
_BY_NAME = {field.name: field for field in FIGURES.fields}
_OF_STATED = ("orsak", "noggrannhet", "cirka", "tryckt", "papper", "plats", "sida")
TOTALS = Resource(
    "summor",
    "Tryckta summor",
    "Varje summa och avvikelse precis som papperen trycker den, även där delarna ger en annan: den"
    " som gäller står under samma id i tabellen uppgifter.",
    (
        *(_BY_NAME[name] for name in ("id", "omrade", "namn")),
        Field("varde", "number", "Det tryckta beloppet i kronor. Tomt där det inte anges."),
        Field("enhet", "string", "Vad värdet räknas i.", True, (KR,)),
        *(_BY_NAME[name] for name in _OF_STATED),
    ),
    ("id",),
)
POPULATIONS = Resource(
    "invanare",
    "Invånare",
    "Folkmängd i Dalarnas kommuner enligt SCB, som fördelningsnyckeln räknar med.",
    (
        Field("kommunkod", "string", "SCB:s kod med fyra siffror.", True),
        Field("kommun", "string", "Kommunens namn.", True),
        Field("datum", "date", "Dagen som folkmängden gäller.", True),
        Field("antal", "integer", "Antal invånare.", True),
        Field("papper", "string", "Källans nyckel, se tabellen papper.", True),
    ),
    ("kommunkod", "datum"),
)
DOCUMENTS = Resource(
    "papper",
    "Papper",
    "De papper och tabeller som uppgifterna är hämtade ur.",
    (
        Field("nyckel", "string", "Papperets namn i de andra tabellerna.", True),
        Field("titel", "string", "Papperets rubrik.", True),
        Field("slag", "string", "Vad för slags papper.", True),
        Field("daterat", "date", "Papperets datum, där det anges."),
        Field("sidor", "string", "Sidorna i kallelsen, där de anges."),
    ),
    ("nyckel",),
)
CONTROLS = Resource(
    "kontroller",
    "Kontroller",
    "Vad som kontrollerats i papperen, och hur det gick.",
    (
        Field("id", "string", "Kontrollens namn.", True),
        Field("kontroll", "string", "Vad som jämförs.", True),
        Field("resultat", "string", "Hur det gick.", True),
        Field("forklaring", "string", "Vad kontrollen visar, i ord.", True),
        Field("uppgift", "string", "Den uppgift som kontrollen gäller.", True),
        Field("svar", "string", "Vad någon har svarat på kontrollen, där någon har det."),
        Field("svarsdag", "date", "Dagen som svaret gavs."),
        Field(
            "svar_aktuellt",
            "string",
            "Om svaret gavs på samma siffror som nu gäller.",
            values=(YES, NO),
        ),
    ),
    ("id",),
)
RESOURCES = {found.name: found for found in (FIGURES, TOTALS, POPULATIONS, DOCUMENTS, CONTROLS)}
