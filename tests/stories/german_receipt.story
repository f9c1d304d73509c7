# A German receipt is in German, though the shopper reads English; the things on it are called as on the screen.
shop in de
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 3 s
expect receipt contains "Beleg 000001"
expect receipt contains "Rye bread, sliced"
expect receipt contains "MwSt. 7 %"
expect receipt contains "32,90 EUR"
wait 20 s
expect everything in the books
