# The roll is empty: Bo puts a new one in, and is done when a test slip has come out of the printer.
paper out
wait 15 s
expect staff called for paper
staff pin 1357
expect text "paper is out"
tap "Change the roll"
expect locked button "Print a test"
expect locked button "The test is good"
paper ok
wait 15 s
expect text "The printer has paper"
tap "Print a test"
wait 2 s
expect receipt contains "Printer test"
expect report roll.changed says by u2
expect text "Is it easy to read?"
tap "The test is good"
expect screen 19b-staff-menu
expect staff not called for paper
