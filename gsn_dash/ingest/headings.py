"""The words of headings and labels: what Swedish municipalities call what we know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gsn_dash.ingest import meanings
from gsn_dash.ingest.meanings import IGNORE, Meaning, operating_meaning

_LONGEST = 400
_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2212]")
_NOTES = re.compile(
    r"(?:(?<=\w)|\s)(?:[\u00b9\u00b2\u00b3\u2070-\u2079]+\)?|\*+\)?|†|‡|(?<!\d)\s?\(?[0-9]\)|\s?\[[0-9]\])+$"
)
_ITEMS = (
    ("net", re.compile(r"\bnetto|\bresultat")),
    ("other_cost", re.compile(r"\bövriga verksamhetskost")),
    ("revenue", re.compile(r"\bintäkt")),
    # A cost centre (kostnadsställe) is whom the figures are about, and not what they are.
    ("cost", re.compile(r"\b(?:brutto)?kostn(?!adsst|adsb|st)")),
)
_ITEM_LABEL = re.compile(
    r"(?:(?:summa|s:a|totala?|totalt|verksamhetens) )*(?:intäkter|intäkt|(?:brutto)?kostnader|"
    r"kostnad|netto(?:kostn\w*|resultat|utfall)?|(?:årets )?resultat|övriga verksamhetskostn\w*)"
    r"(?: totalt?)?\.?"
)
_SUM_WORD = r"(?:summa|totala?|totalt|totalsumma|slutsumma|s:a|samtliga|σ|∑)"
_SUM_WORDED = re.compile(rf"(?:{_SUM_WORD}|verksamhetens|årets)\b.*|.*\btotalt?")
_BOTH_ITEMS = re.compile(
    r"intäkt\w* ?(?:och|samt|/|&) ?kostn|kostn\w* ?(?:och|samt|/|&) ?intäkt"
)
_MEASURES = (
    ("deviation", re.compile(r"avvik|\bavv\b|differens|\bdiff\b|skillnad")),
    ("forecast", re.compile(r"prognos|\bprog\b")),
    ("outcome", re.compile(r"utfall|bokfört|bokslut|redovisat|\butf\b")),
    ("budget", re.compile(r"budget|\bbud\b|\bram\b")),
)
_MONTH = r"(?:jan|feb|mars?|apr|maj|juni?|juli?|aug|sep|okt|nov|dec)\w*"
_WHOLE_YEAR = re.compile(
    r"helår|årsbudget|årsprognos|för året|hela året|\båret\b|jan\w* ?- ?dec|\bår \d{4}"
)
_PART = re.compile(
    rf"{_MONTH} ?- ?{_MONTH}|period|\back|hittills|\bt\.?o\.?m|delår|tertial|kvartal|\bmån"
)
_BEFORE = re.compile(r"\bföreg\w*|\bfg\.? ?år|\bf\.? ?å(?:r|\b)|förra (?:året|prognos)|\bfjol")
_SHARE = re.compile(r"%|procent|\bandel\b|grad\b|index")
_NOTE = re.compile(
    r"kommentar|anmärkning|\bnot\b|orsak|förklaring|status|ansvarig|start|slut(?!lig)"
)
_CODE = re.compile(r"(?:\w* ?)?(?:kod|nr|nummer|id|projektnr|vhtnr)\.?")
_SUBJECT = re.compile(r"verksamhet|\bvht\b|ansvar|\benhet|avdelning|benämning|nämnd|\bnamn\b")
_CODE_OR_NAME = re.compile(r"vht|vh|verksamhet|ansvar|enhet|kostnadsställe|kst|projekt|objekt")
_PLAIN_ITEM = re.compile(r"\bpost\b|slag\b|^typ$|intäkt\w*/kostn")
_TOTAL = re.compile(
    rf"{_SUM_WORD}(?:\W.*)?|.*\b(?:totalt?|summa)|alla(?: projekt| verksamheter)?"
    r"|(?:hela )?(?:gemensamma service)?nämnden|gsn|it-center"
)
_SUM_WORDS = re.compile(rf"^{_SUM_WORD}(?!\w)\W*|\W*\b(?:totalt?|summa)$")
_SUBTOTAL = re.compile(r"\bdel ?summ")
_PART_ROW = re.compile(r"^[-•·\s]*(?:varav|därav|av vilket|i detta ingår|här ingår)\b")
_KINDS_OF_COST = re.compile(
    r"kostnad|intäkt|avgift|bidrag|\blön|personal|hyror|lokal|material|tjänst|avskrivning|ränta"
    r"|köp av"
)


def plain(text: str) -> str:
    """A text to be compared: small letters, one kind of dash and space, no footnote marks.

    Of a long text only its beginning, where a heading or a label has its words.
    """
    return _plain(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    spaced = " ".join(_DASHES.sub("-", text.replace("\u00ad", "")).casefold().split())
    return _NOTES.sub("", spaced).strip(" :.")


def item_of(text: str) -> str:
    """revenue, cost, net or other_cost where the text speaks of one of them, otherwise empty."""
    found = plain(text)
    if names_both_items(found):
        return ""
    return next((item for item, pattern in _ITEMS if pattern.search(found)), "")


def names_both_items(text: str) -> bool:
    """Whether a text speaks of revenue and costs together, so that it says neither."""
    return bool(_BOTH_ITEMS.search(plain(text)))


def label_item(label: str) -> str:
    """The item that a row's label is ("Summa kostnader"), empty where it is something else."""
    found = plain(label)
    return item_of(found) if _ITEM_LABEL.fullmatch(found) else ""


def is_total(label: str) -> bool:
    """Whether a row is the sum of the table."""
    found = plain(label)
    return bool(_TOTAL.fullmatch(found)) and not is_subtotal(label) and not label_item(label)


def is_subtotal(label: str) -> bool:
    """Whether a row is a sum of some rows of the table."""
    return bool(_SUBTOTAL.search(plain(label)))


def sum_of(label: str) -> str:
    """What a sum row says that it is the sum of, in plain words; empty where it says nothing."""
    return _SUM_WORDS.sub("", plain(label))


def is_sum_worded(label: str) -> bool:
    """Whether the label of an item speaks of a sum: "Summa kostnader" and not "Kostnader"."""
    return bool(_SUM_WORDED.fullmatch(plain(label)))


def is_part(label: str) -> bool:
    """Whether a row repeats some of the row above it ("varav …"), and is not to be summed."""
    return bool(_PART_ROW.match(plain(label)))


def is_kind_of_cost(label: str) -> bool:
    """Whether a label names a kind of cost or revenue rather than an activity."""
    return bool(_KINDS_OF_COST.search(plain(label)))


def is_code_heading(text: str) -> bool:
    """Whether a heading stands over codes or numbers of rows."""
    return bool(_CODE.fullmatch(plain(text)))


def is_code_or_name(text: str) -> bool:
    """Whether a heading may stand over codes of activities as well as over their names."""
    return bool(_CODE_OR_NAME.fullmatch(plain(text)))


def is_subject_heading(text: str) -> bool:
    """Whether a heading stands over names of activities."""
    return bool(_SUBJECT.search(plain(text)))


def is_item_heading(text: str) -> bool:
    """Whether a heading stands over words like Intäkter and Kostnader."""
    return bool(_PLAIN_ITEM.search(plain(text)))


def is_ignored(text: str) -> bool:
    """Whether a heading stands over shares, remarks or the like, which are not read."""
    found = plain(text)
    return bool(_SHARE.search(found) or (_NOTE.search(found) and not measure_of(found)))


def measure_of(text: str) -> str:
    """budget, outcome, forecast or deviation where the text speaks of one, otherwise empty."""
    found = plain(text)
    return next((measure for measure, pattern in _MEASURES if pattern.search(found)), "")


def span_of(text: str) -> str:
    """period or year where the text tells, otherwise empty."""
    found = plain(text)
    if _WHOLE_YEAR.search(found):
        return "year"
    return "period" if _PART.search(found) else ""


def is_of_before(text: str) -> bool:
    """Whether a heading speaks of the year or the follow-up before, without naming it."""
    return bool(_BEFORE.search(plain(text)))


def years_in(text: str) -> set[int]:
    """The years that a text names."""
    return {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)}


def operating_of(text: str) -> Meaning:
    """An amount of the operating budget by its heading; the span may still be empty."""
    measure = measure_of(text)
    if not measure or is_ignored(text) or is_of_before(text):
        return IGNORE
    span = {"outcome": "period", "forecast": "year"}.get(measure) or span_of(text)
    if measure == "deviation" and not span and "prognos" in plain(text):
        span = "year"
    if measure == "deviation" and not span and "utfall" in plain(text):
        span = "period"
    return operating_meaning(item_of(text), span, measure)


_INVESTMENTS = (
    ("left", r"\bkvar|återst|överskott|oförbruk|ej förbruk|ej upparbet|\brest\b"),
    ("carried_over", r"överför|ombudget|från \d{4}|föregående år"),
    ("extra", r"extra|beviljat|tillägg|\btb\b"),
    ("original", r"grundbudget|ursprung|årsbudget|ordinarie"),
    ("outcome", r"utfall|bokför|upparbetat|förbrukat|nedlagt"),
    ("forecast", r"prognos"),
    ("appropriation", r"anslag|total ?budget|total budget|disponib|budget|\bram\b"),
)


_WHOLE_APPROPRIATION = re.compile(r"total\w* (?:anslag|budget)|summa (?:anslag|budget)")
# What a project may cost over all its years is no year's appropriation.
_WHOLE_PROJECT = re.compile(
    r"projekt(?:ets )?(?:total)?(?: ?budget|kalkyl|ram\b)|totalkalkyl|hela projekt"
)


def is_total_appropriation(text: str) -> bool:
    """Whether a heading says that an appropriation is what there is in all."""
    found = plain(text)
    return bool(_WHOLE_APPROPRIATION.search(found) or re.search(r"\btotal|\bsumma|disponib", found))


def carries_over(text: str) -> bool:
    """Whether a heading speaks of money from an earlier year that is this year's to use."""
    return bool(re.search(r"överför|ombudget|från \d{4}", plain(text)))


def is_accumulated(text: str) -> bool:
    """Whether an outcome may have a project's earlier years in it: it does not say since when."""
    return bool(re.search(r"\back", plain(text))) and not re.search(_MONTH, plain(text))


def investment_of(text: str) -> Meaning:
    """An amount of the investments by its heading."""
    found = plain(text)
    if _SHARE.search(found) or _WHOLE_PROJECT.search(found):
        return IGNORE
    if is_of_before(text) and measure_of(found) and not carries_over(text):
        return IGNORE
    if measure_of(found) == "deviation":
        if "prognos" in found:
            return Meaning("investment:forecast_deviation")
        is_told = "utfall" in found or "period" in found.split("mot")[0]
        return Meaning("investment:outcome_deviation" if is_told else "investment:deviation")
    if _WHOLE_APPROPRIATION.search(found):
        return Meaning("investment:appropriation")
    for measure, pattern in _INVESTMENTS:
        if re.search(pattern, found):
            return Meaning(f"investment:{measure}")
    return IGNORE


_NOT_EVERYBODY = re.compile(
    r"\bmän\b|kvinn|pojk|flick|kön|ålder|förändr|ökning|födda|döda|flytt|procent|%|skatt|yta"
)


_BOTH_SEXES = re.compile(r"totalt?|samtliga|båda könen|summa|män (?:och|\+) kvinnor")


def population_of(text: str) -> Meaning:
    """A column of a table of inhabitants by its heading."""
    found = plain(text)
    if _NOT_EVERYBODY.search(found):
        return IGNORE
    if is_code_heading(text) or re.search(r"regionkod|kommunkod|länskod", found):
        return meanings.CODE
    if re.search(r"region|kommun|namn", found) and not re.search(r"folkmängd|invånar", found):
        return meanings.MUNICIPALITY
    if years_in(found) or re.search(r"folkmängd|invånar|befolkning|antal", found):
        return meanings.COUNT
    return IGNORE


def populations_of(headings: Sequence[str]) -> list[Meaning]:
    """The columns of a table of inhabitants; beside men and women their total is the count."""
    found = [population_of(text) for text in headings]
    words = [plain(text) for text in headings]
    sexes = [any(re.search(sex, word) for word in words) for sex in (r"\bmän\b", r"\bkvinn")]
    if all(sexes) and meanings.COUNT not in found:
        totals = [x for x, word in enumerate(words) if _BOTH_SEXES.fullmatch(word)]
        for x in totals[:1]:
            found[x] = meanings.COUNT
    return found
