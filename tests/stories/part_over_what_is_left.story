# More than is left is told kindly and nothing happens; the shopper thinks better of it and pays all.
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Pay a part"
expect locked button "OK"
key 9900
expect locked button "OK"
key 0
tap "Back"
tap "Pay a part"
key 1000
tap "OK"
tap "All of it instead"
expect text "How do you want to pay?"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store paid 32.90 by card
expect everything in the books
