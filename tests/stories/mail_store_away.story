# No e-mail while the store is away
# It is said before anybody types; if the store falls silent while somebody does, the other receipts remain.
shop speaks en sv
shop mails receipts
scan 9520001200014
tap "Pay"
tap card
wait 10 s
type address sam@example.com
the store is slow
tap "Send"
expect text "One moment, we are asking."
wait 4 s
expect screen 14a-receipt-choice
expect banner "We can’t send e-mail just now"
tap "Print it"
wait 20 s
expect receipts 1
the store catches up
wait 10 s

# What the store had heard it sends all the same, once; the next shopper sees nothing of it
expect mails 1
network down
scan 9520001400056
tap "Pay"
tap card
wait 10 s
expect locked button "E-mail it"
tap "No receipt"
wait 1 min
network up
wait 1 min
expect mails 1
expect everything in the books
