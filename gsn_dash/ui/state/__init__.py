"""What a visitor has chosen, and the addresses that say it: the only session_state here."""
