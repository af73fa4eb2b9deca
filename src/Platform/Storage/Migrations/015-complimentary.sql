-- To how many people a department may give tickets.
create table complimentary_budget (id {ID} primary key, park bigint not null, name text not null, name_en text not null, from_day bigint not null, to_day bigint not null, people bigint not null, left_to_clerk bigint not null, active bigint not null, edit bigint not null);
create index complimentary_budget_park on complimentary_budget (park);
-- From which budget an order's complimentary lines were given, why, and who approved it; null where nothing was given.
alter table orders add column complimentary text;
create index orders_complimentary on orders (park, day) where complimentary is not null;
