"""Who asks, what they may do, and where they log in: the same answer for pages and routes."""
