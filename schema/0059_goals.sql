-- +goose Up
-- What a goal of a document is measured by, and where its path begins. The word on it (đạt, trên lộ trình, chậm) is kept nowhere.
create table goal_measure (
	goal        text primary key,              -- of directive_goal; a goal that is taken out of its document leaves its row here
	directive   text not null references directive (id),
	kind        text not null,                 -- indicator | hand | grade
	regime      text not null,                 -- code, of an indicator
	indicator   text not null,
	direction   text not null,                 -- higher | lower is better
	grades      text not null,                 -- of grades: the words, the worst first, one a line
	aim         text not null,                 -- of grades: the word to be reached
	base        text not null,                 -- where the path begins, as a decimal or a grade; '' when not known
	base_year   bigint not null,               -- at the end of which it stood there; 0 when not known
	base_source text not null,
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null
);
create index goal_measure_directive on goal_measure (directive);
-- A figure or grade that nobody reports, entered by the commission with its source. A row never changes but to be dropped.
create table goal_entry (
	id          text primary key,
	goal        text not null,
	day         text not null,                 -- the figure holds on this day
	value       text not null,                 -- a decimal, or a grade
	estimated   boolean not null,
	source      text not null,
	made_at     bigint not null,
	made_by     text not null,
	dropped_at  bigint,
	drop_reason text not null
);
create unique index goal_entry_day on goal_entry (goal, day) where dropped_at is null;
