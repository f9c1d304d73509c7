# The ring comes with the first key and goes with a touch; a keypad that is pulled out in the middle of a press does nothing.
press ok
expect screen 03-empty-basket
find "Type a code" by keys
press ok
expect screen 04c-type-code
# The keypad's own digits type; OK on the screen takes them.
press 9
press 5
expect text "95"
tap "Delete one digit"
expect no ring
press 9
press back
expect screen 03-empty-basket
scan 9520001200014
find "Item without barcode" by keys
unplug the keypad
press ok
plug the keypad in
expect screen 02-scanning
