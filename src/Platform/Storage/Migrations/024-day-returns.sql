-- What the park owes for tickets that went back, and how much of it is open, by the way on which it was paid.
create table owed_refund (id {ID} primary key, park bigint not null, order_id {ID} not null, at bigint not null, day bigint not null, day_return {ID}, reason text not null, cash_fen bigint not null, card_fen bigint not null, cash_open_fen bigint not null, card_open_fen bigint not null);
create index owed_refund_order on owed_refund (order_id);
create index owed_refund_at on owed_refund (park, at);
create index owed_refund_open on owed_refund (park, at) where cash_open_fen + card_open_fen > 0;
-- Tickets of a whole day that go back in one piece of work, and how far it is.
create table day_return (id {ID} primary key, park bigint not null, visit_day bigint not null, types text, reason text not null, reason_name text not null, back_rate bigint not null, remark text not null, started_by {ID} not null, approved_by {ID} not null, at bigint not null, state text not null, orders bigint not null, tickets bigint not null, people bigint not null, fen bigint not null, skips text not null, ended_at bigint);
create index day_return_park on day_return (park, at);
create index day_return_running on day_return (park) where state = 'Running';
