-- +goose Up
-- A paper that was drafted reaches the signer when it is put forward. What is done with it on its way are dated facts; what
-- stood unsigned before waits for its signature as it did.
create table paper_step (
	id       text primary key,
	paper    text not null references paper (id),
	n        integer not null,              -- 1, 2, 3… of this paper
	version  bigint not null,               -- of the draft it was done with
	kind     text not null,                 -- put_forward | taken_back | sent_back
	note     text not null,                 -- of a draft sent back: what is to be mended
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);
create unique index paper_step_n on paper_step (paper, n);
insert into paper_step (id, paper, n, version, kind, note, at, by_actor, by_name)
select p.id, p.id, 1, p.version, 'put_forward', '', p.at, p.by_actor, p.by_name
from paper p
where p.origin_kind <> 'consolidation'
  and not exists (select 1 from paper_signing s where s.paper = p.id)
  and not exists (select 1 from paper_withdrawal w where w.paper = p.id);
