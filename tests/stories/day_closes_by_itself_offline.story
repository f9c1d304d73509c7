# Nobody closes the day, and the store is away: it is closed at its border all the same, once, after the last shopper has
# gone, and the store hears of it later.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 33.00
push the drawer shut
wait 3 min
network down
scan 9520001200014
clock jumps 72000 s
wait 30 s
expect screen 18d-offline-still-selling
tap "Pay"
tap "Cash"
staff pin 1357
staff take cash 33.00
push the drawer shut
wait 5 min
network up
wait 2 min
expect reports of day.closed 1
expect report day.closed says sales 2
expect report day.closed says due_minor 6600
expect everything in the books
