-- Until now a site without a capacity of its own was not counted: an upgrade leaves the count as the park knows it.
alter table site add column counts_inside bigint not null default 1;
update site set counts_inside = 0 where capacity = 0;

-- English names; empty means the Chinese one. The gate's name stays with the ticket as it was when somebody entered.
alter table lane add column name_en text not null default '';
alter table sales_window add column name_en text not null default '';
alter table ticket add column used_gate_en text;

-- A window could be told to open a gate with F3; no device ever did, so it does nothing.
update sales_window set f3_action = 'None' where f3_action = 'Gate';

-- Counts of a drawer that differed and gave no reason: how many, and the first of them.
alter table shift add column refused_counts bigint not null default 0;
alter table shift add column first_counted_fen bigint;

-- Who holds a number that only one may have. A number given before this table has no row here until its holder is saved again.
create table taken_number (id text primary key, park bigint not null, holder {ID});
