"""The document about the open data: where it is, what each column means, on what terms."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present import open_data as words
from gsn_dash.present.open_data import RESOURCES, Field, Resource
from gsn_dash.report.open_description import ROOT
from gsn_dash.web.document import plain_document

_TYPES = {"string": "text", "number": "tal", "integer": "heltal", "date": "datum (ÅÅÅÅ-MM-DD)"}
_TERMS = (
    "Det som ingen vet är tomt (null i JSON), aldrig noll, och då säger kolumnen orsak varför."
    " En summa där något saknas är också okänd; kolumnen minst säger vad som är känt.",
    "Belopp är i kronor, på öret. Driftbudgetens kostnader är minus. En avvikelse är utfall eller"
    " prognos minus budget eller anslag: i driftbudgeten är plus bättre än budget.",
    "Uppgiftens namn (id) är detsamma från tillfälle till tillfälle, och adresserna ligger fast:"
    " det som inte går att ändra utan att något slutar fungera får en ny version i adressen (v2).",
)


def open_data_document(occasion: Occasion | None, places: Sequence[tuple[int, int]]) -> str:
    """The whole document; `occasion` is the latest, `places` all of them by year and number."""
    tables = "\n".join(_render_resource(resource) for resource in RESOURCES.values())
    terms = "".join(f"<li>{escape(text)}</li>" for text in _TERMS)
    return plain_document(
        "Öppna data",
        f"""<p>{escape(words.DESCRIPTION)} Här är siffrorna som gäller, för program och kalkylark.
      {escape(words.LICENCE_TITLE)}
      (<a href="{words.LICENCE_URL}">villkoren</a>).</p>
      <h2>Så läses de</h2>
      <ul>{terms}</ul>
      {_render_occasions(occasion, places)}
      <h2>Tabellerna</h2>
      {tables}
      <h2>För program</h2>
      <ul>
        <li><a href="{ROOT}/datapackage.json">datapackage.json</a>: tabellernas kolumner, typer
        och enheter (Frictionless Data Package med Table Schema).</li>
        <li><a href="{ROOT}/tillfallen.json">tillfallen.json</a>: de tillfällen som finns.</li>
        <li><a href="{ROOT}/katalog.jsonld">katalog.jsonld</a>: datamängderna i DCAT.</li>
      </ul>
      <p>Adresserna svarar med ETag: fråga med If-None-Match, så skickas bara det som är nytt.
      CSV har semikolon, decimalkomma och UTF-8.</p>
      <p><a href="/">Till Översikt</a></p>""",
    )


def _render_occasions(occasion: Occasion | None, places: Sequence[tuple[int, int]]) -> str:
    if occasion is None:
        return "<p>Det finns inga uppgifter att hämta än.</p>"
    latest = f"{occasion.year}-{occasion.number}"
    links = ", ".join(
        f'<a href="{ROOT}/uppgifter.json?tillfalle={year}-{number}">{year}-{number}</a>'
        for year, number in places
    )
    others = f" De som finns: {links}." if len(places) > 1 else ""
    return (
        "<h2>Tillfällen</h2><p>Utan något efter adressen kommer det senaste tillfället,"
        f" {latest}. Med ?tillfalle={latest} kommer alltid just det.{others}</p>"
    )


def _render_resource(resource: Resource) -> str:
    address = f"{ROOT}/{resource.name}"
    rows = "".join(map(_render_field, resource.fields))
    return f"""<h3 id="{resource.name}">{escape(resource.title)}</h3>
      <p>{escape(resource.meaning)}</p>
      <p>{_link(address, "json", resource)} · {_link(address, "csv", resource)}</p>
      <details><summary>Kolumnerna i {escape(resource.title.lower())}</summary>
      <div class="gsn-scroll" role="region" tabindex="0" aria-label="{escape(resource.title)}">
      <table class="gsn-table"><thead><tr><th scope="col">Kolumn</th><th scope="col">Slag</th>
      <th scope="col">Vad den är</th></tr></thead><tbody>{rows}</tbody></table></div></details>"""


def _link(address: str, ending: str, resource: Resource) -> str:
    """The kind of file, and for who hears the links one by one also of what."""
    about = f'<span class="gsn-hidden">{escape(resource.title)}</span>'
    return f'<a href="{address}.{ending}">{ending.upper()}{about}</a>'


def _render_field(field: Field) -> str:
    values = f" En av: {', '.join(field.values)}." if field.values else ""
    can = "" if field.must else " Kan vara tom."
    return (
        f'<tr><th scope="row">{escape(field.name)}</th><td>{_TYPES[field.type]}</td>'
        f"<td>{escape(field.meaning)}{escape(values)}{can}</td></tr>"
    )
