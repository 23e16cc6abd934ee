-- +goose Up
-- Kế hoạch công tác năm: what the commission and the agencies of the khối do in a year, month by month. Lines are drawn from what stands
-- elsewhere or written by the office; how far each has come follows from its source or its tasks.
create table workplan_line (
	id          text primary key,
	org         text not null references body (id),
	year        bigint not null,
	n           bigint not null,
	sector      text not null,             -- code; '' for the whole field
	words       text not null,
	product     text not null,
	lead        text references body (id), -- null: the commission
	months      text not null,             -- "3 6 9 12"; '' the whole year
	due         text,
	guides      boolean not null,          -- it also stands in the guidance to the agencies
	source_kind text not null,             -- review | programme_line | regime | briefing; '' written by the office
	source_id   text not null,
	carried     text references workplan_line (id), -- the line of the year before
	carried_why text not null,
	ended_at    bigint,
	end_reason  text not null,
	said        text not null,             -- what was done of a line without source or task: done | going; '' nothing said
	said_proof  text not null,
	said_at     bigint,
	said_by     text not null,
	made_at     bigint not null,
	made_by     text not null
);
create index workplan_line_year on workplan_line (year, n);
create unique index workplan_line_source on workplan_line (year, source_kind, source_id) where source_kind <> '' and ended_at is null;
create table workplan_with (
	line text not null references workplan_line (id),
	body text not null references body (id),
	n    bigint not null,
	primary key (line, body)
);

-- Anniversaries and topics of study of a year, with the outline that goes out with each.
create table workplan_day (
	id       text primary key,
	org      text not null references body (id),
	year     bigint not null,
	kind     text not null,                -- anniversary | topic
	month    bigint not null,
	day      bigint not null,              -- 0: the month as a whole
	words    text not null,
	outline  text references file (id),
	ended_at bigint,
	made_at  bigint not null,
	made_by  text not null
);
create index workplan_day_year on workplan_day (year, month, day);
