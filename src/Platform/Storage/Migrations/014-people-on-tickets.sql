-- What a type asks of its visitors; null where nothing is asked.
alter table ticket_type add column person_terms text;
-- Who is named on a ticket, protected, with a keyed hash for look-up; the ticket is null while the order is unpaid.
create table visitor (id {ID} primary key, park bigint not null, order_id {ID} not null, line bigint not null, place bigint not null, ticket {ID}, type {ID} not null, visit_day bigint not null, sold_day bigint not null, name {BYTES} not null, id_number {BYTES} not null, id_hash {BYTES} not null, height_cm bigint, proofs text not null);
create index visitor_order on visitor (order_id);
create index visitor_number on visitor (id_hash);
-- What one identity number has bought of one type, those that went back not counted.
create table bought (id {ID} primary key, park bigint not null, type {ID} not null, id_hash {BYTES} not null, cells text not null);
