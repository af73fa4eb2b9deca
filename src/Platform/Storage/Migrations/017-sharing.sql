-- How partners share in what a ticket type brings; null where it is all the park's.
alter table ticket_type add column sharing_terms text;
