-- A hold reserves an amount on both its accounts: what is leaving the one is coming to the other. Entries is the number of the
-- account's last entry; null where it keeps none.
alter table account add column leaving bigint not null default 0;
alter table account add column coming bigint not null default 0;
alter table account add column entries bigint;

-- Phase 0 moved at once, 1 opened a hold, 2 posted, 3 voided, 4 timed out. Only 0 and 2 moved balances.
alter table transfer add column phase bigint not null default 0;
alter table transfer add column hold {ID};
alter table transfer add column until bigint;

create table hold (id {ID} primary key, park bigint not null, source bigint not null, target bigint not null, amount bigint not null check (amount > 0), unit bigint not null, what text not null, until bigint, state bigint not null, posted bigint not null);
{EMBEDDED} drop table hold;
{EMBEDDED} create table hold (id BLOB primary key, park bigint not null, source bigint not null, target bigint not null, amount bigint not null check (amount > 0), unit bigint not null, what text not null, until bigint, state bigint not null, posted bigint not null) without rowid;
-- Only holds that stand and have a moment of their own are looked for by it.
create index hold_until on hold (until) where state = 1 and until is not null;

create table account_entry (account bigint not null, number bigint not null, lane bigint not null, seq bigint not null, n bigint not null, amount bigint not null, balance bigint not null, what text not null, at bigint not null, primary key (account, number));
{EMBEDDED} drop table account_entry;
{EMBEDDED} create table account_entry (account bigint not null, number bigint not null, lane bigint not null, seq bigint not null, n bigint not null, amount bigint not null, balance bigint not null, what text not null, at bigint not null, primary key (account, number)) without rowid;
