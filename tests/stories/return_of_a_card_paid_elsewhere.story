# Bought by card at another checkout: only that terminal could reverse the payment, so here the card gets the money.
shop takes card cash
shop keeps receipts at https://shop.example
on lane k02 scan 9520001200014
on lane k02 tap "Pay"
on lane k02 tap "Card"
on lane k02 wait 3 s
on lane k02 tap card
on lane k02 wait 5 s
on lane k02 tap "Print it"
on lane k02 wait 10 s
staff take goods back with pin 2468
type receipt k02-1
1 of "Rye bread, sliced" come back: mind
pay back
wait 3 s
expect returns 0
tap card
wait 5 s
expect returns 1
expect refunds 1
expect charges given back 0
expect paid back 32.90 by card
on lane k02 expect charges 1
expect everything in the books
