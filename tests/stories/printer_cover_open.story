# The cover is open: no paper is offered, staff are called; closed again all is well.
open the printer
wait 1 s
expect staff called for paper
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 18c-paper-out
close the printer
wait 2 s
expect staff not called for paper
tap "Print it"
wait 3 s
expect receipts 1
wait 30 s
expect everything in the books
