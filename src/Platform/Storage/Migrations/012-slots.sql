-- Time slots: the pattern of a quota, the places of one slot of one day, and what a ticket was sold for.
alter table quota add column slots text;
alter table quota_day add column slot text;
alter table ticket add column slot text;
