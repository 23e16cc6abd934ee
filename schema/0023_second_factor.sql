-- +goose Up
create table second_factor (
	account      text primary key references account (id),
	secret       text not null,             -- base32, as the telephone keeps it
	made_at      bigint not null,
	confirmed_at bigint,                    -- null until a first code was right
	last_step    bigint not null            -- the newest 30 seconds whose code was used: a code serves once
);
create table recovery_code (
	account text not null references account (id),
	hash    text not null,                  -- sha256, hex
	used_at bigint,
	primary key (account, hash)
);
-- A session that waits for its code is nobody's until then.
alter table session add column waits boolean not null default false;
