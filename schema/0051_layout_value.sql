-- +goose Up
-- Values of a layout that the office chose where the source leaves them open. A row never changes; a later one of the
-- same value ends it.
create table layout_value (
	id         text primary key,
	profile    text not null,     -- HD05, ND30, …: the layout it belongs to
	name       text not null,     -- path of the value: Parts.ThanVan.Size
	value      text not null,     -- as typed
	source     text not null,     -- the office's own paper that says so
	valid_from text not null,     -- papers of this day and later have it
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);
create index layout_value_of on layout_value (profile, valid_from);
