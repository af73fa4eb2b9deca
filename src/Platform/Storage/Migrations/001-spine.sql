-- {ID} is an id's column type and {BYTES} that of bytes; everything else is read alike by SQLite and PostgreSQL.
create table store (id bigint primary key, store_id {ID} not null, epoch bigint not null, simulation bigint not null, demo bigint not null, created_at bigint not null);

-- The write path
create table answer (id {ID} primary key, park bigint not null, principal {ID} not null, key {ID} not null, request_hash {BYTES} not null, status bigint not null, body text not null, at bigint not null);
create table log (lane bigint not null, seq bigint not null, epoch bigint not null, at bigint not null, day bigint not null, park bigint not null, kind text not null, subject {ID} not null, principal {ID} not null, body text not null, accounts text not null, transfers {BYTES} not null, answer {BYTES} not null, hash {BYTES} not null, primary key (lane, seq));
create index log_day on log (park, day, lane, seq);
create table account (id bigint primary key, park bigint not null, code text not null unique, unit bigint not null, min bigint, max bigint, balance bigint not null);
create table transfer (lane bigint not null, seq bigint not null, n bigint not null, source bigint not null, target bigint not null, amount bigint not null check (amount > 0), unit bigint not null, what text not null, at bigint not null, day bigint not null, park bigint not null, primary key (lane, seq, n));

-- Sign-in
create table staff (id {ID} primary key, park bigint not null, login text not null, name {BYTES} not null, phone {BYTES} not null, phone_hash {BYTES} not null, roles text not null, active bigint not null, must_change bigint not null, password text not null, version bigint not null, created_at bigint not null);
create table staff_login (login text primary key, staff {ID} not null);
create table session (id {ID} primary key, staff {ID} not null, park bigint not null, version bigint not null, created_at bigint not null, expires_at bigint not null, ended bigint not null, address text not null);
create index session_staff on session (staff);

create table device_key (id {ID} primary key, park bigint not null, lane {ID} not null, revoked bigint not null, created_at bigint not null);
create index device_key_lane on device_key (lane);

-- Parks
create table park (id bigint primary key, name text not null, name_en text not null, time_zone text not null, cut_off_hour bigint not null, opens_at text not null, closes_at text not null, capacity bigint not null, notice text not null);
create table site (id {ID} primary key, park bigint not null, name text not null, name_en text not null, capacity bigint not null, active bigint not null);
create table gate (id {ID} primary key, park bigint not null, site {ID} not null, name text not null, name_en text not null, active bigint not null);
create table lane (id {ID} primary key, park bigint not null, gate {ID} not null, number bigint not null, name text not null, direction text not null, active bigint not null);
create table sales_window (id {ID} primary key, park bigint not null, site {ID} not null, number bigint not null, name text not null, f3_action text not null, printer_kind text not null, auto_print bigint not null, active bigint not null);
create table business_day (id text primary key, park bigint not null, day bigint not null, state text not null, closed_at bigint, closed_by {ID});

-- Catalog
create table ticket_type (id {ID} primary key, park bigint not null, number bigint not null, code text not null, name text not null, name_en text not null, tab text not null, visitor_type text not null, key_slot bigint, proof text not null, height_limit bigint, min_people bigint not null, max_people bigint not null, sites text not null, from_time text not null, to_time text not null, weekday_fen bigint not null, holiday_fen bigint not null, daily_quota bigint, attention text not null, active bigint not null);
create table ticket_type_code (id text primary key, park bigint not null, type {ID} not null);
create table named_day (id text primary key, park bigint not null, type {ID} not null, day bigint not null, price_fen bigint, quota bigint, unlimited bigint not null);
create index named_day_type on named_day (type, day);

-- Admission
create table ticket (short_code text primary key, id {ID} not null unique, park bigint not null, code {BYTES} not null, order_id {ID} not null, line bigint not null, type {ID} not null, type_number bigint not null, type_name text not null, type_name_en text not null, visitor_type text not null, proof text not null, attention text not null, people bigint not null, used bigint not null, state text not null, visit_day bigint not null, from_time text not null, to_time text not null, sites text not null, used_at bigint, used_gate text);
create index ticket_order on ticket (order_id);

-- Sales
create table shift (id {ID} primary key, park bigint not null, sales_window {ID} not null, clerk {ID} not null, opened_at bigint not null, day bigint not null, float_fen bigint not null, state text not null, closed_at bigint, tickets bigint not null, sales_fen bigint not null, cash_fen bigint not null, card_fen bigint not null, unpaid bigint not null, expected_fen bigint, counted_fen bigint, over_short_fen bigint, reason text);
create index shift_day on shift (park, day);
create table shift_seat (id {ID} primary key, park bigint not null, shift {ID});
create table order_number (park bigint primary key, last bigint not null);
create table orders (id {ID} primary key, park bigint not null, number bigint not null, state text not null, sales_window {ID} not null, shift {ID} not null, clerk {ID} not null, at bigint not null, day bigint not null, visit_day bigint not null, people bigint not null, total_fen bigint not null, paid_fen bigint not null, refunded_fen bigint not null, change_fen bigint not null, hold_until bigint, on_one_ticket bigint not null, price_version text not null, lines text not null, payments text not null);
create unique index orders_number on orders (park, number);
create index orders_day on orders (park, day, number);
create index orders_hold on orders (hold_until);
create table sold_ticket (id {ID} primary key, park bigint not null, order_id {ID} not null, short_code text not null, price_fen bigint not null, printed bigint not null, refunded_fen bigint not null);
create index sold_ticket_order on sold_ticket (order_id);
create table order_buyer (id {ID} primary key, park bigint not null, name {BYTES} not null, phone {BYTES} not null, id_number {BYTES} not null, phone_hash {BYTES} not null, id_hash {BYTES} not null);
create index order_buyer_phone on order_buyer (phone_hash);
create index order_buyer_number on order_buyer (id_hash);

-- Settlement
create table closing_sheet (id text primary key, park bigint not null, day bigint not null, sheet text not null, lane_heads text not null, root {BYTES} not null, seal {BYTES} not null);
