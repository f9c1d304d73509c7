# The power goes right after the drawer opened: the return is sealed once, and the drawer stays shut.
shop takes card cash
staff take empties back with pin 2468
5 empties of "large bottle"
on to the money
printer prints 900 ms a line
pay it back
power cut seed 3
printer prints 1 ms a line
start
wait 10 s
expect returns 1
expect drawer opened 1 times
expect paid back 15.00 by cash
expect everything in the books
