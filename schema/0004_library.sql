-- +goose Up
create table file (
	id       text primary key,
	body     text references body (id),     -- who brought it; null for the system's own
	name     text not null,
	kind     text not null,                 -- media type, as found in the content
	size     bigint not null,
	sha256   text not null,
	at       bigint not null,
	by_actor text not null
);
create index file_body on file (body);
create index file_sha256 on file (sha256);
-- What a file is attached to decides who may read it.
create table file_use (
	id      text primary key,
	file    text not null references file (id),
	kind    text not null,
	subject text not null,
	body    text references body (id),
	label   text not null
);
create index file_use_file on file_use (file);
create index file_use_subject on file_use (kind, subject);
-- Who took over a body's part of a subject reads its files there as that body does.
create table file_heir (
	kind    text not null,
	subject text not null,
	of_body text not null references body (id),
	body    text not null references body (id),
	primary key (kind, subject, of_body)
);
create index file_heir_body on file_heir (body, kind, subject);
