# On the shop's own holiday it sells no sparkling things, not even to a shopper who asks twice; on the day after it does.
shop does not sell drinks/wine on its holiday 11-24
scan 9520001410055
expect banner "We sell this from Wed, 25 Nov, 00:00 on."
expect lines 0
staff pin 2468
tap "Refuse"
tap "Lock"
clock is set to 2026-11-25 00:00:00
scan 9520001410055
expect lines 1
staff pin 2468
tap "Refuse"
tap "Lock"
