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
