-- +goose Up
-- What happened to bodies: one row for each announced change, with the document that made it so.
create table org_change (
	id            text primary key,
	seq           bigint not null unique,   -- the order in which changes were announced
	kind          text not null,            -- renamed | merged | split | dissolved | created | moved | reclassified
	day           text not null,            -- the first day of the new state
	basis         text not null,
	note          text not null,
	reference     text not null,            -- key of the shipped row it was made from; '' when typed by hand
	announced_at  bigint not null,
	announced_by  text not null,
	undone_at     bigint,
	undone_by     text not null default '',
	undone_reason text not null default ''
);
create index org_change_day on org_change (day);

-- A body is only an identity; what it is called, to whom it belongs and what it answers for are dated rows. valid_to is
-- the last day, null while it holds. A row whose last day lies before its first never counted: it was made by a change
-- that has been undone.
create table body (
	id         text primary key,
	code       text not null unique,        -- short business code: SYT, BTGTU; outside programs use it
	kind       text not null,               -- commission | own_unit | lower_commission | party_committee | department | agency | authority, at first
	sort       integer not null,            -- the office's own order of its bodies
	valid_from text not null,
	valid_to   text
);
create table body_kind (                    -- only of bodies that were reclassified: the kind from that day on
	id         text primary key,
	body       text not null references body (id),
	kind       text not null,
	valid_from text not null,
	valid_to   text,
	basis      text not null
);
create index body_kind_body on body_kind (body, valid_from);
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
	id         text primary key,
	body       text not null references body (id),
	alias      text not null,               -- as people write it
	folded     text not null,               -- without marks, blanks for dashes and commas, "va" for "&"
	valid_from text,                        -- null: as long as the body lives
	valid_to   text,
	basis      text not null                -- where the spelling was seen
);
create index body_alias_folded on body_alias (folded);
create index body_alias_body on body_alias (body);

-- What bodies answer for. Functions are those of the shipped catalogue and those the office adds.
create table org_function (
	code   text primary key,
	name   text not null,
	words  text not null,                   -- how people ask for it, one a line
	sector text not null
);
create table body_function (
	id         text primary key,
	body       text not null references body (id),
	function   text not null,
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	change     text references org_change (id)
);
create index body_function_body on body_function (body, valid_from);
create index body_function_function on body_function (function, valid_from);
create table body_sector (
	id         text primary key,
	body       text not null references body (id),
	sector     text not null,               -- as the report forms name it: YT, GD, LD
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	change     text references org_change (id)
);
create index body_sector_body on body_sector (body, valid_from);

-- A change goes from bodies to bodies, function by function.
create table org_change_part (
	id        text primary key,
	change    text not null references org_change (id),
	seq       integer not null,
	from_body text references body (id),    -- null: a body founded out of none
	to_body   text references body (id),    -- null: not settled yet (chưa xác định), or nobody
	function  text not null                 -- '' everything of from_body that no other part of the change names
);
create index org_change_part_change on org_change_part (change, seq);
create index org_change_part_from on org_change_part (from_body);
create index org_change_part_to on org_change_part (to_body);
-- What it did to rows, so that undoing is exact: a row it made, or a row it ended with the last day that stood before.
create table org_change_effect (
	change text not null references org_change (id),
	seq    integer not null,
	tbl    text not null,                   -- body, body_name, body_parent, body_kind, body_function, body_sector, body_alias
	row_id text not null,
	made   boolean not null,
	before text,                            -- of a row it ended: its last day before, null when it had none
	primary key (change, seq)
);
create index org_change_effect_row on org_change_effect (row_id);

-- What the office says of shipped rows; the last word counts.
create table reference_decision (
	id       text primary key,
	seq      bigint not null,
	row_key  text not null,
	decision text not null,                 -- confirmed | corrected | rejected | withdrawn
	day      text,                          -- of a correction: the day that holds here
	basis    text not null,
	name     text not null,                 -- of a correction: the name that holds here
	note     text not null,
	at       bigint not null,
	by_whom  text not null
);
create index reference_decision_row on reference_decision (row_key, seq);

-- The office's own settings: name of the province, banner of the sample, … one row each.
create table setting (
	name  text primary key,
	value text not null
);
