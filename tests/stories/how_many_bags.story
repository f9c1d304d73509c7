# The shop sells bags: before paying the shopper is asked how many. Two paper bags are taken, and are in stock no more.
shop asks for bags 9520001530012 9520001530029
scan 9520001200014
tap "Pay"
expect screen 10b-how-many-bags
tap "Paper bag: One more"
tap "Paper bag: One more"
expect text "40.90"
tap "Next"
expect screen 11-card-progress
tap card
wait 5 s
expect charges 1
expect sales 1
tap "Print it"
wait 10 s
expect receipt contains "Paper bag"
wait 60 s
expect store total 40.90
expect everything in the books
