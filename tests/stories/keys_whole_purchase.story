# A whole purchase with the keypad alone: the scanner beeps, everything else is keys.
expect screen 01-welcome
expect no ring
scan 9520001200014
expect screen 02-scanning
press right
expect the ring on "Pay"
press right
expect the ring on "Item without barcode"
press left
expect the ring on "Pay"
find "Item without barcode" by keys
press ok
expect screen 04a-picker
press back
expect screen 02-scanning
find "Change or remove" by keys
# A scan brings the ring to Pay.
scan 9520001200014
expect the ring on "Pay"
hold ok 4 s
expect screen 20a-accessibility
press back
expect screen 02-scanning
press help
expect staff called for help
expect screen 16-help-coming
find "Keep scanning" by keys
press ok
expect screen 02-scanning
find "Pay" by keys
press ok
wait 3 s
expect screen 11-card-progress
tap card
pin 1234
wait 5 s
expect screen 14a-receipt-choice
find "Print it" by keys
press ok
wait 3 s
expect receipt contains "Rye bread, sliced"
expect charges 1
find "Done" by keys
press ok
wait 3 s
expect screen 01-welcome
expect no ring
expect everything in the books
