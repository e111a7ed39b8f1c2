"""The real files of tests/sie, and the totals that their own lines have."""

from datetime import date
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent / "sie"


def decimals(**sums: str) -> dict[str, Decimal]:
    return {name[1:]: Decimal(amount) for name, amount in sums.items()}


# Year of each file, and its classes' outcome as its own #RES, and #UB less #IB, have them.
REAL = {
    "Test3.SE": [
        (date(1997, 1, 1), date(1997, 12, 31), decimals(
            _1="1190164.41", _2="-611849.30", _3="-1861627.40", _4="1145064.29",
            _5="78927.00", _7="32171.00", _8="27250.00")),
        (date(1996, 1, 1), date(1996, 12, 31), decimals(
            _1="144602.00", _2="-164972.00", _3="-234350.00", _4="104067.00",
            _5="75802.00", _6="17704.00", _7="57147.00")),
    ],
    "periodsaldo_ovnbolag.se": [
        (date(2011, 1, 1), date(2011, 12, 31), decimals(
            _1="767631.30", _2="-489832.84", _3="-1964344.84", _4="1014855.60",
            _5="99821.68", _6="41783.60", _7="530085.50")),
        (date(2010, 1, 1), date(2010, 12, 31), decimals(
            _1="255491.82", _2="896186.33", _3="-5719328.89", _4="2342728.05",
            _5="359823.82", _6="90146.80", _7="1774952.07")),
    ],
    "BL0001_typ4.SE": [
        (date(2009, 7, 1), date(2010, 6, 30), decimals(
            _1="300060.17", _2="-87476.70", _3="-289328.17", _4="47293.20",
            _5="13818.50", _7="4513.00", _9="11120.00")),
    ],
    "typ4.se": [
        (date(2012, 1, 1), date(2012, 12, 31), decimals(
            _1="-106104.11", _2="78030.23", _3="-383405.64", _4="116718.08",
            _5="91275.55", _6="27138.54", _7="175347.35", _8="1000.00")),
    ],
}  # fmt: skip
