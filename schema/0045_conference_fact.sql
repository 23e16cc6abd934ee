-- +goose Up
-- What became of a planned conference: another day, hour or place, put off without a day, given up, joined with another, held
-- after all. Facts follow each other and are never changed; the last one stands.
create table conference_fact (
	id         text primary key,
	conference text not null references conference (id),
	n          integer not null,                    -- 1, 2, 3… of the conference
	kind       text not null,                       -- set | moved | postponed | cancelled | joined | restored
	reason     text not null,                       -- '' only for a plan changed before anybody was invited, or a day set anew
	from_on    text,                                -- what was planned before: day, hour, place
	from_at    text not null,
	from_place text not null,
	to_on      text,                                -- what is planned from here on; null: no day
	to_at      text not null,
	to_place   text not null,
	other      text references conference (id),     -- the conference it was joined with; null for the other kinds
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	unique (conference, n)
);
create index conference_fact_other on conference_fact (other);

-- A body knows of a fact: it said so, or named who comes after it.
create table conference_heard (
	conference text not null references conference (id),
	body       text not null references body (id),
	n          integer not null,
	at         bigint not null,
	by_actor   text not null,
	primary key (conference, body, n)
);

-- How many facts there were when the paper was drafted: it names what was planned then.
alter table conference_paper add column facts integer not null default 0;

-- What a paper says no longer holds, or holds again (words ''); the last row of a paper stands. Its text is never touched.
create table paper_overtaken (
	paper     text not null references paper (id),
	n         integer not null,
	words     text not null,
	successor text references paper (id),           -- the paper that takes its place
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (paper, n)
);
