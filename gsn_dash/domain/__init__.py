"""What the board's economy means: exact amounts, rules and checks. Standard library only."""
