-- What a type says beyond "on its day everybody once", what a ticket was sold with of it, and how the ticket was used by it;
-- null where nothing is said.
alter table ticket_type add column admission_terms text;
alter table ticket add column terms text;
alter table ticket add column uses text;
