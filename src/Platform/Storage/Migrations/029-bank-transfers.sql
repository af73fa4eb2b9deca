-- Money of the bank for an order, by the bank's own number of it; as it was booked last.
create table bank_transfer (id text primary key, park bigint not null, reference text not null, order_number bigint not null, kind text not null, fen bigint not null, note text not null, staff {ID} not null, at bigint not null, day bigint not null, reversed_by {ID}, reversed_at bigint, reversed_why text not null);
create index bank_transfer_day on bank_transfer (park, day, at);
create index bank_transfer_order on bank_transfer (park, order_number);
