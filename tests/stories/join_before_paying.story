# Somebody becomes a member before paying
# The member's price follows at once, the points come with the sale, and nothing of the address stays on the lane.
shop speaks en sv
shop takes new members before paying
offer bread kind=member_price items=9520001200014 price_minor=2000 name="Member price"

scan 9520001200014
expect due 32.90
begin to join with sam@example.com
expect text "sam@example.com"
tap "Next"
expect screen 09-member-consent
expect text "I agree that Demo store keeps this, and what I buy as a member, to give me points and member prices."
tap "I agree, make me a member"
wait 1 s
expect banner "Welcome, you are a member now"
expect due 20.00
expect members 1
tap "Member card"
expect no button "Become a member"
tap "Back"
tap "Pay"
tap card
wait 10 s
tap "No receipt"
wait 20 s

# Nobody chose to be sent offers
expect the member sam@example.com has 20 points and agreed to membership
expect nothing of sam@example anywhere on the lane

# The next time the address is enough
scan 9520001200014
tap "Member card"
tap "Use my e-mail"
type contact sam@example.com
tap "OK"
expect due 20.00
expect everything in the books
