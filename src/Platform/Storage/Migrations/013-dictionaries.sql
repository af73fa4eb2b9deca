-- The park's own words, a row for each list that was ever changed; and its parameters, once one was.
create table dictionary (id text primary key, park bigint not null, kind text not null, edit bigint not null, entries text not null);
create table parameter (park bigint primary key, edit bigint not null, body text not null);
-- Where the visitors of an order come from, by the code of the dictionary; null where nobody said.
alter table orders add column origin text;
-- Who changed what of them: few facts of a long log.
create index log_setting on log (park, at, lane, seq) where kind in ('DictionarySaved', 'ParametersSaved');
