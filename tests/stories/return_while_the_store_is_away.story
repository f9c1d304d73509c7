# The store is away: a number alone proves nothing, and is refused.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
network down
wait 1 min
staff take goods back with pin 8642
type receipt 1
expect banner "can’t be asked just now"
expect returns 0
type receipt k02-17
expect banner "can’t be asked just now"
network up
wait 30 s
expect everything in the books
