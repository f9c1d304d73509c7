# The power goes while the slip is on its way to paper: it is printed again under its number, and pays once.
shop takes card gift_card cash
printer prints 900 ms a line
staff take empties back with pin 2468
5 empties of "large bottle"
give a slip
wait 1 s
power cut seed 3
printer prints 1 ms a line
start
wait 30 s
expect returns 1
expect paid back 15.00 by voucher
expect 1 deposit slips printed, all the same
scan 9520001200014
tap "Pay"
scan the deposit slip of lane k01
wait 2 s
expect left to pay 17.90
scan the deposit slip of lane k01
wait 2 s
expect left to pay 17.90
tap "Pay the rest"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 30 s
expect store paid 0.00 by voucher
expect everything in the books
