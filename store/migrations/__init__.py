"""How the store's database came to be what it is."""
