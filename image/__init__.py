"""The appliance's image: what is built, and how."""
