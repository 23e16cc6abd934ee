-- +goose Up
-- One line for every change, numbered without gaps, each chained to the one before it.
create table journal (
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
create index journal_subject on journal (kind, subject, seq);

-- One row: where the chain stands.
create table journal_head (
	id       integer primary key,
	size     bigint not null,
	hash     blob not null,
	root     blob not null,
	frontier blob not null
);
