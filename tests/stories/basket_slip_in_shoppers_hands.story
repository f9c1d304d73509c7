# This shop lets shoppers bring their own baskets back; an age is checked anew at the other checkout.
shop shares baskets, which shoppers bring back with a slip
scan 9520001410048
scan 9520001200014
staff pin 1357
tap "Approve"
tap "Suspend"
wait 3 s
tap "Lock"
on lane k02 scan the slip of lane k01
on lane k02 wait 1 s
on lane k02 expect staff called for age
on lane k02 staff pin 1357
on lane k02 tap "Approve"
on lane k02 wait 1 s
on lane k02 expect staff not called for age
