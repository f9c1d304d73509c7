# What the pole shows from welcome to goodbye: green for the next shopper, dark in use, green again when all is paid.
expect light green steady
expect rgb light green
scan 9520001200014
expect light none
expect rgb light white
tap "Pay"
wait 3 s
expect light none
tap card
wait 5 s
expect screen 14a-receipt-choice
expect light none
tap "Print it"
expect screen 15-thank-you
expect light green
wait 20 s
expect screen 01-welcome
expect light green steady
expect everything in the books
