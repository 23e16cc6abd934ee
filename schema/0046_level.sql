-- +goose Up
-- Nề nếp hội nghị of the levels below the province: what a lower commission or a commune notes of one period in one short form. What
-- was said there stands apart, because it stays with the body that held it until that body shares it.
create table conference_sitting (
	id          text primary key,
	org         text not null references body (id),  -- who held it
	unit        text not null references body (id),  -- whom it counts for: the commune above a Party committee, else org
	period      text not null,                       -- 2022-Q1, 2022-H1, 2022-9M, 2022
	period_end  text not null,                       -- the quarter that it counts for ends with this day
	outcome     text not null,                       -- held | agreed | planned
	held_on     text,                                -- held, or planned for; null where it was agreed to hold none
	notice      text not null,                       -- number and symbol of the notice of conclusions; '' while there is none
	reason      text not null,                       -- why none was held
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null,                       -- name of who noted it last
	dropped_at  bigint,
	drop_reason text not null
);
create unique index conference_sitting_unit on conference_sitting (unit, period) where dropped_at is null;
create index conference_sitting_end on conference_sitting (unit, period_end);
create index conference_sitting_org on conference_sitting (org, period_end);
create table conference_sitting_words (
	sitting     text primary key references conference_sitting (id),
	programme   text not null,                       -- one item a line
	people      text not null,                       -- who was there: own people and whom the body invited itself
	course      text not null,
	conclusions text not null,                       -- one a line
	shared_at   bigint,                              -- since when the commission reads them; null: it does not
	version     bigint not null,
	at          bigint not null,
	by_name     text not null
);

-- An article whose province nobody can read in it asks: a person says whether its conference was the office's own.
alter table archive_event add column answer text not null default '';      -- ours | foreign; '' while nobody said
alter table archive_event add column answered_at bigint;
alter table archive_event add column answered_by text not null default '';
