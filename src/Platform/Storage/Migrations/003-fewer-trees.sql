-- An answer's id begins with the moment of its key, so answers are added at the end of their tree and the old ones stand together.
{EMBEDDED} update answer set id = cast(substr(key, 1, 6) || substr(id, 1, 10) as blob);
{SERVER} update answer set id = (substr(replace(key::text, '-', ''), 1, 12) || substr(replace(id::text, '-', ''), 1, 20))::uuid;

-- The embedded store keeps a table with a key of its own in two trees, and each tree that a sale touches is a page to write.
-- Only for keys that rise with time: rows of random keys (ticket) would each lie on a page of their own.
{EMBEDDED} create table account_new (id integer primary key, park bigint not null, code text not null unique, unit bigint not null, min bigint, max bigint, balance bigint not null);
{EMBEDDED} insert into account_new select id, park, code, unit, min, max, balance from account;
{EMBEDDED} drop table account;
{EMBEDDED} alter table account_new rename to account;

{EMBEDDED} create table transfer_new (lane bigint not null, seq bigint not null, n bigint not null, source bigint not null, target bigint not null, amount bigint not null check (amount > 0), unit bigint not null, what text not null, at bigint not null, day bigint not null, park bigint not null, primary key (lane, seq, n)) without rowid;
{EMBEDDED} insert into transfer_new select lane, seq, n, source, target, amount, unit, what, at, day, park from transfer order by lane, seq, n;
{EMBEDDED} drop table transfer;
{EMBEDDED} alter table transfer_new rename to transfer;

{EMBEDDED} create table sold_ticket_new (id BLOB primary key, park bigint not null, order_id BLOB not null, short_code text not null, price_fen bigint not null, printed bigint not null, refunded_fen bigint not null) without rowid;
{EMBEDDED} insert into sold_ticket_new select id, park, order_id, short_code, price_fen, printed, refunded_fen from sold_ticket order by id;
{EMBEDDED} drop table sold_ticket;
{EMBEDDED} alter table sold_ticket_new rename to sold_ticket;
{EMBEDDED} create index sold_ticket_order on sold_ticket (order_id);

-- Only orders that hold places have a moment at which they let them go.
drop index orders_hold;
create index orders_hold on orders (hold_until) where hold_until is not null;
