-- Tickets that are sent to their buyer, under the order's id. Name, phone and address are protected.
create table delivery (id {ID} primary key, park bigint not null, state text not null, way text not null, name {BYTES} not null, phone {BYTES} not null, address {BYTES} not null, note text not null, carrier text not null, tracking text not null, word text not null, staff {ID} not null, at bigint not null, day bigint not null, sent_at bigint, ended_at bigint);
create index delivery_state on delivery (park, state);
