# The bank has said yes, and the power goes before the sale is sealed. Nobody pays twice, nothing is lost.
scan 9520001200014
tap "Pay"
wait 3 s
disk sits in a sync
tap card
wait 5 s
expect charges 1
expect sales 0
power cut seed 7
expect screen dark
wait 20 s
disk is done with its sync
unplug terminal
start
wait 1 s
expect screen 13-checking-bank
expect light amber
expect staff called for bank
expect sales 0
plug in terminal
wait 12 s
expect screen 14a-receipt-choice
expect charges 1
expect sales 1
expect staff not called for bank
wait 60 s
expect screen 01-welcome
expect store total 32.90
expect everything in the books
