# A return that is given up lets the goods go: another checkout may take them back. So does one that nobody ends.
shop takes card cash
shop keeps receipts at https://shop.example
scan 9520001200014
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 2 min
staff take goods back with pin 2468
scan the receipt of the last sale
1 of "Rye bread, sliced" come back: other
terminal fault reverses_nothing
pay back
wait 4 s
another checkout cannot take back 1 of line 1 of the last sale
press the red key
wait 5 s
expect text "did not get the money"
tap "Menu"
tap "Lock"
wait 2 s
expect screen 01-welcome
expect returns 0
expect refunds 0
another checkout can take back 1 of line 1 of the last sale
expect everything in the books
