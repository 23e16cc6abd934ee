-- +goose Up
-- A kiến nghị is forwarded by a công văn, one written here, which counts from its release, or one made elsewhere. What it
-- becomes is an answer of the same id; the answers forwarded before this table have none.
create table proposal_forward (
	id        text primary key,
	proposal  text not null references proposal (id),
	n         integer not null,                 -- 1, 2, 3… of this proposal
	body      text references body (id),        -- whom it goes to; null for one outside the directory
	addressee text not null,                    -- the name written on it
	note      text not null,                    -- what the commission says of it
	paper     text references paper (id),       -- null: made elsewhere
	symbol    text not null,                    -- of one made elsewhere: 58-CV/BTGTU
	day       text,                             -- of one made elsewhere
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null
);
create unique index proposal_forward_n on proposal_forward (proposal, n);
create unique index proposal_forward_paper on proposal_forward (paper);
-- Who of the commission follows a forwarded proposal; the newest counts.
create table proposal_follower (
	id       text primary key,
	proposal text not null references proposal (id),
	n        integer not null,
	person   text not null references person (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create unique index proposal_follower_n on proposal_follower (proposal, n);
-- What those above answered; its words stand in the answer of the same id.
create table proposal_reply (
	id        text primary key references proposal_answer (id),
	proposal  text not null references proposal (id),
	forwarded text not null references proposal_answer (id), -- the forwarding it answers
	symbol    text not null,                    -- of their paper; '' when there was none
	day       text,
	how       text not null,                    -- how it came without a paper
	received  text not null
);
create index proposal_reply_proposal on proposal_reply (proposal);
create index proposal_reply_forwarded on proposal_reply (forwarded);
