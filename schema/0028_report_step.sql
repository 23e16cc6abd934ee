-- +goose Up
-- A draft of a report reaches the leader of its body when it is put forward, not when it is typed. What is done with it on
-- its way are dated facts; a place of the leader's comment is named as a return of the commission names it.
create table report_step (
	id         text primary key,
	obligation text not null references obligation (id),
	n          integer not null,            -- 1, 2, 3… of this report
	draft      bigint not null,             -- the version of the draft it was done with
	kind       text not null,               -- put_forward | taken_back | approved | sent_back
	note       text not null,               -- of a draft sent back: about the whole
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);
create unique index report_step_n on report_step (obligation, n);
create table report_comment (
	id        text primary key,
	step      text not null references report_step (id),
	n         integer not null,             -- in the order of the draft
	section   text not null,
	sector    text not null,
	paragraph integer not null,             -- from 1; 0 with a figure
	indicator text not null,
	quote     text not null,                -- what stood there
	words     text not null
);
create index report_comment_step on report_comment (step);

alter table report_draft add column begun bigint not null default 0; -- its first version: older steps are of drafts sent before
insert into report_step (id, obligation, n, draft, kind, note, at, by_actor, by_name)
select obligation, obligation, 1, version, 'approved', '', coalesce(approved_at, saved_at), '', approved_by
from report_draft
where approved_version = version;
alter table report_draft drop column approved_version;
alter table report_draft drop column approved_at;
alter table report_draft drop column approved_by;

-- The last step of the draft that stands; '' for none. As everything in this row, it follows from the facts.
alter table obligation add column draft_step text not null default '';
update obligation set draft_step = 'approved' where id in (select obligation from report_step);
create index obligation_put_forward on obligation (holder) where draft_step = 'put_forward';

-- The commission's own report waits for a signature when it was put forward; the same facts.
create table consolidation_step (
	id            text primary key,
	consolidation text not null references consolidation (id),
	n             integer not null,         -- 1, 2, 3… of this report
	version       bigint not null,          -- of the draft it was done with
	kind          text not null,            -- put_forward | taken_back | sent_back
	note          text not null,
	at            bigint not null,
	by_actor      text not null,
	by_name       text not null
);
create unique index consolidation_step_n on consolidation_step (consolidation, n);
create table consolidation_comment (
	id        text primary key,
	step      text not null references consolidation_step (id),
	n         integer not null,
	paragraph text not null references consolidation_paragraph (id),
	quote     text not null,                -- what stood there
	words     text not null
);
create index consolidation_comment_step on consolidation_comment (step);
