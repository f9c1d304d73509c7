# The terminal cannot tell of a payment. Bo is a cashier: Anna decides, on the same screen, and both are known.
scan 9520001200014
terminal hides its last transaction after a cut
terminal reverses what was not confirmed
lose message 9 of the terminal
tap "Pay"
wait 3 s
tap card
wait 4 min
expect screen 13-checking-bank
staff pin 1357
staff settle honestly
expect screen 19a-staff-sign-in
expect text "Ask a supervisor"
staff pin again 2468
wait 2 s
expect staff not called for bank
tap "Lock"
expect screen 12-declined
terminal behaves
tap "Try again"
wait 3 s
tap card
wait 5 s
expect charges 1
wait 60 s
expect report approval.given says by u1
expect report approval.given says for u2
expect everything in the books
