# From the console somebody looks into the basket and sells what is damaged for less; a cashier only up to the shop's limit.
# What was paid already is never more than it all costs
shop takes card cash
scan 9520001200014
scan 9520001200014
scan 9520001300011
Bo at the console looks into the basket
wait 1 s
the console hears done
the console sees 2 of "Rye bread, sliced" at 65.80
Bo at the console sells "Rye bread, sliced" at 10.00 because it is damaged
wait 1 s
the console hears "a cashier may not do that"
Anna at the console sells "Rye bread, sliced" at 10.00 because it is damaged
wait 1 s
the console hears done
expect report staff.price says by u1
expect due 84.90
Anna at the console looks into the basket
wait 1 s
the console sees 2 of "Rye bread, sliced" at 20.00
power cut
start
wait 5 s
expect due 84.90
Anna at the console sells "Rye bread, sliced" at 12.00 because it is pretty
wait 1 s
the console hears "a price is changed for a reason"
Anna at the console sells "Rye bread, sliced" at 0.00 because it is damaged
wait 1 s
the console hears done
expect due 64.90
tap "Pay"
Anna at the console sells "Ground coffee 450 g" at 1.00 because it is damaged
wait 1 s
the console hears "the basket is another now"
tap "Cash"
staff pin 2468
staff take cash 20.00
wait 1 s
push the drawer shut
tap "Back"
Anna at the console sells "Ground coffee 450 g" at 1.00 because it is damaged
wait 1 s
the console hears "more is paid already than it would cost then"
expect due 64.90
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
tap "Done"
wait 1 s
scan 9520001200014
Anna at the console sells "Rye bread, sliced" at 1.00 because it is damaged
wait 1 s
the console hears "the basket is another now"
expect due 32.90
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store total 97.80
expect everything in the books
