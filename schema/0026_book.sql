-- +goose Up
-- Where a book of papers stood when the office began to number in the program, or after it skipped some: the next number
-- that is suggested is at least this one. A book without a row begins at 1.
create table paper_book (
	org  text not null references body (id),
	kind text not null,
	book text not null,                     -- as in paper_number: "2025-2030", "2026"
	next bigint not null,
	at   bigint not null,
	by_actor text not null,
	primary key (org, kind, book)
);
