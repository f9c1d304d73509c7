# There are no öre to be given, nobody hands over a hundred thousand, and nothing is taken before it is right.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
expect locked button "Open drawer and finish"
staff take cash 33.05
expect text "There are no such coins. Please key in what you were given."
staff take cash 99999.00
expect text "That is far more than the sum. Please key in what you were given."
expect drawer opened 0 times
tap "Exact"
tap "Open drawer and finish"
wait 1 s
push the drawer shut
expect store paid 33.00 by cash
expect everything in the books
