# While the store is away the lane lets out who has paid here, once; what it opened for, the store counts as used when it is back. Whoever is refused is let out from the console.
shop fits gate
network down
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 5 s
hold the receipt to the exit reader
wait 5 s
expect the exit gate opened 1 times
wait 60 s
network up
wait 30 s
hold the receipt to the exit reader
wait 5 s
expect the exit gate opened 1 times
expect staff called for gate
Bo at the console approves gate
wait 1 s
the console hears done
expect the exit gate opened 2 times
expect staff not called for gate
expect everything in the books
