# A no is one touch, as a yes is; and nobody is asked who has nothing to round up.
shop collects for Red Cross in steps of 10.00
scan 9520001200014
tap "Pay"
tap "No, thank you"
wait 3 s
tap card
wait 5 s
expect sales 1
tap "No receipt"
wait 60 s
expect store paid 32.90 by card
expect everything in the books
