-- Several lanes may write one store. A turn is drawn after a group holds its rows, so of two groups that wanted the same row
-- the later one has the higher turn; records from before this column belong to the one lane there was.
alter table log add column turn bigint not null default 0;
{SERVER} create sequence turn;

-- Each lane gives order numbers of its own (see OrderNumber): the id is eight times the park, plus the lane less one.
create table last_number (id bigint primary key, park bigint not null, last bigint not null);
insert into last_number (id, park, last) select park * 8, park, last from order_number;
drop table order_number;
