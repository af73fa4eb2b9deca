-- Quotas that several ticket types share, the days that were set by hand, and the number of the last change: the one row that a sale reads.
create table quota (id {ID} primary key, park bigint not null, name text not null, types text not null, places bigint, warn_percent bigint, stops bigint not null, keeps text not null, active bigint not null, counts_from bigint not null, edit bigint not null);
create table quota_day (id text primary key, park bigint not null, quota {ID} not null, day bigint not null, places bigint, unlimited bigint not null);
create table quota_head (park bigint primary key, changes bigint not null);
