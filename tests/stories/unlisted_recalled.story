# A batch that the shop has called back, of a product that only the store knows: it is not sold, a good batch is.
the store lists gtin=04006381333931 name="Oat drink" price_minor=2190 tax_class=food recalled=L2611
scan label (01)04006381333931(10)L2611
expect banner "This batch has been called back"
expect lines 0
scan label (01)04006381333931(10)L2612
expect lines 1
expect due 21.90
scan label (01)04006381333931(10)L2611
expect banner "This batch has been called back"
expect due 21.90
