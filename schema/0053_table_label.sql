-- +goose Up
-- What the columns and rows of other people's tables are called, and what they mean: chosen once by a person, then known.
create table table_label (
	regime   text not null references regime (id),
	kind     text not null,     -- indicator, body
	label    text not null,     -- folded
	means    text not null,     -- code of the indicator or body; '' for what is left out
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	primary key (regime, kind, label)
);
