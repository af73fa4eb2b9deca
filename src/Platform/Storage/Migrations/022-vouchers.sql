-- What a voucher does, and how much all of its kind may take off together; 0 = no bound.
create table voucher_kind (id {ID} primary key, park bigint not null, name text not null, name_en text not null, terms text not null, budget_fen bigint not null, comes_back bigint not null, active bigint not null, edit bigint not null, has_vouchers bigint not null);
create index voucher_kind_park on voucher_kind (park);
-- Vouchers that were issued together. Their codes follow from the protected seed; one that was chosen by hand stands in code.
create table voucher_batch (id {ID} primary key, park bigint not null, number bigint not null, kind {ID} not null, vouchers bigint not null, uses bigint not null, code text, seed {BYTES} not null, from_day bigint not null, to_day bigint not null, issuer text not null, receiver text not null, target text not null, note text not null, issued_at bigint not null, issued_by {ID} not null, approved_by {ID}, voided bigint not null, edit bigint not null);
create unique index voucher_batch_number on voucher_batch (park, number);
-- One voucher; its id stands for its code.
create table voucher (id {ID} primary key, park bigint not null, batch {ID} not null, serial bigint not null, used bigint not null, voided bigint not null, order_id {ID}, used_at bigint);
create unique index voucher_serial on voucher (batch, serial);
-- What vouchers took off an order; null where it has none.
alter table orders add column vouchers text;
create index orders_vouchers on orders (park, day) where vouchers is not null;
