-- +goose Up
-- For stated days one of a house's people stands in for another who is away. Nothing is said of why.
create table stand_in (
	id         text primary key,
	person     text not null references person (id),  -- who is away
	deputy     text not null references person (id),
	valid_from text not null,                          -- first day
	valid_to   text not null,                          -- last day; the day before the first where it was taken back
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);
create index stand_in_person on stand_in (person, valid_to);
create index stand_in_deputy on stand_in (deputy, valid_to);
