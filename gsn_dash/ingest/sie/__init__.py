"""SIE files of types 2, 3 and 4, the standard of Swedish accounting systems, by month.

Which record counts as what:

- Types 2 and 3: the outcome is #PSALDO and the budget #PBUDGET. A record without an object is the
  account's total of the month and the only one that is added up. In type 3 a record with an object
  divides that total by cost centre (dimension 1) or project (dimension 6) and adds nothing to it;
  in type 2 it does not count, as the standard says. Other dimensions do not count.
- Type 4: the outcome is the rows of the vouchers (#VER with #TRANS), each on the month of its own
  date or else of the voucher's, with cost centre and project of the row. #RTRANS (a row that was
  added) repeats the #TRANS beneath it, and #BTRANS was taken away: neither counts. The budget is
  #PBUDGET. A year that has no vouchers takes #PSALDO, if the file has it.
- #RES, #UB less #IB and #OUB less #OIB are totals of a year, which the months are held against.
  They are never added to anything.
- #RAR 0 is the year that the file is about, -1 and so on the earlier ones; a year runs between any
  two days (1 July-30 June). Only years with months become ledgers.
- A month without any record is empty only where #OMFATTN or a #RES that the months sum to says so
  (`covering.py`): else the file may have some months alone, and the others are unknown.

In SIE a cost is above zero and revenue below. The sign is turned in `ledger.py`, once.
"""
