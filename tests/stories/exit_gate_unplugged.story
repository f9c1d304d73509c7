# A gate without power opens for nobody and staff hear of it; plugged in again, the same receipt opens it, for it was not used.
shop fits gate
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 5 s
unplug gate
wait 6 s
expect staff called for device
plug in gate
wait 20 s
hold the receipt to the exit reader
wait 5 s
expect the exit gate opened 1 times
expect everything in the books
