-- How often the paper of a ticket was exchanged: only the last one lets anybody in.
alter table ticket add column exchanges bigint not null default 0;
