# The welcome screen never promises what the lane cannot take.
shop takes card cash
expect text "We take card, phone and cash."
