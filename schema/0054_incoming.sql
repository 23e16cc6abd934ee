-- +goose Up
-- The book of incoming papers: what came as a file, what was read of it, and what a person entered. A row is never deleted.
create table incoming (
	id          text primary key,
	org         text not null references body (id), -- whose book
	seq         bigint not null,                    -- the order in which they came
	file        text not null references file (id), -- the one that was read
	name        text not null,                      -- how the sender calls the file, or the packet
	packet      boolean not null default false,     -- the sender's system says what stands here
	state       text not null,                      -- waiting, entered, settled, dropped
	number      text not null default '',           -- số đến; '' until entered
	year        bigint not null default 0,          -- the book is one for each year
	arrived_on  text,                               -- ngày đến
	sender      text references body (id),          -- null where it is no body of the directory
	sender_name text not null default '',           -- as the paper writes it
	type        text not null default '',
	symbol      text not null default '',
	date        text,
	subject     text not null default '',
	signer      text not null default '',
	due         text,                               -- by when the sender wants an answer
	kind        text not null,                      -- report, result, directive, old, other: proposed, then entered
	why         text not null default '',           -- why it was proposed
	leads_to    text,                               -- the obligation or the task, proposed, then entered
	made_kind   text not null default '',           -- the record it went into
	made_id     text,
	made_label  text not null default '',
	note        text not null default '',           -- what was done with it, or why it was dropped
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null,
	entered_by  text not null default '',
	version     bigint not null
);
create unique index incoming_number on incoming (org, year, number) where number <> '';
create unique index incoming_seq on incoming (org, seq);
create index incoming_state on incoming (org, state, seq);
create index incoming_file on incoming (file);
-- What the file says, as blocks: apart, for no list reads it.
create table incoming_text (
	incoming text primary key references incoming (id),
	blocks   text not null
);
