-- +goose Up
-- What a person said of a move that the calendar proposes: the deadline stays where it is, or the move is to be looked at
-- again. The last word about a move holds; when the calendar gives another day, that is another move.
create table deadline_left (
	id       text primary key,
	kind     text not null, -- opening | obligation | proposal | task | review
	record   text not null, -- its id
	part     text not null, -- the body of a task's side, the step of a review; '' when the record has one deadline
	from_due text not null,
	due      text not null, -- the day that was proposed
	word     text not null, -- left | again
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create index deadline_left_from on deadline_left (from_due);
-- What a day off would move is asked for on every desk: by the day, and by what was moved before.
create index task_side_day on task_side (due) where live;
create index task_fact_shifted on task_fact (task, org) where kind = 'shifted';
