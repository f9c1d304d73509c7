# Somebody in a wheelchair lowers the controls; the power goes in the middle of the visit and they are still low.
tap "English"
tap "Accessibility"
tap "Lower controls"
tap "Done"
scan 9520001200014
expect text "Lower controls are on."
power cut
start
wait 2 s
expect text "Lower controls are on."
tap "Turn off"
expect text "Rye bread"
expect lines 1
tap "Pay"
tap card
wait 5 s
expect everything in the books
