-- What the staff wrote down of an order.
create table order_note (id {ID} primary key, park bigint not null, order_id {ID} not null, at bigint not null, staff {ID} not null, body text not null);
create index order_note_order on order_note (order_id, at);
