# Rounded up, then back for one more thing: the sum is another, so the question is asked anew. Cash pays for both.
shop collects for Red Cross in steps of 10.00
shop takes cash card
scan 9520001200014
tap "Pay"
tap "Yes, give 7.10 kr"
expect left to pay 40.00
tap "Back"
expect due 32.90
scan 9520001200014
tap "Pay"
expect button "Yes, give 4.20 kr"
tap "Yes, give 4.20 kr"
tap "Cash"
staff pin 1357
staff take cash 100.00
wait 2 s
push the drawer shut
tap "Staff"
tap "Lock"
tap "No receipt"
wait 20 s
staff pin 2468
staff close the day
wait 30 s
expect report day.closed says due_minor 6580
expect report day.closed says donations 1
expect report day.closed says donations_minor 420
expect store total 65.80
expect store paid 70.00 by cash
expect everything in the books
