# The power goes before anything is paid: nothing was given, and the return is gone.
shop takes card gift_card cash
staff take empties back with pin 2468
5 empties of "large bottle"
on to the money
power cut seed 3
start
wait 20 s
expect screen 01-welcome
expect returns 0
expect drawer opened 0 times
expect 0 deposit slips printed, all the same
expect everything in the books
