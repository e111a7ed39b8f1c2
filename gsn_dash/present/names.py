"""What a quantity, a project or a place is called on screen."""

from __future__ import annotations

from gsn_dash.domain.figures import SourceRef
from gsn_dash.domain.refs import REST, TOTAL
from gsn_dash.domain.snapshot import Claim, Occasion, Project, Snapshot
from gsn_dash.present.numbers import SPACE, format_day, format_months

ITEMS = {
    "revenue": "Intäkter",
    "cost": "Kostnader",
    "net": "Nettokostnad",
    "other_cost": "Övriga verksamhetskostnader",
}
MEASURES = {
    "budget": "budget",
    "outcome": "utfall",
    "forecast": "prognos",
    "deviation": "avvikelse",
    "original": "grundbudget",
    "carried_over": "överfört från året före",
    "extra": "extra beviljat",
    "appropriation": "anslag",
    "left": "kvar vid årets slut",
    "outcome_deviation": "utfallets avvikelse mot anslaget",
    "forecast_deviation": "prognosens avvikelse mot anslaget",
    "outcome_utilisation": "bokfört i procent av anslaget",
    "forecast_utilisation": "prognos i procent av anslaget",
}
_DEMANDS = {
    "rest": "kvar av prognosen för resten av året",
    "rest_budget": "budget för resten av året",
    "so_far": "i snitt per månad hittills",
    "needed": "i snitt per månad resten av året enligt prognosen",
}
_PACES = {
    "so_far": "bokfört i snitt per månad hittills",
    "forecast": "i snitt per månad resten av året för att nå prognosen",
    "appropriation": "i snitt per månad resten av året för att använda hela anslaget",
}
_FLAGS = {
    "action_plan:has_actions": "Handlingsplanen har åtgärder",
    "forecast:no_deviation": "Inga avvikelser vid årets slut",
}
_STATEMENTS = {
    "why": "skälet till avvikelsen",
    "not_started": "kan inte startas",
    "referred": "papperen hänvisar till den",
    "listed": "finns i listan över bilagor",
    "attached": "är bifogad",
}
_LEFT_OVER = {"rounding": "Avrundning", "mismatch": "Skillnad mellan papperens siffror"}
_NAMELESS = "En uppgift som programmet inte känner"


def name_period(occasion: Occasion) -> str:
    """ "januari–april 2023"."""
    return f"{format_months(occasion.period_start, occasion.period_end)} {occasion.year}"


def name_rest_of_year(occasion: Occasion) -> str:
    """ "maj–december"; empty where the period ends with the year."""
    if not occasion.months_left:
        return ""
    end = occasion.period_end
    start = end.replace(month=end.month + 1, day=1)
    return format_months(start, end.replace(month=12, day=31))


def name_occasion(occasion: Occasion) -> str:
    """ "tillfälle 2, 2023", or of a year that is over "bokslut 2023"."""
    if occasion.is_closing:
        return f"bokslut{SPACE}{occasion.year}"
    return f"tillfälle{SPACE}{occasion.number}, {occasion.year}"


def name_plan(occasion: Occasion) -> str:
    """What the outcome is held against: "periodens budget", of a whole year "årets budget"."""
    return "årets budget" if occasion.is_closing else "periodens budget"


def name_followed(occasion: Occasion) -> str:
    """ "Uppföljning tillfälle 2, 2023", or of a year that is over "Bokslut 2023"."""
    name = name_occasion(occasion)
    return name.capitalize() if occasion.is_closing else f"Uppföljning {name}"


def name_subject(snapshot: Snapshot, subject: str) -> str:
    """An activity or group as "031 Digitalisering och innovation"; the whole is empty."""
    if subject == TOTAL:
        return ""
    found = next((a for a in snapshot.activities if a.key == subject), None)
    if found is None:
        return subject
    return " och ".join(found.members) if found.members else f"{found.key} {found.name}"


def name_project(project: Project) -> str:
    """ "0003 365 digital arbetsplats"; a group has its codes after its name."""
    codes = ", ".join(project.codes)
    if project.is_group:
        return f"{project.name} ({codes})"
    return f"{codes} {project.name}" if codes else project.name


def name_municipality(snapshot: Snapshot, code: str) -> str:
    """ "Ludvika"; the code itself where it has no name."""
    found = snapshot.municipalities.get(code)
    return found.name if found else code


def name_collaboration(snapshot: Snapshot, key: str) -> str:
    """ "E-dala"; in words that it is not among the figures where it has no name."""
    found = next((c.name for c in snapshot.collaborations if c.key == key), None)
    return found or "ett samarbete som inte finns bland uppgifterna"


def name_quantity(snapshot: Snapshot, ref: str) -> str:
    """What a figure or a statement is, in words: "Kostnader, utfall januari–april 2023".

    A name that is none gets words that say so; nothing is raised.
    """
    area, *names = ref.split(":")
    namers = {
        ("operating", 4): _name_operating,
        ("investment", 2): _name_investment,
        ("collaboration", 2): _name_contribution,
        ("key", 2): _name_by_key,
        ("demand", 2): _name_demand,
        ("pace", 1): _name_pace,
        ("appendix", 1): _name_appendix,
        ("appendix", 2): _name_appendix,
    }
    if ref in _FLAGS:
        return _FLAGS[ref]
    namer = namers.get((area, len(names)))
    return namer(snapshot, *names) if namer else _NAMELESS


def quote_reason(claim: Claim) -> str:
    """The paper's own words for a reason, in quotation marks: "Papperet: ”…”."."""
    return f"Papperet: ”{claim.value}”."


def _name_operating(snapshot: Snapshot, subject: str, item: str, span: str, measure: str) -> str:
    when = name_period(snapshot.occasion) if span == "period" else f"helår {snapshot.occasion.year}"
    if subject == REST:
        rest = f"{ITEMS[item]} som inget förklarar" if item in ITEMS else _LEFT_OVER.get(item)
        return f"{rest}, avvikelse {when}" if rest else _NAMELESS
    what = MEASURES.get(measure) or _STATEMENTS.get(measure)
    if item not in ITEMS or span not in ("period", "year") or not what:
        return _NAMELESS
    who = name_subject(snapshot, subject)
    return f"{f'{who}: {ITEMS[item].lower()}' if who else ITEMS[item]}, {what} {when}"


def _name_investment(snapshot: Snapshot, key: str, measure: str) -> str:
    found = next((p for p in snapshot.projects if p.key == key), None)
    what = MEASURES.get(measure) or _STATEMENTS.get(measure)
    if not what:
        return _NAMELESS
    if key == TOTAL:
        return f"Investeringar, alla projekt: {what}"
    return f"{name_project(found) if found else 'Ett projekt utan uppgifter'}: {what}"


def _name_appendix(_snapshot: Snapshot, name: str, state: str = "") -> str:
    title = f"{name[:1].upper()}{name[1:]}"
    return f"{title}: {_STATEMENTS[state]}" if state in _STATEMENTS else title


def _name_contribution(snapshot: Snapshot, collaboration: str, payer: str) -> str:
    if collaboration == TOTAL:
        return f"Summa för {name_municipality(snapshot, payer)}"
    name = name_collaboration(snapshot, collaboration)
    name = f"{name[:1].upper()}{name[1:]}"
    who = "kommunerna tillsammans" if payer == TOTAL else name_municipality(snapshot, payer)
    return f"{name}: {who}"


def _name_by_key(snapshot: Snapshot, collaboration: str, payer: str) -> str:
    name = name_collaboration(snapshot, collaboration)
    if payer == TOTAL:
        return f"{name}: hela samarbetets kostnad enligt nyckeln"
    return f"{name}: {name_municipality(snapshot, payer)} enligt nyckeln"


def _name_demand(_snapshot: Snapshot, item: str, part: str) -> str:
    is_known = item in ITEMS and part in _DEMANDS
    return f"{ITEMS[item]}, {_DEMANDS[part]}" if is_known else _NAMELESS


def _name_pace(_snapshot: Snapshot, part: str) -> str:
    return f"Investeringar, {_PACES[part]}" if part in _PACES else _NAMELESS


def name_place(source: SourceRef) -> str:
    """Where in a paper, as a reader would look: title, date, section, row, column, page."""
    document = source.document
    parts = [document.title]
    if document.dated:
        parts[0] += f" (daterad {format_day(document.dated)})"
    parts += [part for part in (source.section, source.row, source.column) if part]
    if source.page:
        parts.append(f"sidan {source.page}")
    elif document.pages:
        parts.append(f"sidorna {document.pages.replace(' - ', '–')} i kallelsen")
    return ", ".join(parts)


def name_year(year: int | None) -> str:
    """ "2023", or that the paper names none."""
    return str(year) if year else "år anges inte"
