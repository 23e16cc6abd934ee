-- +goose Up
-- A shortcoming named at a conference is a conclusion; that it was mended, and what proves it, is said later and may be taken back.
create table conference_mending (
	id           text primary key,
	conclusion   text not null references conference_conclusion (id),
	at           bigint not null,
	by_actor     text not null,
	by_name      text not null,
	note         text not null,             -- what was done
	paper        text not null,             -- number, symbol and date of the paper that proves it, or ''
	withdrawn_at bigint,
	withdrawn_by text not null,
	reason       text not null              -- why it does not count as mended after all
);

create unique index conference_mending_one on conference_mending (conclusion) where withdrawn_at is null;
