# In the night to 28 March the clock jumps from two to three. A shopper who scans before and pays after does not notice, and the
# day is closed at four, an hour earlier than on other days.
clock is set to 2027-03-28 01:59:20
wait 20 s
scan 9520001200014
wait 25 s
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 30 s
expect receipt contains "2027-03-28 03:00"
expect the last sale is number 1 of 2027-03-27
clock jumps 60 min
wait 1 min
expect reports of day.closed 1
expect report day.closed says sales 1
expect everything in the books
