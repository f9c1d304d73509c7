# Sweden asks a live till for a control unit, and there is none: the lane does not open, says which law it minds, and stays
# so when it is started again. It takes no money.
shop in se
shop is live
expect screen 18b-out-of-order
expect text "E-501 · The law asks for: kontrollenhet"
expect light red
scan 9520001200014
expect screen 18b-out-of-order
power cut
start
expect text "kontrollenhet"
expect sales 0
expect charges 0
