# The receipt comes out, but the printer does not say so. Nobody can tell, so the next one says that it is a copy.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
printer says nothing
tap "Print it"
wait 20 s
expect receipts 1
expect staff called for paper
printer speaks again
wait 30 s
staff pin 2468
tap "Print again"
wait 3 s
expect receipts 2
expect receipt contains "KOPIA"
expect staff not called for paper
expect everything in the books
