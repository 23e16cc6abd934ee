-- +goose Up
-- A body is only an identity; what it is called and to whom it belongs are dated rows.
create table body (
	id         text primary key,
	code       text not null unique,        -- short business code: SYT, BTGTU; outside programs use it
	kind       text not null,               -- commission | own_unit | lower_commission | party_committee | department | agency
	sort       integer not null,            -- the office's own order of its bodies
	valid_from text not null,
	valid_to   text                         -- last day, null while it exists
);
create table body_name (
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
create index body_name_body on body_name (body, valid_from);
create table body_parent (
	id         text primary key,
	body       text not null references body (id),
	parent     text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null
);
create index body_parent_body on body_parent (body, valid_from);
create index body_parent_parent on body_parent (parent);
create table body_alias (
	id     text primary key,
	body   text not null references body (id),
	alias  text not null,                   -- as people write it
	folded text not null
);
create index body_alias_folded on body_alias (folded);

-- The office's own settings: name of the province, banner of the sample, … one row each.
create table setting (
	name  text primary key,
	value text not null
);
