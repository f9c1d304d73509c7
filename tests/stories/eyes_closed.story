# A whole purchase with five keys and closed eyes: the voice says where one is. tests/golden/spoken has every word of it.
expect screen 01-welcome
hold ok 4 s
expect screen 20a-accessibility
find "Voice guidance" by keys
press ok
press back
expect screen 01-welcome
scan 9520001200014
expect the ring on "Pay"
scan 9520001400056
hold back 2 s
find "Change or remove" by keys
press ok
press ok
expect screen 08-quantity
find "Remove" by keys
press ok
expect screen 02-scanning
expect lines 1
find "Pay" by keys
press ok
wait 3 s
expect screen 11-card-progress
insert card
wait 2 s
pin 1234
wait 4 s
perhaps take card
wait 5 s
expect screen 14a-receipt-choice
find "Print it" by keys
press ok
wait 3 s
expect screen 15-thank-you
press ok
wait 3 s
expect screen 01-welcome
wait 1 min
expect store total 32.90
