-- +goose Up
-- Refusals of one actor from one address within the minute that began at since; they are told and deleted when it is over.
create table denial (
	address text not null,
	actor text not null,
	actor_name text not null,
	since bigint not null,
	count bigint not null,
	primary key (address, actor)
);
