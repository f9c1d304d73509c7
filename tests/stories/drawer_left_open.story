# A drawer that stays open calls staff after a minute, and stops when it is pushed shut.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 33.00
wait 50 s
expect staff not called for drawer
wait 15 s
expect staff called for drawer
push the drawer shut
wait 1 s
expect staff not called for drawer
wait 2 min
expect everything in the books
