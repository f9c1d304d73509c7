"""The parts of the simulated terminal; see README.md."""
