# A new colleague practises a whole sale: it looks and prints like one, says TRAINING everywhere, and is in no book
shop takes card gift_card cash
scan 9520001200014
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
staff pin 2468
tap "Training"
expect text "Training"
tap "To shopper"
expect text "Somebody is learning here"
scan 9520001540103
scan 9520001200014
tap "Pay"
tap "Card"
expect text "Approve it"
wait 2 min
tap "Decline it"
expect screen 12-declined
tap "Try again"
tap "Approve it"
wait 1 s
expect text "Paid"
tap "Print it"
wait 10 s
expect receipt contains "TRAINING"
expect receipts of training in the journal 1
expect receipts in earnest in the journal 0
wait 1 min
expect screen 01-welcome
staff pin 2468
tap "End training"
tap "To shopper"
expect text "We take card"
expect report training.ended says receipts 1
expect everything in the books

# Back in earnest: one sale before it, one after it, in one chain
scan 9520001200014
tap "Pay"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 1 min
expect store total 65.80
expect receipts of training in the journal 1
expect receipts in earnest in the journal 1
expect everything in the books

wait 5 min
# At the end of the day the Z report counts it, and the tax administration's file as well.
staff pin 2468
tap "X report"
tap "Close the day…"
tap "Close the day"
wait 20 s
expect receipts of training in the reports of closed days 1
