-- Few rows of long tables that a verification asks for by themselves: how far answers were pruned, and the tickets that went back.
create index log_pruned on log (lane, seq) where kind = 'AnswersPruned';
create index ticket_back on ticket (park, type, visit_day, people) where state in ('Returned', 'Voided');
