# A cashier may not set up the lane alone: a supervisor signs with badge or PIN on the same screen, and it is done.
staff pin 1357
tap "Language & sound"
tap "Voice: louder"
expect screen 19a-staff-sign-in
expect text "Ask a supervisor"
staff pin again 2468
expect screen 19j-staff-language
expect text "8 of 10"
expect report lane.tuned says by u1
expect report approval.given says for u2
# Another change, and a change of mind: all stays as it was.
tap "Beeps: softer"
tap "Back"
expect text "6 of 10"
tap "Lock"
expect everything in the books
