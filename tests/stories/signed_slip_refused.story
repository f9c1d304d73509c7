# What the shop does not trust while its store is away: old slips, forged ones, and those that carry no signature
shop takes card gift_card
shop trusts signed slips up to 15.00 a basket and 20.00 a day while the store is away
network down
scan 9520001200014
scan signed slip KD-M1-0001 of 12.00 printed 31 days ago
expect banner "This slip is too old to take just now"
scan signed slip KD-M1-0002 of 14.00 that was printed as 1.00
expect banner "We can’t ask about that just now"
scan KD-M1-0003
expect banner "We can’t ask about that just now"
tap "Pay"
scan signed slip KD-M1-0004 of 12.00 printed 30 days ago
wait 1 s
expect left to pay 20.90
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 1 min

# 12.00 of the 20.00 a day are used
scan 9520001200014
tap "Pay"
scan signed slip KD-M1-0005 of 9.00
wait 1 s
expect text "take more slips just now"
tap "Card"
wait 3 s
tap card
wait 5 s
network up
wait 2 min
expect everything in the books
