# The power goes while the store is being asked: the question is asked again, and both that were scanned are bought.
the store lists gtin=4006381333931 name="Oat drink" price_minor=2190 tax_class=food
the store is slow
scan 4006381333931
scan 4006381333931
power cut
the store catches up
start
wait 3 s
expect items 2
expect due 43.80
