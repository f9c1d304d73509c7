# A shopper calls, and may say what it is about: staff read it in their list, and the sale remembers. The power goes between.
scan 9520001200014
tap "Call staff"
expect screen 16-help-coming
expect staff called for help
tap "A price"
expect screen 16-help-coming
expect the call for help is about price
tap "An item"
expect the call for help is about item
power cut
start
expect the call for help is about item
staff pin 2468
expect text "The shopper calls"
expect text "An item, since"
tap "Done here"
expect staff not called for help
tap "Lock"
tap "Call staff"
expect the call for help is about nothing
tap "I’m fine now"
tap "Pay"
wait 3 s
tap card
wait 5 s
expect screen 14a-receipt-choice
wait 60 s
expect the last sale says help was settled: "item by u1"
expect everything in the books
