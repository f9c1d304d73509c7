# The shopper rounds up for a charity: paid with the card, a line of its own on the receipt, and none of the shop's turnover.
shop collects for Red Cross in steps of 10.00
scan 9520001200014
tap "Pay"
expect screen 10c-round-up
expect text "The difference goes to Red Cross, all of it."
tap "Yes, give 7.10 kr"
wait 3 s
tap card
wait 5 s
expect charges 1
expect sales 1
tap "Print it"
wait 10 s
expect receipt contains "Gift to Red Cross"
wait 60 s
expect store total 32.90
expect store paid 40.00 by card
expect everything in the books
