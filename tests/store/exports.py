"""Exports as Odoo and Square write them: headings as published (see store/imports/odoo.py and square.py), our goods."""

from selling import BANANAS, BREAD, WATER

ODOO_PRODUCTS = f"""\
External ID,Name,Product Category,Unit,Sales Taxes,Internal Reference,Barcode,Sales Price
p.1,Rye bread,All / Bakery,Units,6%,RB-1,{BREAD.gtin},34.9
p.2,Glögg,All / Drinks,Units,25% G,,9520000000035,59.0
p.3,Gift wrap,All,Units,25% G,GW-7,,10.0
,,,,12%,,,
p.4,Bananas,All / Fruit,kg,12%,{BANANAS.plu},,24.9
"""
ODOO_CONTACTS = """\
External ID,Name,Is a Company,Email,Phone,Mobile
c.1,Azure Interior,True,azure@example.com,(870)-931-0505,
c.2,Åsa Berg,False,Asa.Berg@Example.com,,+46 70 123 45 67
c.3,Nobody,False,,,
"""
ODOO_QUANTS = f"""\
Product,Product/Barcode,Product/Internal Reference,Location,Lot/Serial Number,Quantity
Rye bread,{BREAD.gtin},,WH/Stock,L1,12.0
Rye bread,{BREAD.gtin},,WH/Stock,L2,8.0
Bananas,,{BANANAS.plu},WH/Stock,,12.5
Glue,,,WH/Stock,,4.0
"""
ODOO_CARDS = """\
Code,Points,Expiration Date
044a-11,250.0,2026-12-31
044a-12,0.0,
044a-13,99.5,
"""
SQUARE_ITEMS = f"""\
Token,Item Name,Customer-facing Name,Variation Name,Unit and Precision,SKU,Description,Categories,Reporting Category,\
GTIN,Item Type,Price,Archived,Current Quantity Corner shop,New Quantity Corner shop,Tax - Moms (25%),Tax - Mat (6%)
T1,Rye bread,,Regular,,RB,,Bakery,Bakery,{BREAD.gtin},Physical good,$34.90,N,20,,N,Y
T2,Glögg,,Large,,G1,,Drinks,Drinks,9520000000035,Physical good,59.00,N,6,,Y,N
T3,Old thing,,Regular,,O1,,,,9520000000042,Physical good,1.00,Y,,,Y,N
T4,Water,,Regular,,W1,,,,{WATER.gtin},Physical good,11.90,N,0,,,
"""
SQUARE_CUSTOMERS = """\
Reference ID,First Name,Last Name,Email Address,Phone Number,Memo,Square Customer ID,Email Subscription Status
,Åsa,Berg,asa.berg@example.com,'+46701234567,,SQ1,Subscribed
,Bo,Ek,,+46 70 765 43 21,,SQ2,Unknown
"""
SQUARE_CARDS = """\
{"gift_cards": [
 {"id": "gftc:1", "type": "PHYSICAL", "gan_source": "SQUARE", "state": "ACTIVE", "gan": "7783320001001635",
  "balance_money": {"amount": 2500, "currency": "SEK"}, "created_at": "2021-03-30T22:26:54Z"},
 {"id": "gftc:2", "type": "DIGITAL", "gan_source": "SQUARE", "state": "BLOCKED", "gan": "7783320009999999",
  "balance_money": {"amount": 1000, "currency": "SEK"}, "created_at": "2021-03-30T22:26:54Z"}
], "cursor": "x"}
"""
