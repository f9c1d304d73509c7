"""Cash recycler: notes and coins in, change out; driver and simulated machine."""
