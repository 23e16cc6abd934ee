-- +goose Up
-- What the office says of its days over the shipped table, in the order in which it was said: the last word about a day
-- holds, and none is taken away.
alter table holiday rename to holiday_before;
create table holiday (
	seq       bigint primary key,
	day       text not null,
	kind      text not null,                -- holiday | compensatory | swap_off | make_up | office | ordinary: what the day is from now on
	name      text not null,
	source    text not null,                -- the document
	confirmed boolean not null,
	removed   boolean not null,             -- what was said of the day before is taken back
	at        bigint not null,              -- 0: before this was kept
	by_actor  text not null,
	by_name   text not null
);
create index holiday_day on holiday (day, seq);
insert into holiday (seq, day, kind, name, source, confirmed, removed, at, by_actor, by_name)
select row_number() over (order by day), day, kind, name, source, confirmed, kind = 'ordinary', 0, '', ''
from holiday_before;
drop table holiday_before;

-- How the deadline of a period was found, so that it can be found again when the calendar changes.
alter table opening add column working_days integer not null default 0; -- after the cut-off; below 0: back from what is owed upward; 0: a day fixed by hand
update opening
set working_days = (select r.working_days from regime r where r.id = opening.regime)
where due_reason like 'Số liệu chốt hết %';

-- A deadline of reports that was moved because offices do not work as was thought. opening.due, obligation.due and
-- proposal.due follow from these rows.
create table report_shift (
	id         text primary key,
	opening    text references opening (id),    -- of everybody who has no day of its own
	obligation text references obligation (id), -- of one body that was given its own day
	proposal   text references proposal (id),   -- of the answer to a proposal
	from_due   text not null,
	due        text not null,
	reason     text not null,
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);
create index report_shift_opening on report_shift (opening, at);
create index report_shift_obligation on report_shift (obligation, at);
create index report_shift_proposal on report_shift (proposal, at);

-- The day from which a fact moved the deadline of a side: a shift of the calendar, a corrected or revoked extension.
alter table task_fact add column moved_from text;
