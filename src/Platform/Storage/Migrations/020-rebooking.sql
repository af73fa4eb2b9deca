-- What a rebooking of a ticket type costs; null where it costs nothing at any time.
alter table ticket_type add column rebook_terms text;
-- For tickets of which order an order was rebooked, and how often that was done in all; null and 0 where it was bought.
alter table orders add column rebooked_from {ID};
alter table orders add column rebooked_times bigint not null default 0;
create index orders_rebooked on orders (rebooked_from) where rebooked_from is not null;
