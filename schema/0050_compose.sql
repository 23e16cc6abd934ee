-- +goose Up
-- A paper somebody writes from a record has it as its origin, but the record's room does nothing when it is signed and
-- released.
alter table paper add column composed boolean not null default false; -- written from the record by hand
-- Minutes have two signatures, of who wrote them down and of the chair, both by name.
alter table paper add column secretary text not null default '';
alter table paper add column chair text not null default '';
create table paper_witness (
	paper    text primary key references paper (id),
	version  bigint not null, -- of the draft that the secretary signed; another one is to be signed anew
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
