# The line goes right after the approval, and what the terminal tells then says that the card signs: staff still compare.
scan 9520001200014
the next card signs
cut terminal after approval
tap "Pay"
wait 3 s
tap card
wait 60 s
expect screen 11e-sign-the-slip
expect sales 0
expect receipt contains "Name and signature"
staff pin 1357
tap "Not right: take the charge back"
wait 10 s
expect charges 0
expect sales 0
tap "Save basket and ask staff"
wait 20 min
expect store voids 1
expect everything in the books
