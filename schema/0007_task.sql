-- +goose Up
-- What a unit was asked to do. The row never changes; what happened is in task_fact.
create table task (
	id            text primary key,
	origin_kind   text not null,            -- what it came from: conclusion, matter, …; '' for none
	origin_id     text,
	origin_label  text not null,
	origin_url    text not null,
	mode          text not null,            -- giao (own units, lower commissions) | de_nghi (all others)
	title         text not null,
	product       text not null,            -- what has to be on the table at the end
	lead          text not null references body (id),
	force_paper   text not null,            -- the paper that gives it force, as cited; '' when there is none
	from_paper    text,                     -- our own paper that carried it, once released
	assigned_at   bigint not null,
	assigned_by   text not null,
	assigned_name text not null,
	facts         bigint not null           -- how many facts there are: the number of the last one
);
create index task_origin on task (origin_kind, origin_id);

-- One row for each body that has a hand in it: the lead and those who cooperate, each with its own part and date.
-- state, due, live, running, asking and done_on follow from the facts (one function derives them, and the check of the
-- program compares); they are kept here because the overdue tasks of one body must be found among 100,000 at once.
create table task_side (
	task      text not null references task (id),
	org       text not null references body (id), -- who was asked; never changes
	holder    text not null references body (id), -- who answers for it now: org until the work was handed over
	leads     boolean not null,
	part      text not null,                -- what a cooperating body does; '' for the lead
	first_due text not null,                -- as assigned
	due       text not null,                -- with extensions and new dates
	state     text not null,                -- open | accepted | done | closed | returned | withdrawn
	live      boolean not null,             -- neither closed nor withdrawn
	running   boolean not null,             -- the date still counts: late when it has passed
	asking    boolean not null,             -- an extension was asked and not yet answered
	done_on   text,                         -- the day it was reported complete
	primary key (task, org)
);
create index task_side_live on task_side (holder, due, task, running, leads) where live;
create index task_side_holder on task_side (holder, due, task);
create index task_side_holder_state on task_side (holder, state, due, task);
create index task_side_moved on task_side (org, due, task) where holder <> org;
create index task_side_all_live on task_side (due, task, running) where live and leads;
create index task_side_all on task_side (due, task) where leads;
create index task_side_state on task_side (state, due, task, running) where leads;
create index task_side_asking on task_side (due, task) where asking;

-- What happened to a task, in order.
create table task_fact (
	task    text not null references task (id),
	seq     bigint not null,
	org     text not null references body (id), -- whose side of the task it concerns
	kind    text not null,                  -- received | progress | asked | granted | declined | completed | accepted | sent_back | withdrawn
	at      bigint not null,
	actor   text not null,
	actor_name text not null,
	note    text not null,                  -- what was done, or the reason
	due     text,                           -- the day asked for or given
	paper   text not null,                  -- the product's number and symbol, or the paper that withdraws; '' when none
	primary key (task, seq)
);
create table task_evidence (
	task text not null,
	seq  bigint not null,
	file text not null references file (id),
	primary key (task, seq, file),
	foreign key (task, seq) references task_fact (task, seq)
);
create index task_evidence_file on task_evidence (file);
