"""What reports itself: received, taken once, settled by staff (N12)."""
