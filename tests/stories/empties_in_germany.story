# In Germany the deposit that is paid out takes its tax back with it: 4 x 0.25 are 0.84 and 0.16 of tax at 19 %.
shop in de
shop takes card cash
staff take empties back with pin 2468
4 empties of "One-way"
pay back
wait 2 s
expect receipt contains "-0,16"
expect receipt contains "-0,84"
expect paid back 1.00 by cash
push the drawer shut
expect everything in the books
