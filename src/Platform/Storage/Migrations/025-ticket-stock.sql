-- Numbered paper that tickets are printed on: how its numbers are written, the ticket types of it, and the ranges that ever came.
create table ticket_paper (id {ID} primary key, park bigint not null, name text not null, name_en text not null, prefix text not null, digits bigint not null, types text not null, active bigint not null, edit bigint not null, received text not null);
create index ticket_paper_park on ticket_paper (park);
-- What of a paper is in one place: the store, a seller, lost. The number that a seller uses next; null = the least.
create table paper_holding (id text primary key, park bigint not null, paper {ID} not null, place text not null, ranges text not null, next bigint);
create index paper_holding_paper on paper_holding (paper);
-- Numbers that are gone for good: used by a ticket, or void.
create table spent_paper (id text primary key, park bigint not null, paper {ID} not null, first_number bigint not null, last_number bigint not null, ticket {ID}, order_id {ID}, is_void bigint not null, place text not null, at bigint not null, reason text not null);
create index spent_paper_number on spent_paper (paper, first_number);
create index spent_paper_order on spent_paper (order_id) where order_id is not null;
create index log_paper on log (subject, at) where kind in ('TicketPaperSaved', 'PaperMoved', 'PaperCounted');
