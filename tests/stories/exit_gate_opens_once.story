# The receipt opens the exit gate once. A second time it stays shut, staff are called and let whoever it is out.
shop fits gate
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 5 s
expect receipt contains "exit code"
hold the receipt to the exit reader
wait 5 s
expect the exit gate opened 1 times
wait 60 s
hold the receipt to the exit reader
wait 5 s
expect the exit gate opened 1 times
expect staff called for gate
hold 2222 to the exit reader
wait 5 s
expect the exit gate opened 1 times
staff pin 2468
expect text "The exit gate stayed shut"
tap "Open the gate"
wait 2 s
expect the exit gate opened 2 times
expect staff not called for gate
tap "Lock"
expect everything in the books
