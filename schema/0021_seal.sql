-- +goose Up
-- What every commit left in the tables: a digest of each row it wrote or removed. The line of the journal that seals the
-- commit holds the hash of its rows here, so none of them can be altered without the chain telling.
create table seal (
	line  bigint not null,                  -- seq of the line
	n     integer not null,                 -- 0, 1, 2… within the line
	tbl   text not null,
	data  blob not null,                    -- id, digest of the row and of its salt, one after another
	salts blob not null,                    -- 16 bytes for each; overwritten with zeros when a person's data are erased
	primary key (line, n)
);
create index seal_tbl on seal (tbl, line, n);

-- Where the journal stood when the paper went out; '' for papers released before this was kept.
alter table paper_release add column journal_size bigint not null default 0;
alter table paper_release add column journal_root text not null default '';
