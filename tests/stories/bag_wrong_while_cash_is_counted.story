# While the shopper waits for staff with cash nobody calls them back; who empties the shelf meets the same staff.
shop has a bagging scale
shop takes card cash
scan 9520001200014
bag 512 g
tap "Pay"
tap "Cash"
expect screen 11c-cash-wait
empty the shelf
wait 2 s
expect screen 11c-cash-wait
expect staff called for bag
expect staff called for cash
bag 512 g
expect staff not called for bag
expect staff called for cash
expect everything in the books
