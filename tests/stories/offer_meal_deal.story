# A sandwich, a drink and a fruit salad for 75.00, in whatever order they are scanned. Its deposit is paid as ever.
offer lunch kind=meal_deal items="9520001550010+category:drinks/soft drinks+9520001550027" price_minor=7500 name="Lunch"
wait 3 s
scan 9520001550027
scan 9520001550010
expect due 84.80
scan 9520001400056
expect due 76.00
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
expect receipt contains "Lunch"
wait 20 s
expect store total 76.00
expect everything in the books
