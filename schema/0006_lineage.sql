-- +goose Up
-- A thing that came from another or from which another came; the key is "kind/id".
create table lineage_node (
	key   text primary key,
	kind  text not null,
	id    text not null,
	label text not null,
	org   text references body (id),        -- the body concerned; null: only who sees every body reads it
	url   text not null
);
-- Bodies that may read a node although it concerns another: the recipients of a released paper.
create table lineage_reader (
	node text not null references lineage_node (key),
	body text not null references body (id),
	primary key (node, body)
);
-- "target" came from "source"; a second "create from…" of the same kind leaves no second edge.
create table lineage_edge (
	source text not null references lineage_node (key),
	target text not null references lineage_node (key),
	verb   text not null,
	at     bigint not null,
	primary key (source, target, verb)
);
create index lineage_edge_target on lineage_edge (target, source, verb);
