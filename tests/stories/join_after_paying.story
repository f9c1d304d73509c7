# Somebody becomes a member after paying
# The sale gives points and keeps its price. Offers are sent to whoever touches the empty box, and to nobody else.
shop speaks en sv
shop takes new members after paying
offer bread kind=member_price items=9520001200014 price_minor=2000 name="Member price"

scan 9520001200014
tap "Member card"
expect no button "Become a member"
tap "Back"
tap "Pay"
tap card
wait 10 s
tap "No receipt"
begin to join with 0701234567

# Reading takes longer than goodbye does
wait 30 s
tap "Next"
tap "Send me offers as well (you choose)"
tap "Print it"
wait 30 s
tap "I agree, make me a member"
wait 1 s
expect screen 15-thank-you
expect banner "Welcome, you are a member now"
expect no button "Become a member"
tap "Done"
expect the member 0701234567 has 32 points and agreed to marketing membership
expect nothing of 0701234567 anywhere on the lane

# What was chosen for the receipt holds from now on
scan 9520001200014
type member number 0701234567
expect due 20.00
tap "Pay"
tap card
wait 10 s
expect screen 15-thank-you
expect receipts 1
expect everything in the books
