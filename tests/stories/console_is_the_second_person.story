# A cashier gives more off than a cashier may. Nobody has to walk there: a supervisor allows it from the console, and says no to what is too much.
scan 9520001200014 2 times
staff pin 1357
tap "Discount"
tap "Whole basket"
tap "50 %"
tap "Damaged"
tap "Give 50 % off"
expect screen 19a-staff-sign-in
wait 1 s
# Whoever may not do it at the lane may not allow it from afar.
Bo at the console lets Bo do it because "I say so"
wait 1 s
the console hears "a cashier may not do that"
expect due 65.80
Anna at the console lets Bo do it because "the box was torn"
wait 1 s
the console hears done
expect due 32.90
expect screen 19d-staff-line
expect report approval.given says where console
tap "Discount"
tap "Whole basket"
tap "50 %"
tap "Short date"
tap "Give 50 % off"
expect screen 19a-staff-sign-in
wait 1 s
Anna at the console does not let Bo do it because "generous"
wait 1 s
the console hears done
expect banner "Anna has said no"
expect due 32.90
expect report approval.refused says reason generous
# What is over is over.
Anna at the console approves approval
wait 1 s
the console hears "there is nothing to do: the lane has moved on"
tap "Lock"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect noted "6580 -> 3290; damaged; asked by u2" by u1
expect store total 32.90
expect everything in the books
