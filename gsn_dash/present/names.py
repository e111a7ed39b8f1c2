"""What a quantity, a project or a place is called on screen."""

from __future__ import annotations

from gsn_dash.domain.figures import SourceRef
from gsn_dash.domain.refs import TOTAL
from gsn_dash.domain.snapshot import Occasion, Project, Snapshot
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
_FLAGS = {
    "action_plan:has_actions": "Handlingsplanen har åtgärder",
    "forecast:no_deviation": "Inga avvikelser vid årets slut",
}


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
    """ "tillfälle 2, 2023"."""
    return f"tillfälle{SPACE}{occasion.number}, {occasion.year}"


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
    """ "E-dala"; the key itself where it has no name."""
    return next((c.name for c in snapshot.collaborations if c.key == key), key)


def name_quantity(snapshot: Snapshot, ref: str) -> str:
    """What a figure is, in words: "Kostnader, utfall januari–april 2023"."""
    area, *names = ref.split(":")
    namers = {
        "operating": _name_operating,
        "investment": _name_investment,
        "collaboration": _name_contribution,
        "key": _name_by_key,
        "demand": _name_demand,
    }
    if ref in _FLAGS:
        return _FLAGS[ref]
    return namers[area](snapshot, *names) if area in namers else names[0].capitalize()


def _name_operating(
    snapshot: Snapshot, subject: str, item: str, span: str, measure: str = ""
) -> str:
    when = name_period(snapshot.occasion) if span == "period" else f"helår {snapshot.occasion.year}"
    if subject == "rest":
        return f"{ITEMS[item]} som inget förklarar, avvikelse {when}"
    who = name_subject(snapshot, subject)
    what = f"{who}: {ITEMS[item].lower()}" if who else ITEMS[item]
    return f"{what}, {MEASURES.get(measure, measure)} {when}"


def _name_investment(snapshot: Snapshot, key: str, measure: str) -> str:
    found = next((p for p in snapshot.projects if p.key == key), None)
    who = name_project(found) if found else "Investeringar, alla projekt"
    return f"{who}: {MEASURES.get(measure, measure)}"


def _name_contribution(snapshot: Snapshot, collaboration: str, payer: str) -> str:
    if collaboration == TOTAL:
        return f"Summa för {name_municipality(snapshot, payer)}"
    name = name_collaboration(snapshot, collaboration)
    who = "kommunerna tillsammans" if payer == TOTAL else name_municipality(snapshot, payer)
    return f"{name}: {who}"


def _name_by_key(snapshot: Snapshot, collaboration: str, payer: str) -> str:
    name = name_collaboration(snapshot, collaboration)
    if payer == TOTAL:
        return f"{name}: hela samarbetets kostnad enligt nyckeln"
    return f"{name}: {name_municipality(snapshot, payer)} enligt nyckeln"


def _name_demand(_snapshot: Snapshot, item: str, part: str) -> str:
    return f"{ITEMS[item]}, {_DEMANDS[part]}"


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
