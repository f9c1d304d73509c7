# Change the quantity on the sheet, take a line out and have it back.
scan 9520001200014
scan 9520001400056
tap "Change or remove"
tap "Rye bread, sliced"
expect screen 08-quantity
tap "One more"
tap "One more"
tap "One less"
tap "Save change"
expect items 3
expect due 79.70
tap "Cola 33 cl"
tap "Remove"
expect lines 1
expect due 65.80
tap "Removed. Add it back?"
expect lines 2
expect due 79.70
