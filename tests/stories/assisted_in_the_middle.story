# A shopper is stuck, Bo takes over with one touch, looks at the age himself, and gives the lane back.
shop takes card cash
scan 9520001200014
scan 9520001410031
expect screen 07-age-check
tap "Keep scanning"
tap "Call staff"
expect staff called for help
staff pin 1357
tap "Serve here"
expect screen 02-assisted
expect staff not called for help
expect text "Age check 18+"
expect locked button "Card"
tap "Card"
expect text "First answer the question at the left"
wait 10 s
tap "Clearly over 25"
expect staff not called for age
tap "Self-service"
expect screen 02-scanning
tap "Staff"
tap "Lock"
expect light none
tap "Pay"
tap "Card"
tap card
wait 5 s
pin 1234
wait 5 s
expect served by u2
expect noted "18: clear" by u2
expect noted "help" by u2
tap "No receipt"
wait 1 min
expect screen 01-welcome
expect everything in the books
