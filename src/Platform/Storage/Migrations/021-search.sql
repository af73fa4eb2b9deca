-- Keyed hashes by which a buyer is found: of the phone's last four digits, and of the name. Empty where there is none; null while an order of before has not got them yet.
alter table order_buyer add column phone_tail {BYTES};
alter table order_buyer add column name_hash {BYTES};
create index order_buyer_tail on order_buyer (phone_tail) where length(phone_tail) > 0;
create index order_buyer_name on order_buyer (name_hash) where length(name_hash) > 0;
create index order_buyer_before on order_buyer (id) where name_hash is null;
