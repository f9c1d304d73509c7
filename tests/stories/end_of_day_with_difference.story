# A day with a float, a card sale, a cash sale and a pick-up. In the evening ten kronor are missing in the drawer; the
# terminal's own sums are the same as ours.
shop takes card cash
staff pin 2468
staff move cash 500.00 "Float in"
expect drawer opened 1 times
push the drawer shut
wait 70 s
scan 9520001200014
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 12 s
wait 2 min
scan 9520001200014
tap "Pay"
tap "Cash"
staff pin 2468
staff take cash 50.00
push the drawer shut
wait 3 min
staff pin 2468
staff move cash 400.00 "Pick-up out"
push the drawer shut
wait 70 s
staff pin 2468
staff move cash 123.00 "All of it, counted"
wait 70 s
staff pin 2468
staff close the day
wait 30 s
expect report drawer.counted says expected_minor 13300
expect report drawer.counted says difference_minor -1000
expect report day.closed says number 1
expect report day.closed says sales 2
expect report day.closed says due_minor 6590
expect report day.closed says cash_minor 12300
expect report settlement says terminal_minor 3290
expect report settlement says difference_minor 0
expect everything in the books
