"""Ports move bytes; see README.md."""
