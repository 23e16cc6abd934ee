-- +goose Up
-- One act of bringing old files in: how many there were, and what became of each.
create table archive_batch (
	id       text primary key,
	org      text not null references body (id),
	door     text not null,                         -- page | command
	found    integer not null,                      -- files to be read
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create index archive_batch_org on archive_batch (org, id);
create table archive_batch_line (
	batch    text not null references archive_batch (id),
	seq      integer not null,
	name     text not null,                         -- '' for a paper that must not be named
	outcome  text not null,                         -- new | known | refused
	sentence text not null,                         -- why it was refused
	import   text,
	primary key (batch, seq)
);

-- A conference of the past as it follows from confirmed fields; one that several files tell of stands here once.
create table archive_event (
	id        text primary key,
	org       text not null references body (id),
	kind      text not null,                        -- briefing | year_review | programme_signing | programme_review
	period    text,
	held_on   text,
	part      text not null,                        -- morning | afternoon | evening | ''
	launches  text,
	organiser text not null,
	province  text not null,
	place     text not null,
	concluder text not null,
	sort_day  text not null,                        -- the day, else the last day of the period
	at        bigint not null
);
create index archive_event_day on archive_event (org, sort_day);

-- One old file: its text as it was read, and how far the confirming has come.
create table archive_import (
	id         text primary key,
	org        text not null references body (id),  -- whose archive: the commission's
	file       text not null references file (id),
	sha256     text not null,
	name       text not null,
	title      text not null,
	kind       text not null,                       -- as confirmed, else as proposed
	held_on    text,
	period     text,
	posted     text,                                -- when the page was put up
	sort_day   text not null,
	main_first integer not null,                    -- the article in it
	main_last  integer not null,
	pending    integer not null,                    -- fields without a decision; follows from them
	decided    integer not null,
	event      text references archive_event (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	text       text not null,                       -- the whole text; places of fields count its bytes
	folded     text not null,                       -- words of name, title and article without marks, for the search; the long columns stand last
	unique (org, sha256)
);
create index archive_import_day on archive_import (org, sort_day, id);
create index archive_import_event on archive_import (event);

-- One thing a file seems to say. State, kept value and what was made follow from the newest decision.
create table archive_field (
	id         text primary key,
	import     text not null references archive_import (id),
	seq        integer not null,
	kind       text not null,
	first_byte integer not null,                    -- 0, 0 when the text does not state it
	last_byte  integer not null,
	value      text not null,                       -- as read
	sure       boolean not null,                    -- may be taken together with all others that are sure
	added      boolean not null,                    -- typed by a person: the reader had not seen it
	state      text not null,                       -- pending | accepted | corrected | skipped
	kept       text not null,                       -- as confirmed; '' while pending or skipped
	version    integer not null,                    -- the number of its decisions
	made_kind  text not null,
	made_id    text not null,
	made_label text not null,
	made_url   text not null
);
create index archive_field_import on archive_field (import, seq);

create table archive_decision (
	id       text primary key,
	field    text not null references archive_field (id),
	no       integer not null,
	verdict  text not null,                         -- accepted | corrected | skipped | reopened
	kept     text not null,
	made_new boolean not null,                      -- it made the record; otherwise it was tied to one that stood
	made_id  text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	unique (field, no)
);
