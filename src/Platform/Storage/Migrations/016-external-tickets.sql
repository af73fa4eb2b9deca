-- Codes of tickets that somebody else issued, for one type and some days.
create table external_list (id {ID} primary key, park bigint not null, name text not null, issuer text not null, type {ID} not null, from_day bigint not null, to_day bigint not null, price_fen bigint not null, note text not null, edit bigint not null, has_codes bigint not null);
create index external_list_park on external_list (park);
-- The issuer's code of a ticket of a list; null for our own.
alter table ticket add column external_code text;
create index ticket_external on ticket (order_id, external_code) where external_code is not null;
create unique index ticket_external_code on ticket (park, external_code) where external_code is not null;
