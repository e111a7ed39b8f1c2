"""The template for an occasion's figures: the names that whoever writes and reads it agree on."""

from __future__ import annotations

# The first cell of the first sheet, by which the file is known.
MARK = "GSN ekonomi: mall för ett uppföljningstillfälle"
OCCASION_SHEET = "Tillfälle"
# The rows of that sheet, by the field of an occasion that each gives.
OCCASION_ROWS = {
    "year": "År",
    "number": "Tillfälle nummer",
    "period_end": "Perioden slutar",
    "appendix_dated": "Bilagan är daterad",
    "meeting_on": "Nämndens möte",
}
# The amounts that stand over the occasions of a year, and so are in the template from the start;
# as the columns' meanings are named where tables are read.
KEPT = frozenset((":year:budget", "investment:original", "investment:carried_over"))
