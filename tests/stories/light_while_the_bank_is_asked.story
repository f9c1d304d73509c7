# Nobody knows yet whether it was paid: steady amber, and nothing pulses at a shopper who can only wait.
scan 9520001200014
tap "Pay"
wait 3 s
disk sits in a sync
tap card
wait 5 s
power cut seed 7
wait 20 s
disk is done with its sync
unplug terminal
start
wait 1 s
expect screen 13-checking-bank
expect light amber steady
expect rgb light amber
plug in terminal
wait 12 s
expect screen 14a-receipt-choice
wait 60 s
expect everything in the books
