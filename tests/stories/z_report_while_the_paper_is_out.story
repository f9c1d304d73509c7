# The day is closed while the printer has no paper: staff hear that nothing was printed. When there is paper again, what comes
# out is the original, and the one after it a copy. A day that the calendar closed at night waits for somebody to print it.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 1 min
paper out
staff pin 2468
staff close the day
wait 2 s
expect banner "The report was not printed."
tap "Staff"
tap "X report"
expect locked button "Print the last Z"
paper ok
wait 2 s
tap "Print the last Z"
wait 3 s
expect receipt contains "Z-rapport 1"
expect receipt without "KOPIA"
tap "Print the last Z"
wait 3 s
expect receipt contains "KOPIA"
tap "Lock"
wait 30 s
expect everything in the books
