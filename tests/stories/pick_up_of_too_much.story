# Nobody can take more out of the drawer than is in it, and half a krona is no coin.
shop takes card cash
staff pin 2468
staff move cash 100.00 "Pick-up out"
expect text "There is not so much in the drawer. Please count again."
wait 70 s
staff pin 2468
staff move cash 100.50 "Float in"
expect text "There are no such coins. Please key in what you were given."
wait 70 s
expect reports of cash.moved 0
expect drawer opened 0 times
expect everything in the books
