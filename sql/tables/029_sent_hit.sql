-- The view sent_hit is new: hits as they were sent, from which lists are read.
SET LOCAL ROLE hourglass_owner;
