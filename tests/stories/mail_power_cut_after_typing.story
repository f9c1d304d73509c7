# The power goes when the address has been typed
# The lane never had it on its disk: the shopper is asked to type it once more. If the store had understood, it is sent.
shop speaks en sv
shop mails receipts
scan 9520001200014
tap "Pay"
tap card
wait 10 s
type address sam@example.com
the store is slow
tap "Send"
power cut
the store catches up
expect nothing of sam@example in the journal
start
wait 3 s
expect screen 15-thank-you
expect mail to sam@example.com says "32.90"
wait 1 min

# This time the store has heard nothing
scan 9520001400056
tap "Pay"
tap card
wait 10 s
type address kim@example.com
network of a thousand loses 1000 doubles 0 shuffles 0 delays 0 seed 1
tap "Send"
power cut
network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1
start
wait 3 s
expect screen 14a-receipt-choice
expect banner "Please type your address once more"
type address kim@example.com
tap "Send"
wait 1 min
expect mail to kim@example.com says "13.90"
expect everything in the books
