# The answer of the lane is lost with its power: the store says it again, the lane does it once, and answers the same
staff pin 2468
Anna at the console opens the drawer
power cut
start
wait 10 s
the console hears done
expect drawer opened 1 times
network down
Anna at the console opens the drawer
wait 2 min
network up
wait 10 s
expect drawer opened 1 times
push the drawer shut
expect everything in the books
