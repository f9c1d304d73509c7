# A printer that has jammed is red until somebody frees it, while the shop goes on selling; an empty roll is amber, at the receipt.
expect light green
the cutter jams
expect light red steady
expect rgb light red
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 18c-paper-out
expect light red
the cutter is freed
paper out
expect light amber steady
tap "No receipt"
expect light green
wait 20 s
expect everything in the books
