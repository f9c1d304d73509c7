# A real button beside the screen calls staff, in the middle of a visit, and the basket stays.
shop fits button.help
scan 9520001200014
press the help button
expect screen 16-help-coming
expect lines 1
tap "Keep scanning"
expect screen 02-scanning
expect everything in the books
