-- +goose Up
-- Work that was open when a body handed its functions over: what it is, who answered for it, and to whom it is proposed.
-- The row never changes; what was decided is in succession_decision.
create table succession_item (
	id          text primary key,
	change      text not null references org_change (id),
	kind        text not null,              -- task | obligation | assignment | review
	item        text not null,              -- id of the task, the obligation, the assignment, the review
	part        text not null,              -- of a task: whose side; of an assignment: sectors, '' for all; else ''
	from_body   text not null references body (id),
	to_body     text references body (id),  -- null: a person has to decide
	functions   text not null,              -- codes with a blank between; '' when it names none
	reason      text not null,
	candidates  text not null,              -- ids of bodies with a blank between: who may be chosen
	title       text not null,
	url         text not null,
	due         text,
	proposed_at bigint not null
);
create unique index succession_item_once on succession_item (change, kind, item, part);
create index succession_item_thing on succession_item (kind, item, part);
create table succession_decision (
	id          text primary key,
	item        text not null references succession_item (id),
	accepted    boolean not null,           -- false: declined, it stays where it is
	to_body     text references body (id),  -- who answers from then on
	held_by     text references body (id),  -- who answered until then
	transfer    text references regime_transfer (id), -- of an assignment
	reason      text not null,
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null,
	undone_at   bigint,
	undone_by   text not null,
	undone_name text not null
);
create index succession_decision_item on succession_decision (item, at);
