# Anna makes Swedish the first language of the lane and its beeps softer: so it stays, after shoppers and over a power cut.
staff pin 2468
tap "Language & sound"
expect screen 19j-staff-language
tap "Svenska"
expect text "Startspråk"
expect report lane.tuned says by u1
tap "Pip: lägre"
expect text "5 av 10"
tap "Lås"
expect text "första varan"
tap "Svenska"
tap "English"
scan 9520001200014
expect text "Your basket"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect screen 01-welcome
expect text "första varan"
power cut
start
expect text "första varan"
staff pin 2468
tap "Språk & ljud"
expect text "5 av 10"
tap "Meny"
tap "Lås"
expect everything in the books
