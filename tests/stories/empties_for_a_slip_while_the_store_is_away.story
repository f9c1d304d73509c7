# The store knows nothing of the slip yet: its signature is enough for another checkout. When the return arrives after the
# sale that the slip has paid, it is still the same slip.
shop takes card gift_card cash
shop trusts signed slips up to 15.00 while the store is away
network down
staff take empties back with pin 2468
4 empties of "large bottle"
give a slip
wait 5 s
on lane k02 scan 9520001200014
on lane k02 tap "Pay"
on lane k02 scan the deposit slip of lane k01
on lane k02 wait 5 s
on lane k02 expect left to pay 20.90
on lane k02 tap "Pay the rest"
on lane k02 tap "Card"
on lane k02 wait 3 s
on lane k02 tap card
on lane k02 wait 5 s
on lane k02 tap "No receipt"
network up
wait 3 min
expect store paid 0.00 by voucher
expect everything in the books
