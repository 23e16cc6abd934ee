-- +goose Up
-- The commission's own report for a regime and a period: a draft made from accepted paragraphs, then worked on.
create table consolidation (
	id         text primary key,
	regime     text not null references regime (id),
	period     text not null,
	org        text not null references body (id),  -- the commission
	paper      text not null references paper (id),
	wording    text not null,                       -- JSON: subject, opening, recipients
	version    bigint not null,                     -- of the whole draft
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	ended_at   bigint                               -- its paper was withdrawn and another draft begun
);
create unique index consolidation_live on consolidation (regime, period) where ended_at is null;
create table consolidation_paragraph (
	id            text primary key,
	consolidation text not null references consolidation (id),
	section       text not null,
	sector        text not null,
	rank          bigint not null,                  -- order within section and sector
	text          text not null,
	state         text not null,                    -- kept | dropped | merged
	reason        text not null,                    -- why it was dropped
	edited_at     bigint,
	edited_by     text not null
);
create index consolidation_paragraph_place on consolidation_paragraph (consolidation, section, sector, rank);
-- Where a paragraph came from. Halves of a split paragraph both keep the origin, a merged one has several.
create table consolidation_origin (
	paragraph     text not null references consolidation_paragraph (id),
	submission    text not null references submission (id),
	section       text not null,                    -- as the agency placed it
	sector        text not null,
	n             integer not null,                 -- place in its report's section, from 1
	consolidation text not null references consolidation (id),
	body          text not null references body (id),
	period        text not null,
	version       bigint not null,
	text          text not null,                    -- as the agency wrote it
	superseded    text not null,                    -- why it no longer counts; '' while it does
	primary key (paragraph, submission, section, sector, n)
);
create index consolidation_origin_draft on consolidation_origin (consolidation, submission);
-- What was signed, word for word and figure for figure.
create table consolidation_signing (
	consolidation text primary key references consolidation (id),
	at            bigint not null,
	by_actor      text not null,
	by_name       text not null,
	frozen        text not null,                    -- JSON
	sha256        text not null
);

-- A kiến nghị of an accepted report: an answer the commission owes.
create table proposal (
	id           text primary key,
	submission   text not null references submission (id),
	body         text not null references body (id),
	regime       text not null references regime (id),
	period       text not null,
	sector       text not null,
	n            integer not null,
	place        text not null unique,              -- sorts by time, body, period, sector and place in the report
	text         text not null,
	folded       text not null,                     -- the same proposal in a newer version keeps its answer
	at           bigint not null,
	due          text not null,
	withdrawn_at bigint,                            -- a newer version of the report no longer has it
	answered     boolean not null                   -- has an answer that ends it; kept with proposal_answer
);
create index proposal_report on proposal (body, regime, period);
create index proposal_open on proposal (place) where withdrawn_at is null and not answered;
create table proposal_answer (
	id           text primary key,
	proposal     text not null references proposal (id),
	n            integer not null,                  -- the newest counts
	kind         text not null,                     -- accepted | forwarded | declined
	reason       text not null,
	forwarded_to text not null,                     -- whom it was passed on to, as written; '' otherwise
	at           bigint not null,
	by_actor     text not null,
	by_name      text not null
);
create unique index proposal_answer_proposal on proposal_answer (proposal, n);
