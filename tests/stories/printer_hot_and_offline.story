# A printer that is too hot, or that somebody has taken offline, prints nothing, and the shopper is told so; online again it prints this receipt for staff.
scan 9520001200014
the printer overheats
wait 2 s
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 18c-paper-out
the printer has cooled
wait 2 s
expect screen 14a-receipt-choice
the printer is taken offline
tap "Print it"
wait 10 s
expect screen 18c-paper-out
tap "No receipt"
the printer is brought online
wait 20 s
expect screen 01-welcome
staff pin 1357
tap "Print again"
wait 8 s
expect receipt contains "Rye bread"
expect everything in the books
