# The store is away, but the receipt is signed by this shop: a manager pays back what it proves, once, and the store hears of it later.
shop takes card cash
shop signs receipts
offer bread32 kind=multibuy items=9520001200014 need=3 pay=2 name="3 for 2"
wait 3 s
scan 9520001200014 3 times
tap "Pay"
tap "Cash"
staff pin 2468
staff take the exact sum
push the drawer shut
tap "Print it"
wait 2 min
network down
wait 1 min
staff take goods back with pin 2468
scan the signed receipt of the last sale
expect banner "a manager signs"
2 of "Rye bread, sliced" come back: defective
on to the money
expect text "a manager signs"
pay it back
staff pin again 8642
wait 1 s
expect returns 1
push the drawer shut
wait 2 min
staff take goods back with pin 8642
scan the signed receipt of the last sale
expect text "1 of 3 left"
touch the line of "Rye bread, sliced"
tap "One more"
expect locked button "One more"
tap "Back"
network up
wait 30 s
expect paid back 44.00 by cash
expect stock 9520001200014 -1
another checkout cannot take back 2 of line 1 of the last sale
another checkout can take back 1 of line 1 of the last sale
expect everything in the books
