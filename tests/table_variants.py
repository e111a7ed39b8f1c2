"""One truth about an operating budget, written as differently as municipalities write it."""

from decimal import Decimal

from made_tables import BY_ACTIVITY, Rows

# What every variant below says, in kr and our signs: (activity, span, measure) of the net.
NETS = {
    ("031", "period", "budget"): -1_200_000, ("031", "period", "outcome"): -1_250_000,
    ("031", "year", "budget"): -1_800_000, ("031", "year", "forecast"): -1_900_000,
    ("032", "period", "budget"): -3_400_000, ("032", "period", "outcome"): -3_000_000,
    ("032", "year", "budget"): -5_100_000, ("032", "year", "forecast"): -5_100_000,
    ("033", "period", "budget"): -2_400_000, ("033", "period", "outcome"): -2_150_000,
    ("033", "year", "budget"): -3_600_000, ("033", "year", "forecast"): -3_600_000,
    ("total", "period", "budget"): -7_000_000, ("total", "period", "outcome"): -6_400_000,
    ("total", "year", "budget"): -10_500_000, ("total", "year", "forecast"): -10_600_000,
}  # fmt: skip
DEVIATIONS = {
    ("031", "period"): -50_000, ("031", "year"): -100_000,
    ("032", "period"): 400_000, ("032", "year"): 0,
    ("033", "period"): 250_000, ("033", "year"): 0,
    ("total", "period"): 600_000, ("total", "year"): -100_000,
}  # fmt: skip
_NAMES = {"031": "Digitalisering och innovation", "032": "Arkitektur och teknik",
          "033": "Service och support", "total": "Summa"}  # fmt: skip
_HEAD = ("Budget", "Utfall", "Avvikelse", "Budget", "Prognos", "Avvikelse")
_SPANS = ("", "Januari–augusti 2023", "", "", "Helår 2023", "", "")


def _amounts(activity: str) -> list[int]:
    values = []
    for span, result in (("period", "outcome"), ("year", "forecast")):
        values += [NETS[activity, span, "budget"], NETS[activity, span, result]]
        values.append(DEVIATIONS[activity, span])
    return values


def _label(activity: str) -> str:
    return _NAMES[activity] if activity == "total" else f"{activity} {_NAMES[activity]}"


def _rows(write, labels=_label) -> list[tuple]:
    return [
        (labels(activity), *(write(value, place % 3 == 2) for place, value in
                             enumerate(_amounts(activity))))
        for activity in _NAMES
    ]  # fmt: skip


def _spaced(space: str, minus: str, decimals: int = 0):
    """Thousands with `space` between the digits, in tkr."""

    def write(value: int, _: bool) -> str:
        text = f"{abs(Decimal(value)) / 1000:,.{decimals}f}"
        text = text.replace(",", space).replace(".", ",")
        return minus + text if value < 0 else text

    return write


def _noted(value: int, is_deviation: bool) -> str:
    return _spaced(" ", "-")(value, is_deviation) + ("*" if is_deviation else " 1)")


_NET = ("Nettokostnader per verksamhet, tkr",)
_PLAIN = _spaced("", "-")


def _with_parts() -> list[tuple]:
    """Rows "varav" below each activity, and a subtotal, which must not be counted."""
    rows: list[tuple] = []
    for row in _rows(_PLAIN):
        rows.append(row)
        if row[0] != "Summa":
            rows.append(("  varav personal", *("-1" for _ in row[1:])))
    rows.insert(4, ("Delsumma", *("-9" for _ in range(6))))
    return rows


def _gross() -> list[tuple]:
    """Revenue, cost and net below each activity's own row; the net is what is asked for."""
    rows: list[tuple] = []
    for activity in _NAMES:
        net = _amounts(activity)
        revenue = [500_000, 600_000, 100_000, 900_000, 900_000, 0]
        cost = [n - r for n, r in zip(net, revenue, strict=True)]
        rows.append((_label(activity),))
        for name, values in (("Intäkter", revenue), ("Kostnader", cost), ("Nettokostnad", net)):
            rows.append((name, *values))
    return rows


VARIANTS: dict[str, Rows] = {
    "code and name apart, numbers": BY_ACTIVITY,
    "space in thousands": (_NET, _SPANS, ("Verksamhet", *_HEAD), *_rows(_spaced(" ", "-"))),
    "no-break space": (_NET, _SPANS, ("Verksamhet", *_HEAD), *_rows(_spaced("\u00a0", "−"))),
    "narrow space, dash": (_NET, _SPANS, ("Verksamhet", *_HEAD), *_rows(_spaced("\u202f", "– "))),
    "decimals": (_NET, _SPANS, ("Verksamhet", *_HEAD), *_rows(_spaced(" ", "–", 1))),
    "footnote marks": (_NET, _SPANS, ("Verksamhet¹", *_HEAD), *_rows(_noted)),
    "brackets": (
        _NET, _SPANS, ("Verksamhet", *_HEAD),
        *_rows(lambda v, _: f"({-v // 1000})" if v < 0 else str(v // 1000)),
    ),
    "minus last": (
        _NET, _SPANS, ("Verksamhet", *_HEAD),
        *_rows(lambda v, _: f"{-v // 1000}-" if v < 0 else str(v // 1000)),
    ),
    "kr": (
        ("Nettokostnad per verksamhet (kronor)",), _SPANS, ("Verksamhet", *_HEAD),
        *_rows(lambda v, _: v),
    ),
    "Mkr as numbers": (
        ("Nettokostnad per verksamhet, mnkr",), _SPANS, ("Verksamhet", *_HEAD),
        *_rows(lambda v, _: v / 1_000_000),
    ),
    "costs above zero": (
        _NET, _SPANS, ("Verksamhet", *_HEAD),
        *_rows(lambda v, is_deviation: (v if is_deviation else -v) // 1000),
    ),
    "one row of headings": (
        ("tkr",),
        ("Vht", "Budget jan-aug", "Utfall jan-aug", "Avv. jan-aug", "Budget helår",
         "Prognos helår", "Avv. helår"),
        *_rows(_PLAIN),
    ),
    "varav and subtotals": (_NET, _SPANS, ("Verksamhet", *_HEAD), *_with_parts()),
    "shares and remarks beside": (
        _NET,
        ("", *_SPANS[1:], "", ""),
        ("Verksamhet", *_HEAD, "Avvikelse %", "Kommentar"),
        *((*row, "3,5 %", "Enligt plan 2") for row in _rows(_PLAIN)),
    ),
    "an earlier year beside": (
        _NET,
        ("Verksamhet", "Utfall jan-aug 2022", "Budget jan-aug 2023", "Utfall jan-aug 2023",
         "Avvikelse jan-aug 2023", "Årsbudget 2023", "Prognos 2023", "Avvikelse prognos 2023"),
        *((row[0], "-77", *row[1:]) for row in _rows(_PLAIN)),
    ),
    "empty rows and a note below": (
        (), _NET, (), _SPANS, ("Verksamhet", *_HEAD), (), *_rows(_PLAIN), (),
        ("1) Preliminära uppgifter.",),
    ),
}  # fmt: skip
# Every sign turned: costs above zero with plain differences, or a surplus as we write it.
TURNED: Rows = (_NET, _SPANS, ("Verksamhet", *_HEAD), *_rows(lambda v, _: -v // 1000))
GROSS: Rows = (("Driftbudget, kr",), _SPANS, ("Verksamhet", *_HEAD), *_gross())
