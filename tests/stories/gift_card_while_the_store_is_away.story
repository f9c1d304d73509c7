# A gift card while the store is away
# Nobody can tell what is on it: the lane says so and goes on selling.
the store issues gift card KG-1000001 of 250.00
network down

scan KG-1000001
expect screen 03-empty-basket
expect banner "just now"

scan 9520001200014
expect lines 1
expect banner "open as usual"

network up
wait 2 s
scan KG-1000001
expect banner "250.00"
