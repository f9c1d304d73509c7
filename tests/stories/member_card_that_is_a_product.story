# A member card that is also a product
# What the shop sells is a product, whoever else is known by its number; the member types the number instead.
the store has member m7 called Sam with 9520001200014
scan 9520001200014
expect lines 1
expect customer nobody
type member number 9520001200014
expect screen 09-member
expect lines 1
expect customer m7
