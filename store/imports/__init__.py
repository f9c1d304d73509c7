"""Imports: what another system exported, taken in after a look at what would change, and taken out again."""
