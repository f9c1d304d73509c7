# Paid partly with a gift card and partly in cash: the gift card gets its money first, and not more than it paid.
shop takes card gift_card cash
shop keeps receipts at https://shop.example
the store issues gift card KG-1000001 of 50.00
scan 9520001200014 3 times
tap "Pay"
scan KG-1000001
expect left to pay 48.70
expect 0.00 on KG-1000001
tap "Pay the rest"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: mind
pay back
wait 1 s
expect drawer opened 1 times
expect 32.90 on KG-1000001
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
2 of "Rye bread, sliced" come back: mind
pay back
wait 1 s
expect drawer opened 2 times
push the drawer shut
expect 50.00 on KG-1000001
expect paid back 50.00 by gift_card
expect paid back 49.00 by cash
expect everything in the books
