"""Pictures of the collaborations: what each municipality pays, and what the key gives."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gsn_dash.charts.data import Mark, Picture, Row, RowsChart, Style
from gsn_dash.domain.amounts import KR, ZERO
from gsn_dash.domain.collaborating import (
    KeySplit,
    bill,
    bill_figure,
    contributions_of,
    key_steps,
    payers,
    share_percent,
)
from gsn_dash.domain.snapshot import Collaboration, Contribution, Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.marks import draw_found, draw_known, known_chart, kr_mark
from gsn_dash.present.collaborating import (
    describe_bill,
    describe_bills,
    format_sum,
    genitive,
    name_years,
)
from gsn_dash.present.names import name_collaboration, name_municipality, name_year
from gsn_dash.present.numbers import format_missing
from gsn_dash.present.sharing import describe_comparison, describe_shares, format_share
from gsn_dash.present.sources import share_ref


def payments_picture(snapshot: Snapshot) -> Picture | None:
    """Every collaboration with a bar for each municipality, and the sums; None without any."""

    return kept(
        snapshot, "collaboration payments", lambda: draw_found(payments_chart(snapshot))
    )


def payments_chart(snapshot: Snapshot) -> RowsChart | None:
    """The same before it is drawn; None where no amount in it is known."""
    rows = [
        _collaboration_row(snapshot, collaboration, found)
        for collaboration in snapshot.collaborations
        if (found := contributions_of(snapshot, collaboration))
    ]
    sums = tuple(
        _sum_mark(snapshot, code, name_municipality(snapshot, code)) for code in payers(snapshot)
    )
    rows.append(Row("Summa", sums))
    title = "Vad samarbetena kostar kommunerna per år, kr"
    return known_chart(title, describe_bills(snapshot), tuple(rows), "kr", _scale(snapshot))


def bill_picture(snapshot: Snapshot, code: str) -> Picture | None:
    """One municipality's bill, a bar for each collaboration."""

    def make() -> Picture | None:
        name = name_municipality(snapshot, code)
        rows = [
            Row(
                name_collaboration(snapshot, row.key.collaboration),
                (kr_mark(row.figure, Style.NEUTRAL, name),),
                name_year(row.year),
            )
            for row in bill(snapshot, code).rows
        ]
        rows.append(Row("Summa", (_sum_mark(snapshot, code, name),)))
        title = f"{genitive(name)} samarbeten per år, kr"
        alt = describe_bill(snapshot, code)
        return draw_known(title, alt, tuple(rows), "kr", _scale(snapshot))

    return kept(snapshot, f"collaboration bill {code}", make)


def sums_picture(snapshot: Snapshot) -> Picture | None:
    """The small picture of the overview: what each municipality pays in all."""

    def make() -> Picture | None:
        rows = tuple(
            Row(name_municipality(snapshot, code), (_plain_sum_mark(snapshot, code),))
            for code in payers(snapshot)
        )
        title = "Samarbetena per år, kr"
        return draw_known(title, describe_bills(snapshot), rows, "kr")

    return kept(snapshot, "collaboration sums", make)


def split_picture(snapshot: Snapshot, split: KeySplit) -> Picture | None:
    """The stated split beside what the key gives of the same sum."""
    collaboration = split.key.collaboration

    def make() -> Picture | None:
        rows = tuple(
            Row(
                name_municipality(snapshot, code),
                (
                    kr_mark(figure, Style.NEUTRAL, "Enligt rapporten"),
                    kr_mark(split.by_rule[code], Style.NEUTRAL, "Enligt nyckeln"),
                ),
            )
            for code, figure in sorted(split.stated.items(), reverse=True)
        )
        name = name_collaboration(snapshot, collaboration)
        title = f"{name}: rapportens fördelning och nyckelns, kr per år"
        alt = describe_comparison(snapshot, split)
        return draw_known(title, alt, rows, "kr", _scale(snapshot))

    return kept(snapshot, f"key split {collaboration}", make)


def shares_picture(snapshot: Snapshot, split: KeySplit) -> Picture | None:
    """Every member's share of the whole by the key, largest first."""
    collaboration = split.key.collaboration

    def make() -> Picture | None:
        rows = tuple(
            Row(
                name_municipality(snapshot, member.municipality),
                (
                    Mark(
                        Style.DERIVED,
                        share_percent(member.share),
                        format_share(member.share, 1),
                        share_ref(collaboration, member.municipality),
                        "Andel enligt nyckeln",
                    ),
                ),
            )
            for member in key_steps(split).members
        )
        name = name_collaboration(snapshot, collaboration)
        title = f"{name}: medlemmarnas andelar enligt nyckeln, %"
        return draw_known(title, describe_shares(snapshot, split), rows, "%")

    return kept(snapshot, f"key shares {collaboration}", make)


def _scale(snapshot: Snapshot) -> tuple[Decimal, Decimal] | None:
    """One scale for all kr on the page: from zero to the largest sum that is known."""
    largest = max((bill(snapshot, code).total.known for code in payers(snapshot)), default=ZERO)
    return (ZERO.in_unit(KR), largest.in_unit(KR)) if largest > ZERO else None


def _collaboration_row(
    snapshot: Snapshot, collaboration: Collaboration, found: list[Contribution]
) -> Row:
    marks = tuple(
        kr_mark(row.figure, Style.NEUTRAL, name_municipality(snapshot, row.key.municipality))
        for row in found
    )
    return Row(collaboration.name, marks, name_years(found, snapshot))


def _sum_mark(snapshot: Snapshot, code: str, name: str) -> Mark:
    """The sum of a bill; with a term missing, what is known and an open slot after it."""
    total = bill(snapshot, code).total
    notes = ["härledd", *([format_missing(total.missing)] if total.missing else [])]
    return Mark(
        Style.TOTAL,
        total.known.in_unit(KR),
        format_sum(total.known, total.missing),
        bill_figure(snapshot, code).ref,
        name,
        ", ".join(notes),
        derived=True,
        at_least=bool(total.missing),
    )


def _plain_sum_mark(snapshot: Snapshot, code: str) -> Mark:
    """The sum without the mark of the derived: its page says that, and the card has no room."""
    missing = bill(snapshot, code).total.missing
    note = format_missing(missing) if missing else ""
    return replace(_sum_mark(snapshot, code, "Per år"), note=note, derived=False)
