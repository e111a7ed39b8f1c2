"""Swedish text of numbers, names and sentences. Nothing here computes a figure."""
