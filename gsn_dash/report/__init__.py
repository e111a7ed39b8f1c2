"""The figures on paper and in files: the appendix, workbooks, pictures and open data."""
