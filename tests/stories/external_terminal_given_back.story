# What the other terminal took is not wanted any more: staff give it back there, key the number of that, never in cash
shop takes card external cash
scan 9520001200014
tap "Pay"
tap "Card, with staff"
staff pin 1357
key 2000
tap "This amount"
key 123456
tap "It is paid"
wait 1 s
expect left to pay 12.90
tap "Remove Card 20.00 kr"
wait 1 s
expect left to pay 32.90
tap "Staff"
expect text "On the card terminal, receipt 123456"
tap "Type its number"
key 12
expect locked button "It is given back now"
key 3457
tap "It is given back now"
expect text "Ask a supervisor"
staff pin again 2468
expect screen 19b-staff-menu
expect staff not called for reversal
tap "Lock"
tap "Card"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect store paid 32.90 by card
expect report card.reversal_settled says reference 123457
expect everything in the books
