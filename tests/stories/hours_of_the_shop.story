# The shop itself sells wine from ten to eighteen. At nine the shopper is told; a cashier needs a supervisor, who sells it,
# and it is written down.
shop sells drinks/wine only from 10:00 to 18:00
clock is set to 2026-11-24 09:00:00
scan 9520001410048
expect banner "We sell this from 10:00 on. Our staff can help you."
expect staff called for item
staff pin 1357
expect text "The shop does not sell it at this hour."
tap "Sell it"
staff pin again 2468
expect lines 1
expect staff not called for item
tap "Approve"
tap "Lock"
tap "Pay"
wait 3 s
tap card
wait 5 s
pin 1234
wait 5 s
tap "Print it"
wait 1 min
expect noted "shop_hours; sold at 9900; asked by u2" by u1
expect store sales 1
expect everything in the books
