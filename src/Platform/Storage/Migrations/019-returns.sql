-- What a return of a ticket type costs; null where everything comes back at any time.
alter table ticket_type add column return_terms text;
-- What was kept of a ticket when it went back; null while it did not, and of what went back before fees were known.
alter table sold_ticket add column fee_fen bigint;
-- What went back on some days: few facts of a long log.
create index log_refund on log (park, day, at) where kind = 'RefundPaid';
