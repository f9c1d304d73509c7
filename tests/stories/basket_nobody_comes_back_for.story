# Nobody comes back for a basket that the store has too: its own checkout voids it, once.
shop shares baskets
scan 9520001200014
staff pin 1357
tap "Suspend"
wait 3 s
expect the store keeps 1 baskets
wait 16 min
expect kept baskets 0
expect the store keeps 0 baskets
expect voids 1
expect staff not called for recall
expect reports of basket.expired 1
expect everything in the books
