-- +goose Up
-- A paper the office issues. What happens to it is dated rows below; its state is derived from them.
create table paper (
	id          text primary key,
	org         text not null references body (id), -- the issuing body
	kind        text not null,                      -- BC, TB, GM, KH, CV, BB, TTr
	family      text not null,                      -- dang | nha-nuoc
	profile     text not null,                      -- code of a layout the office insists on; '' follows the date
	subject     text not null,
	draft       integer not null,                   -- dự thảo lần n
	content     text not null,                      -- the document as JSON; frozen by signing
	version     bigint not null,
	origin_kind text not null,
	origin_id   text not null,
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null
);
create index paper_org on paper (org, kind, id);
create index paper_origin on paper (origin_kind, origin_id);
-- Bodies that receive it on release; until then only the issuing body and the commission read it.
create table paper_recipient (
	body  text not null references body (id),
	paper text not null references paper (id),
	primary key (body, paper)
);
create index paper_recipient_paper on paper_recipient (paper);
create table paper_signing (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	signer   text not null,
	title    text not null,
	sha256   text not null                          -- of the content as signed
);
-- The number book: gaps are allowed, doubles are not.
create table paper_number (
	paper    text primary key references paper (id),
	org      text not null references body (id),
	kind     text not null,
	book     text not null,                         -- Party: "2020-2025"; State: "2022"
	number   bigint not null,
	date     text not null,
	symbol   text not null,                         -- as printed: 05-BC/BTGTU
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create unique index paper_number_book on paper_number (org, kind, book, number);
create table paper_release (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create table paper_withdrawal (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	reason   text not null
);
-- The scan of the paper as it was really signed, and how it differs from the text kept here.
create table paper_scan (
	paper    text primary key references paper (id),
	file     text not null references file (id),
	differs  text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
