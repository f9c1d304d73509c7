# Headphones go in during a purchase and are pulled before it is paid: the voice comes and goes with them. tests/golden/spoken has every word.
expect screen 01-welcome
scan 9520001200014
plug headphones in
expect screen 02-scanning
find "Pay" by keys
pull headphones out
scan 9520001400056
expect lines 2
plug headphones in
find "Pay" by keys
press ok
wait 3 s
expect screen 11-card-progress
the sound card goes away
insert card
wait 2 s
pin 1234
wait 4 s
perhaps take card
wait 5 s
expect screen 14a-receipt-choice
the sound card is back
find "Print it" by keys
pull headphones out
press ok
wait 3 s
expect screen 15-thank-you
wait 1 min
expect screen 01-welcome
expect everything in the books
