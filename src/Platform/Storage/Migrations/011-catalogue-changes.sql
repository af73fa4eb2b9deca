-- Who changed what of the catalogue: few facts of a long log, asked for newest first, all of them or of one thing.
create index log_catalogue on log (park, at, lane, seq) where kind in ('TicketTypeSaved', 'NamedDaySet', 'NamedDaysSet', 'PriceVersionSaved', 'PriceVersionWithdrawn', 'QuotaSaved', 'QuotaDaysSet');
create index log_catalogue_of on log (subject, at) where kind in ('TicketTypeSaved', 'NamedDaySet', 'NamedDaysSet', 'PriceVersionSaved', 'PriceVersionWithdrawn', 'QuotaSaved', 'QuotaDaysSet');
