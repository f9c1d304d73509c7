# Cash: staff come, sign in, key in what they were given, and give change; the drawer opens once.
shop takes card cash
scan 9520001200014
scan 9520001200014
tap "Pay"
expect screen 10-pay-choice
tap "Cash"
expect screen 11c-cash-wait
expect staff called for cash
expect light amber
expect drawer shut
staff pin 2468
expect screen 19e-staff-cash
staff take cash 100.00
wait 2 s
expect drawer open
expect drawer opened 1 times
expect staff not called for cash
expect sales 1
push the drawer shut
tap "Staff"
tap "Lock"
tap "Print it"
wait 10 s
expect receipt contains "Cash rounding"
expect drawer opened 1 times
expect everything in the books
