# The console closes the lane after this visit, opens it, pauses it, says a word to the shopper; and only who may
scan 9520001200014
Bo at the console says "Please come to the desk when you have paid"
wait 1 s
expect banner "Please come to the desk"
Bo at the console closes the lane
wait 1 s
the console hears done
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect screen 18a-closed
Bo at the console opens the lane
wait 1 s
expect screen 01-welcome
Bo at the console pauses the lane for 5 minutes
wait 1 s
expect screen 18a-paused
wait 6 min
expect screen 01-welcome
Anna at the console opens the drawer
wait 1 s
the console hears "the drawer opens only while somebody is signed in at the lane"
staff pin 2468
Bo at the console opens the drawer
wait 1 s
the console hears "a cashier may not do that"
Anna at the console opens the drawer
wait 1 s
the console hears done
expect drawer open
push the drawer shut
nobody at the console closes the lane
wait 1 s
the console hears "this lane knows nobody by that id"
expect everything in the books
