# In the night to 31 October half past two comes twice. Both sales belong to the day that began on Saturday; their receipts say
# the same hour, their records do not. At four the day is closed once, with both.
clock is set to 2027-10-31 02:30:00
wait 15 s
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 30 s
expect receipt contains "2027-10-31 02:30"
clock jumps 61 min
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 30 s
expect receipt contains "2027-10-31 02:3"
expect the last sale is number 2 of 2027-10-30
clock jumps 88 min
wait 1 min
expect reports of day.closed 1
expect report day.closed says business_day 2027-10-30
expect report day.closed says sales 2
expect everything in the books
