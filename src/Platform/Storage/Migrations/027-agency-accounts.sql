-- Whether an agency may pay from its account, and for how much it may sign.
create table agency_account (id text primary key, park bigint not null, agency text not null, active bigint not null, credit_line_fen bigint not null, note text not null, edit bigint not null);
create index agency_account_park on agency_account (park);
-- Money of the bank for an agency, by the bank's own number of it; as it was booked last.
create table agency_money (id text primary key, park bigint not null, agency text not null, reference text not null, kind text not null, fen bigint not null, note text not null, staff {ID} not null, at bigint not null, day bigint not null, reversed_by {ID}, reversed_at bigint, reversed_why text not null);
create index agency_money_agency on agency_money (park, agency, at);
