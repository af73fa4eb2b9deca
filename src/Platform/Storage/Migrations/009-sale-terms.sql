-- From when on a type is sold and how many in one order; null where nothing is said.
alter table ticket_type add column sale_terms text;
