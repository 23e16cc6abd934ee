-- Generated: the tables after all migrations. UPDATE=1 go test ./schema rewrites it.

CREATE TABLE account (
	id          text primary key,
	person      text not null references person (id),
	login       text not null unique,
	password    text not null,              -- argon2id, PHC string; '' cannot sign in by password
	created_at  bigint not null,
	disabled_at bigint
);

CREATE TABLE body (
	id         text primary key,
	code       text not null unique,        -- short business code: SYT, BTGTU; outside programs use it
	kind       text not null,               -- commission | own_unit | lower_commission | party_committee | department | agency
	sort       integer not null,            -- the office's own order of its bodies
	valid_from text not null,
	valid_to   text                         -- last day, null while it exists
);

CREATE TABLE body_alias (
	id     text primary key,
	body   text not null references body (id),
	alias  text not null,                   -- as people write it
	folded text not null
);

CREATE TABLE body_name (
	id         text primary key,
	body       text not null references body (id),
	name       text not null,
	short_name text not null,
	symbol     text not null,               -- as it stands in numbers of papers: SYT, BTGTU
	place      text not null,               -- where its papers are signed
	valid_from text not null,
	valid_to   text,
	basis      text not null                -- the document that made it so; '' when unknown
);

CREATE TABLE body_parent (
	id         text primary key,
	body       text not null references body (id),
	parent     text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null
);

CREATE TABLE file (
	id       text primary key,
	body     text references body (id),     -- who brought it; null for the system's own
	name     text not null,
	kind     text not null,                 -- media type, as found in the content
	size     bigint not null,
	sha256   text not null,
	at       bigint not null,
	by_actor text not null
);

CREATE TABLE file_use (
	id      text primary key,
	file    text not null references file (id),
	kind    text not null,
	subject text not null,
	body    text references body (id),
	label   text not null
);

CREATE TABLE journal (
	seq          integer primary key,
	at           bigint not null,
	actor        text not null,             -- person, token or "system:…"
	actor_name   text not null,
	org          text not null,             -- body the line concerns; '' for none
	verb         text not null,
	kind         text not null,
	subject      text not null,
	details      text not null,             -- JSON, nothing personal
	private      text not null,             -- JSON with personal data, may be erased
	salt         blob,                      -- with private: erased together
	private_hash blob,                      -- sha256(salt, private): what the chain knows of it
	hash         blob not null
);

CREATE TABLE journal_head (
	id       integer primary key,
	size     bigint not null,
	hash     blob not null,
	root     blob not null,
	frontier blob not null
);

CREATE TABLE person (
	id        text primary key,
	name      text not null,
	sort_key  text not null,
	phone     text not null                 -- of the office, for reminders; '' when not given
);

CREATE TABLE post (
	id         text primary key,
	person     text not null references person (id),
	body       text not null references body (id),
	title      text not null,               -- as printed under a signature
	role       text not null,
	valid_from text not null,
	valid_to   text
);

CREATE TABLE session (
	id         text primary key,            -- sha256 of the cookie, hex
	account    text not null references account (id),
	form_token text not null,
	created_at bigint not null,
	seen_at    bigint not null,
	ends_at    bigint not null
);

CREATE TABLE setting (
	name  text primary key,
	value text not null
);

CREATE TABLE sign_in_failure (
	id    text primary key,
	login text not null,                    -- folded
	host  text not null,
	at    bigint not null
);

CREATE TABLE token (
	id         text primary key,
	hash       text not null unique,        -- sha256, hex
	name       text not null,
	role       text not null,
	body       text references body (id),
	any_body   boolean not null,
	created_at bigint not null,
	revoked_at bigint
);

CREATE INDEX body_alias_folded on body_alias (folded);

CREATE INDEX body_name_body on body_name (body, valid_from);

CREATE INDEX body_parent_body on body_parent (body, valid_from);

CREATE INDEX body_parent_parent on body_parent (parent);

CREATE INDEX file_body on file (body);

CREATE INDEX file_use_file on file_use (file);

CREATE INDEX file_use_subject on file_use (kind, subject);

CREATE INDEX journal_org on journal (org, seq);

CREATE INDEX journal_subject on journal (kind, subject, seq);

CREATE INDEX post_body on post (body);

CREATE INDEX post_person on post (person);

CREATE INDEX session_account on session (account);

CREATE INDEX sign_in_failure_host on sign_in_failure (host, at);

CREATE INDEX sign_in_failure_login on sign_in_failure (login, at);
