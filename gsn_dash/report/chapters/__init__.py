"""The chapters of the appendix, one file for each: sources to blocks."""
