"""What amounts are counted in, as texts say it: Mkr, tkr or kr, or in words that we do not know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gsn_dash.ingest.headings import item_of, measure_of, plain

_KR = r"(?:svenska )?(?:kr|kronor|sek)\b"
_UNITS = re.compile(
    r"(?<!\w)(?:"
    r"(?P<other>(?:miljard\w*|mdkr|mdr)\b|[1-9]0{1,2} ?(?:000|-?tals?)\b|(?<!\d )'?000\b(?! 000)"
    rf"|{_KR} ?(?:(?:/|per )\s*\w+|[x*×]\s*1))"
    rf"|(?P<mkr>(?:mkr|mnkr|msek|mnsek)\b|(?:m|mn|milj\w*|1 ?000 ?000(?: ?-?tals?)?)\.? ?{_KR}"
    r"|sek (?:in )?(?:m|mn|millions?)\b|(?:mn|milj|miljon(?:er|tals?)?)\b)"
    rf"|(?P<tkr>(?:tkr|kkr|ksek|tsek)\b|(?:t|k|tusen|tusentals?|1 ?000(?: ?-?tals?)?)\.? ?{_KR}"
    r"|sek (?:in )?(?:k|thousands?)\b|(?:tusen|tusentals?|1 ?000 ?-?tals?)\b)"
    rf"|(?P<kr>{_KR})"
    r")"
)
_THOUSAND = re.compile(r"1 ?000(?: ?000)? ?(?:kr|kronor|sek)")
_SAYS_IN = re.compile(r"\bi\s*$")
_SAYS = re.compile(r"[(,:]\s*$|^$")
_ENDS = re.compile(r"\s*(?:[).,;]|$)")
_NUMBER_BEFORE = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*$")
_YEAR_BEFORE = re.compile(r"(?<![\d,.])(?:19|20)\d\d\s*$")
# A word right before "kr" that counts nothing.
_HARMLESS = re.compile(
    r"(?:i|hela|belopp\w*|avser|anges|verksamhet\w*|driftbudget\w*|samarbete\w*|investering\w*"
    r"|ekonomi|per|-)$"
)


@dataclass(frozen=True)
class Mention:
    """A unit in a text. scale: Mkr, tkr, kr, or empty where the words are not known.

    `is_strong`: it stands as a unit does ("belopp i tkr", "(tkr)", ", tkr", a line of its own).
    """

    scale: str
    is_strong: bool


def mentions_in(line: str) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """The units that a line of text says, in order, and the scales of the amounts in it."""
    text = plain(line)
    said, of_amounts = [], []
    for found in _UNITS.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        is_strong = bool(_SAYS_IN.search(before))
        is_strong = is_strong or bool(_SAYS.search(before) and _ENDS.match(after))
        scale = {"mkr": "Mkr", "tkr": "tkr", "kr": "kr"}.get(found.lastgroup or "", "")
        is_number = bool(_NUMBER_BEFORE.search(before)) and not _YEAR_BEFORE.search(before)
        if _THOUSAND.fullmatch(found[0]) and not is_strong:
            scale, is_number = "kr", True  # "1 000 kr" within a sentence is an amount
        if is_number:
            of_amounts.append(scale)
            continue
        if scale == "kr" and not is_strong and not _counts_kr(before):
            scale = ""
        said.append(Mention(scale, is_strong))
    return tuple(said), tuple(of_amounts)


def _counts_kr(before: str) -> bool:
    """Whether what stands before "kr" leaves it to be whole kr: no word that we do not know."""
    word = before.rstrip().rpartition(" ")[2].lstrip("(")
    if not word or not word[-1].isalpha():
        return True
    return bool(_HARMLESS.match(word) or measure_of(word) or item_of(word))


def find_scale(lines: Iterable[str]) -> tuple[str, bool]:
    """What the lines say that amounts are counted in (empty: nothing), and whether surely so.

    The unit that stands as one, nearest the end, goes before others. It is sure only where no
    other is named at all, not even with an amount in a sentence.
    """
    said: list[Mention] = []
    amounts: set[str] = set()
    for line in lines:
        found, of_amounts = mentions_in(line)
        said += found
        amounts.update(of_amounts)
    if not said:
        return "", not amounts
    known = [each for each in said if each.scale]
    strong = [each for each in known if each.is_strong]
    chosen = (strong or known or said)[-1].scale
    everything = {each.scale for each in said} | amounts
    return chosen, len(everything) == 1 and bool(chosen)
