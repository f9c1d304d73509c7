"""Programs of the appliance that are not the lane."""
