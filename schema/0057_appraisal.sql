-- +goose Up
-- Drafts on which opinions are asked (góp ý), or that are appraised before they go up (thẩm định). What a person sent, said or
-- decided is a row that never changes; only a comment that is not signed yet may be dropped.

-- Which drafts must come to the commission first, by which regulation, and within how many working days it answers.
create table appraisal_rule (
	id         text primary key,
	org        text not null references body (id),
	form       text not null default '', -- loại văn bản; '' for any
	addressee  text not null,            -- party, government
	sector     text not null default '', -- '' for any
	days       bigint not null,
	basis      text not null,            -- the regulation, as cited
	valid_from text not null,
	valid_to   text,                     -- the last day
	at         bigint not null,
	by_name    text not null
);
create table appraisal (
	id             text primary key,
	org            text not null references body (id), -- who wrote the draft
	kind           text not null,                      -- tham_dinh, gop_y
	form           text not null,                      -- loại văn bản
	subject        text not null,
	addressee      text not null,                      -- party, government, own: who is to issue it
	addressee_name text not null,                      -- as the author writes it
	sector         text not null default '',
	submit_on      text,                               -- the day on which it is to be submitted
	rule           text references appraisal_rule (id),
	review         text references review (id),        -- whose step it is
	at             bigint not null,
	by_actor       text not null,
	by_name        text not null
);
create index appraisal_org on appraisal (org, id);
create index appraisal_review on appraisal (review) where review is not null;
-- A version is frozen: the file as it came, and its paragraphs with keys made of their words.
create table appraisal_version (
	appraisal  text not null references appraisal (id),
	n          bigint not null,
	file       text references file (id),
	name       text not null,  -- of the file
	paragraphs text not null,
	problems   text not null,  -- what could not be read of the file, a line each
	note       text not null,  -- what the author says about it
	due        text not null,  -- until when opinions are given
	explained  text not null,  -- how that day was found
	days       bigint not null, -- working days counted; 0 where the day was fixed
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	primary key (appraisal, n)
);
create table appraisal_reviewer (
	appraisal text not null references appraisal (id),
	n         bigint not null,
	org       text not null references body (id),
	due       text not null,
	explained text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (appraisal, n, org)
);
create index appraisal_reviewer_org on appraisal_reviewer (org, appraisal);
-- What a body says on a version, signed by its leader: one opinion each.
create table appraisal_opinion (
	appraisal text not null references appraisal (id),
	n         bigint not null,
	org       text not null references body (id),
	says      text not null,  -- agree, supplement, reconsider
	note      text not null,
	paper     text references paper (id), -- where it went out as a paper
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (appraisal, n, org)
);
create table appraisal_comment (
	id         text primary key,
	appraisal  text not null references appraisal (id),
	seq        bigint not null,           -- the order in which they were made
	n          bigint not null,           -- the version on which it was made
	org        text not null references body (id),
	paragraph  text not null default '',  -- key in that version; '' for the whole draft
	quote      text not null default '',  -- the words it is about, where it names some
	words      text not null default '',
	wording    text not null default '',  -- the wording proposed in place of the paragraph
	file       text references file (id), -- where it was read from; null for one typed on the page
	who        text not null default '',  -- whom the file names
	unsure     text not null default '',  -- what is not clear about what was read
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	dropped_at bigint                     -- taken back before the opinion was signed
);
create unique index appraisal_comment_of on appraisal_comment (appraisal, seq);
-- Where a comment stands in a later version; a person's answer is a further row.
create table appraisal_place (
	comment   text not null references appraisal_comment (id),
	n         bigint not null,
	seq       bigint not null,
	paragraph text not null,  -- '' while a person is asked, and for one that the person gave to the whole draft
	until     text not null,  -- the last paragraph, where it was split
	how       text not null,
	at        bigint not null,
	by_name   text not null,
	primary key (comment, n, seq)
);
-- What the author does with a comment: the last row stands.
create table appraisal_disposal (
	comment  text not null references appraisal_comment (id),
	seq      bigint not null,
	n        bigint not null, -- the version that stood then
	kind     text not null,   -- accepted, partly, explained
	wording  text not null,
	reason   text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	primary key (comment, seq)
);
-- What else happened: the clock stopped and went on, the result, the end.
create table appraisal_fact (
	appraisal text not null references appraisal (id),
	seq       bigint not null,
	n         bigint not null,      -- the version that stood then
	kind      text not null,        -- stopped, resumed, concluded, closed, withdrawn
	day       text not null,
	says      text not null default '', -- of a result: ready, mended, unready
	note      text not null default '', -- the reason
	due       text,                 -- of resumed: until when now
	explained text not null default '',
	paper     text references paper (id),
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (appraisal, seq)
);
-- What is drafted as the result before it is released.
create table appraisal_result (
	paper     text primary key references paper (id),
	appraisal text not null references appraisal (id),
	n         bigint not null,
	says      text not null
);
create index appraisal_result_of on appraisal_result (appraisal);
-- Documents that came out though no file was seen here: the agency is asked, then the leader decides whether it is told.
create table appraisal_unseen (
	directive text not null references directive (id),
	seq       bigint not null,
	kind      text not null,                      -- asked, answered, found, told, untold
	org       text references body (id),          -- who is asked
	appraisal text references appraisal (id),     -- that was found
	note      text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	primary key (directive, seq)
);
