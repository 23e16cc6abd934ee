-- +goose Up
-- A paper that replaces, amends, supplements, corrects or revokes an older one that was released. It has its effect from its
-- own release on; one that was withdrawn has none. A row never changes.
create table paper_succession (
	paper    text primary key references paper (id), -- the new one
	old      text not null references paper (id),
	kind     text not null,                          -- replace, amend, supplement, correct, revoke
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create index paper_succession_old on paper_succession (old);

-- Of the words that stand on an older paper, those of the room that wrote it; null: all of them are.
alter table paper_overtaken add column room text;

-- What was decided about a task that an older paper had set in motion, when a newer one was released.
create table task_consequence (
	paper    text not null references paper (id), -- the newer one
	task     text not null references task (id),
	decision text not null,                       -- kept, moved, stopped
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	primary key (paper, task)
);
create index task_from_paper on task (from_paper);
