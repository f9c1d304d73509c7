# A member card in the middle of the basket, and on the payment choice
the store has member m7 called Sam with KM-555
the store has member m8 called Kim with KM-556

scan 9520001200014
scan KM-555
expect screen 09-member
expect lines 1
wait 6 s
expect screen 02-scanning

# Another card takes its place: only one member a basket
scan KM-556
expect customer m8

# A card that nobody has
scan KM-999
expect banner "don’t know this member number"
expect customer m8
