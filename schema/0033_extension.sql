-- +goose Up
-- What became of an extension of a report that was granted: another day, or taken back. The last row holds.
create table report_extension_change (
	id        text primary key,
	extension text not null references report_extension (id),
	due       text,                         -- null: taken back
	reason    text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null
);
create index report_extension_change_extension on report_extension_change (extension, at);
