# The card was put in and is still there when all is paid: the screen says so, large, and calls every three seconds until it is taken.
scan 9520001200014
tap "Pay"
wait 2 s
insert card
pin 1234
wait 4 s
tap "Print it"
wait 2 s
expect screen 15-thank-you
expect text "Remember your card!"
expect text "It is still in the card terminal."
take card
wait 3 s
expect text "Thank you."
wait 20 s
expect screen 01-welcome
expect sales 1
expect charges 1
