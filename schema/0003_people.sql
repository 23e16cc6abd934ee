-- +goose Up
create table person (
	id        text primary key,
	name      text not null,
	sort_key  text not null,
	phone     text not null                 -- of the office, for reminders; '' when not given
);
-- A post is dated: an official who moves keeps the name, not the authority.
create table post (
	id         text primary key,
	person     text not null references person (id),
	body       text not null references body (id),
	title      text not null,               -- as printed under a signature
	role       text not null,
	valid_from text not null,
	valid_to   text                         -- last day, null while it is held
);
create index post_person on post (person);
create index post_body on post (body);
create table account (
	id          text primary key,
	person      text not null references person (id),
	login       text not null unique,       -- lower case
	password    text not null,              -- argon2id, PHC string; '' cannot sign in by password
	created_at  bigint not null,
	disabled_at bigint
);
create index account_person on account (person);
create table session (
	id         text primary key,            -- sha256 of the cookie, hex
	account    text not null references account (id),
	device     text not null,               -- sha256 of the device's mark, hex; the row stays after the session's end
	form_token text not null,
	created_at bigint not null,
	seen_at    bigint not null,
	ends_at    bigint not null
);
create index session_account on session (account, device);
create table token (
	id         text primary key,
	hash       text not null unique,        -- sha256, hex
	name       text not null,
	role       text not null,
	body       text not null references body (id),
	any_body   boolean not null,
	created_at bigint not null,
	revoked_at bigint
);
create table sign_in_failure (
	id     text primary key,
	login  text not null,                   -- sha256 of what was typed: people type passwords into the wrong field
	host   text not null,
	device text not null,                   -- '' unless the device is known to the account
	at     bigint not null
);
create index sign_in_failure_login on sign_in_failure (login, at);
create index sign_in_failure_host on sign_in_failure (host, at);
create index sign_in_failure_at on sign_in_failure (at);
