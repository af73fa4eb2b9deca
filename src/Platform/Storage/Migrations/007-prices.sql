-- Versions of the price rules, kept for ever. The head of a park says which of them sales may still be made under: the one row that a sale reads.
create table price_version (id {ID} primary key, park bigint not null, number bigint not null, from_at bigint not null, edition bigint not null, body text not null, withdrawn bigint not null);
create unique index price_version_number on price_version (park, number);
create table price_head (park bigint primary key, last bigint not null, begins text not null);

-- What a version priced an order on; null where the park had no price rules.
alter table orders add column price_basis text;
