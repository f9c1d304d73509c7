# What is on the gift card
# A shopper holds a gift card to the glass while shopping. The store alone knows what is on it.
the store issues gift card KG-1000001 of 250.00

scan 9520001200014
scan KG-1000001
expect banner "250.00"
expect lines 1

# Its next scan clears the banner; nothing was taken from the card
scan 9520001200014
expect no banner
scan KG-1000001
expect banner "250.00"

# Not one of ours
scan KG-9999999
expect banner "gift card"
expect sound not-found

# One that was lost is worth nothing
the store blocks KG-1000001
scan KG-1000001
expect banner "can’t use this gift card"
expect lines 1
