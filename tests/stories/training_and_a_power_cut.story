# The power goes in the middle of a payment that is practised: training goes on, the terminal was never asked, and left
# alone it ends by itself
shop takes card cash
staff pin 2468
tap "Training"
tap "To shopper"
scan 9520001200014
tap "Pay"
tap "Card"
power cut
start
wait 5 s
expect text "Training"
expect screen 12-declined
tap "Pay another way"
tap "Cash"
staff pin 1357
tap "Exact"
tap "Open drawer and finish"
wait 1 s
expect text "Paid"
expect drawer opened 0 times
wait 12 min
expect screen 01-welcome
expect text "We take card"
expect everything in the books
