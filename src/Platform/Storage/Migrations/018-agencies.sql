-- In whose name an order was sold, by the agency's code of the dictionary; null = nobody's.
alter table orders add column agency text;
-- A statement reads one agency's orders, which are few of many.
create index orders_agency on orders (park, agency, day) where agency is not null;
