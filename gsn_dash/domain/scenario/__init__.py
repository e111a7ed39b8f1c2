"""What if: assumptions laid over a snapshot. The reported figures are never changed."""
