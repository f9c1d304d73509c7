# The power goes while the card is waited for: the terminal says that it gave nothing, so the return is gone, and the goods are free again.
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
type receipt 1
1 of "Rye bread, sliced" come back: other
network down
pay back
expect banner "can’t ask about that just now"
network up
wait 5 s
terminal fault reverses_nothing
pay it back
wait 4 s
power cut seed 3
start
wait 3 min
expect returns 0
expect screen 01-welcome
another checkout can take back 1 of line 1 of the last sale
expect everything in the books
