# The power goes while the store makes a member
# What was typed is forgotten; the store knows by the question that it is done, so nobody joins twice.
shop speaks en sv
shop takes new members before paying
scan 9520001200014
join with sam@example.com
power cut
start
wait 5 s
expect members 1
expect lines 1
expect text "Welcome, you are a member now"
expect nothing of sam@example in the journal

# The store never heard of it: the shopper types once more
tap "Pay"
tap card
wait 10 s
tap "No receipt"
wait 20 s
scan 9520001200014
begin to join with kim@example.com
tap "Next"
network of a thousand loses 1000 doubles 0 shuffles 0 delays 0 seed 1
tap "I agree, make me a member"
power cut
network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1
start
wait 5 s
expect members 1
expect banner "Please type it once more"
join with kim@example.com
wait 1 s
expect banner "Welcome"
expect members 2
expect everything in the books
