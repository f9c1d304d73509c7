# Empties are paid with a slip, which pays at another checkout, once.
shop takes card gift_card cash
staff take empties back with pin 2468
5 empties of "large bottle"
2 empties of "can, small bottle"
give a slip
wait 20 s
expect returns 1
expect paid back 19.00 by voucher
expect drawer opened 0 times
expect 1 deposit slips printed, all the same
on lane k02 scan 9520001200014
on lane k02 tap "Pay"
on lane k02 scan the deposit slip of lane k01
on lane k02 wait 2 s
on lane k02 expect left to pay 13.90
on lane k02 tap "Pay the rest"
on lane k02 tap "Card"
on lane k02 wait 3 s
on lane k02 tap card
on lane k02 wait 5 s
on lane k02 tap "No receipt"
on lane k02 wait 30 s
on lane k02 scan the deposit slip of lane k01
on lane k02 wait 2 s
on lane k02 expect text "This slip is worth 0.00"
expect everything in the books
