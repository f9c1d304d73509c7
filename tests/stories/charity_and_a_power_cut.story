# The power goes after the yes: it is still a yes, and it is paid once.
shop collects for Red Cross in steps of 10.00
shop takes card cash
scan 9520001200014
tap "Pay"
tap "Yes, give 7.10 kr"
power cut
start
wait 2 s
expect left to pay 40.00
tap "Card"
wait 3 s
tap card
wait 5 s
expect charges 1
tap "No receipt"
wait 60 s
expect store paid 40.00 by card
expect everything in the books
