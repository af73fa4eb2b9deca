-- What an unpaid order is kept by until somebody comes for it: a digest of the password that was told, and how often a wrong one was said.
alter table orders add column kept text;
