-- +goose Up
-- One steering document of the register. A symbol is no key: numbers begin anew with every term or year and repeat in
-- every province. identity holds issuer (with province), type, symbol and date or term; two 20-NQ/TW stand side by side.
create table directive (
	id          text primary key,
	org         text not null references body (id), -- whose register
	level       text not null,              -- central | province | agency | local
	type        text not null,
	number      text not null,
	symbol      text not null,              -- '' for a document without a number
	symbol_key  text not null,              -- the symbol in the one spelling symbols are compared in
	short_key   text not null,              -- number and issuing place alone, for shorthand such as 72.TW
	number_key  text not null,              -- number and type, for references that say no more
	name_key    text not null,              -- folded name of a document without a symbol, as it is cited
	date        text,
	term        text not null,              -- khóa, in Roman figures
	issuer      text not null,              -- as written
	issuer_key  text not null,              -- folded, abbreviations written out
	issuer_body text references body (id),
	province    text not null,              -- '' for central documents
	subject     text not null,
	sectors     text not null,              -- codes with a blank between
	arrived_no  text not null,              -- số đến
	arrived_on  text,
	valid_from  text,
	valid_to    text,                       -- last day
	replaced_on text,                       -- follows from the confirmed relations
	file        text references file (id),
	sort_day    text not null,              -- date, or '' when unknown: the order of the register
	folded      text not null,              -- what search looks in
	identity    text not null unique,
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null
);
create index directive_symbol on directive (symbol_key);
create index directive_short on directive (short_key);
create index directive_number on directive (number_key);
create index directive_name on directive (name_key) where name_key <> '';
create index directive_day on directive (sort_day, id);
create index directive_type on directive (type, sort_day, id);
create index directive_level on directive (level, sort_day, id);
create index directive_issuer on directive (issuer_body, sort_day, id);
create index directive_replaced on directive (sort_day, id) where replaced_on is not null;
create index directive_expiring on directive (sort_day, id) where valid_to is not null;
create table directive_sector (
	sector    text not null,
	directive text not null references directive (id),
	sort_day  text not null,
	primary key (sector, sort_day, directive)
);
create index directive_sector_directive on directive_sector (directive);

-- What a document sets to reach, congress goals above all.
create table directive_goal (
	id          text primary key,
	directive   text not null references directive (id),
	seq         bigint not null,
	text        text not null,
	unit        text not null,
	target      bigint not null,            -- scaled by decimals
	decimals    bigint not null,
	target_year bigint not null             -- 0 when not said
);
create index directive_goal_directive on directive_goal (directive, seq);

-- One document to another: child carries out parent; a later one replaces or amends an earlier one. A relation read
-- from the text is only proposed until a person confirms it.
create table directive_relation (
	id           text primary key,
	kind         text not null,             -- carries_out | replaces | amends
	source       text not null references directive (id), -- the later document, the one that carries out
	target       text not null references directive (id),
	day          text,                      -- from which day it holds
	note         text not null,             -- the words it was read from, or why it was entered
	made_at      bigint not null,
	made_by      text not null,
	confirmed_at bigint,
	confirmed_by text not null,
	ended_at     bigint,                    -- declined or taken back
	ended_by     text not null,
	end_reason   text not null,
	unique (source, target, kind)
);
create index directive_relation_target on directive_relation (target, kind);

-- A reference in a record's text, where it stands and what it means as far as that is known.
create table directive_mention (
	id         text primary key,
	kind       text not null,               -- of the record the text belongs to, lineage's word
	record     text not null,
	field      text not null,               -- which text of the record; '' when it has one
	label      text not null,
	org        text references body (id),   -- whom the record concerns
	url        text not null,
	first_byte bigint not null,
	last_byte  bigint not null,             -- beyond the last
	written    text not null,
	before     text not null,               -- some words on either side, to know it again by
	behind     text not null,
	type       text not null,
	number     text not null,
	symbol     text not null,
	date       text,
	issuer     text not null,
	term       text not null,
	confidence bigint not null,             -- thousandths
	symbol_key text not null,
	short_key  text not null,
	name_key   text not null,
	ref_key    text not null,               -- the written reference: key, date, issuer, term
	directive  text references directive (id),
	decided    boolean not null,            -- a person chose it, or set it aside
	at         bigint not null
);
create index directive_mention_record on directive_mention (kind, record, field);
create index directive_mention_directive on directive_mention (directive, id);
create index directive_mention_symbol on directive_mention (symbol_key);
create index directive_mention_short on directive_mention (short_key);
create index directive_mention_name on directive_mention (name_key) where name_key <> '';
create index directive_mention_ref on directive_mention (ref_key, id);
create index directive_mention_open on directive_mention (id) where directive is null and not decided;

-- What a person chose for a written reference; kind and record '' when it was chosen outside any record.
create table directive_decision (
	id        text primary key,
	ref_key   text not null,
	kind      text not null,
	record    text not null,
	directive text references directive (id), -- null: it need not stand in the register
	written   text not null,
	note      text not null,
	at        bigint not null,
	by_actor  text not null,
	by_name   text not null,
	undone_at bigint,
	undone_by text not null
);
create unique index directive_decision_stands on directive_decision (ref_key, kind, record) where undone_at is null;
create index directive_decision_directive on directive_decision (directive);

-- Quán triệt: one row for each meeting a body plans or has held on a document.
create table directive_rollout (
	id         text primary key,
	directive  text not null references directive (id),
	body       text not null references body (id),
	planned_on text,
	held_on    text,
	people     bigint not null,             -- how many were there; 0 until it was held
	way        text not null,               -- hội nghị trực tiếp, trực tuyến, sinh hoạt chi bộ, …
	note       text not null,
	dropped_at bigint,                      -- entered by mistake
	drop_reason text not null,
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null
);
create index directive_rollout_directive on directive_rollout (directive, body);
create index directive_rollout_body on directive_rollout (body, planned_on);

-- Tham mưu: a paper drafted for somebody above to issue.
create table directive_advice (
	id          text primary key,
	org         text not null references body (id), -- who drafted it
	form        text not null,              -- kind of paper: Kế hoạch, Chương trình, …
	subject     text not null,
	source      text references directive (id), -- the document that asked for it
	source_text text not null,              -- as cited, when it is not in the register
	for_whom    text not null,              -- who is to issue it
	drafted_on  text,
	sent_on     text,
	issued      text not null,              -- symbol under which it came out
	issued_on   text,
	issued_directive text references directive (id),
	declined_on text,
	declined    text not null,              -- why it was not issued
	version     bigint not null,
	made_at     bigint not null,
	made_by     text not null
);
create index directive_advice_org on directive_advice (org, id);
create index directive_advice_issued on directive_advice (issued_on, org);
create index directive_advice_source on directive_advice (source);

-- The words of a document, as far as they were typed or read from its file.
create table directive_text (
	directive text primary key references directive (id),
	text      text not null
);
