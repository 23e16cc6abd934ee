-- +goose Up
-- Standing texts of the office: sentences that a paper of a kind may have, offered where its words are edited.
create table paper_phrase (
	id       text primary key,
	kind     text not null,     -- BC, TB, GM, …: the kind of paper
	words    text not null,     -- with {cơ quan} and {trích yếu}
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	ended_at bigint             -- it is offered no more; papers that have it keep it
);
