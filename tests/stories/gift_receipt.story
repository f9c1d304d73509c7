# Something for a friend: after the receipt, one without prices, once. The next shopper is asked anew.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 3 s
expect screen 15-thank-you
expect receipt contains "32"
tap "Gift receipt"
wait 3 s
expect receipts 2
expect receipt contains "GIFT RECEIPT"
expect receipt contains "Rye bread, sliced"
expect no button "Gift receipt"
wait 20 s
expect screen 01-welcome
scan 9520001200021
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
expect screen 15-thank-you
expect no button "Gift receipt"
wait 20 s
expect receipts 2
expect everything in the books
