# In Norway wine is not sold from eight in the evening on. The shopper hears when it is sold again, and staff cannot change it.
shop in no
clock is set to 2026-11-24 20:00:05
scan 9520001200014
scan 9520001410048
expect banner "This may be sold again from Wed, 25 Nov, 08:00 on."
expect lines 1
expect staff not called for item
staff pin 8642
expect no button "Sell it"
tap "To shopper"
scan 9520001410048
expect lines 1
clock is set to 2026-11-28 18:00:00
scan 9520001410048
expect banner "Mon, 30 Nov, 08:00"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "Print it"
wait 20 s
expect store sales 1
expect everything in the books
