# Alex tries the parts of the lane: a test slip, the lamps, the drawer. Then the roll is empty, and the page says so.
staff pin 2468
tap "Health & tests"
expect screen 19h-staff-health
tap "Print"
expect receipt contains "Printer test"
expect report part.tried says part printer
tap "Colours"
expect report part.tried says part lights
tap "Test all"
expect report part.tried says part all
paper out
wait 5 s
expect text "No paper"
expect locked button "Print"
