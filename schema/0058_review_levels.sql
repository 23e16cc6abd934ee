-- +goose Up
-- What is reported one time only has a regime of its own with one period: nothing else of the way of a report differs.
alter table regime add column once boolean not null default false;
alter table regime add column issuer text not null default ''; -- whose report is made of the reports, as its head says; '' the receiver's own
alter table regime add column signer text not null default ''; -- the post that signs there

-- Who below holds a review: the regime by which the bodies of each level got its outline and owe their reports.
create table review_call (
	review   text primary key references review (id),
	regime   text not null unique references regime (id),
	convenor text not null,                       -- commission | party | people: who holds it at the province
	made_at  bigint not null,
	made_by  text not null
);
-- The day on which a body held its own, as noted in short; what was reported is proof of its own.
create table review_holding (
	id          text primary key,
	review      text not null references review (id),
	body        text not null references body (id),
	outcome     text not null,                    -- held | agreed | planned
	held_on     text,                             -- held, or planned for; null where it was agreed to hold none
	notice      text not null,                    -- number and symbol of what was issued there; '' while there is none
	reason      text not null,                    -- why none was held
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null,                    -- name of who noted it last
	made_for    boolean not null,                 -- by the commission in the body's stead
	dropped_at  bigint,
	drop_reason text not null
);
create unique index review_holding_body on review_holding (review, body) where dropped_at is null;
