-- +goose Up
-- When the periods of a regime open by themselves, and what a person said of one beforehand; the last word holds.
alter table regime add column opens text not null default ''; -- BEFORE:working days before the deadline | DAY:of the month after; '' by hand
create table period_decision (
	id       text primary key,
	regime   text not null references regime (id),
	period   text not null,
	kind     text not null,                 -- confirmed | skipped
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create index period_decision_period on period_decision (regime, period, at);

-- What the commission itself owes upward. Its answer is the consolidated report of a regime, whose deadlines are counted
-- back from its own.
create table upward (
	id         text primary key,
	name       text not null,
	receiver   text not null,               -- a body above the commission, as it is called
	kind       text not null,               -- of its periods
	day        integer not null,            -- of the month on which it is due
	after      boolean not null,            -- of the month after the period, not of its last
	regime     text not null references regime (id),
	lead_days  integer not null,            -- so many working days before it the agencies report
	basis      text not null,
	at         bigint not null,
	by_name    text not null,
	ended_at   bigint,
	ended_by   text not null,
	end_reason text not null
);
create unique index upward_regime on upward (regime) where ended_at is null;
-- The number and the day under which the body above received it, as the clerk typed them; the last row of a period holds.
create table upward_receipt (
	id       text primary key,
	upward   text not null references upward (id),
	period   text not null,
	number   text not null,
	day      text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create index upward_receipt_period on upward_receipt (upward, period, at);
