# Nobody comes back for a basket that is paid in part: it is void, and staff are called to give the cash back.
shop takes card cash
scan 9520001200014 2 times
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 20.00
wait 1 s
push the drawer shut
wait 20 min
expect screen 01-welcome
expect kept baskets 0
expect voids 1
expect staff called for payback
staff pin 2468
tap "Open drawer and give it back"
wait 1 s
push the drawer shut
expect staff not called for payback
expect everything in the books
