-- +goose Up
-- A body hands a record that it answers for to one of its own people, on to another, or back to nobody. A row never
-- changes: the newest of a record and a body counts, as long as its person has served there without a break.
create table charge (
	id       text primary key,
	kind     text not null,                 -- obligation | task | review
	record   text not null,                 -- its id
	body     text not null references body (id),
	n        integer not null,              -- 1, 2, 3… of this record and body
	person   text references person (id),   -- null: nobody in particular, the body again
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create unique index charge_record on charge (kind, record, body, n);
create index charge_body on charge (body, kind);
-- Who of the commission follows a body, in all it does or in one sector: from a day, until a day.
create table following (
	id         text primary key,
	person     text not null references person (id),
	body       text not null references body (id),
	sector     text not null,               -- of the field; '' for all that the body does
	valid_from text not null,
	valid_to   text,                        -- last day, null while it stands
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);
create index following_body on following (body, sector);
create index following_person on following (person);
