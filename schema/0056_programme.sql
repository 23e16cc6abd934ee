-- +goose Up
-- Chương trình, quy chế phối hợp. What a programme says stands in its lines; how far each has come is kept nowhere: it
-- follows from the records that its evidence names, or from what a person said where there are none.
create table programme (
	id         text primary key,
	org        text not null references body (id), -- the commission
	kind       text not null,              -- programme | regulation
	subject    text not null,              -- what stands below the name of the type
	term       text not null,              -- 2022..2025 or 2022; '' of a regulation without an end
	from_day   text not null,
	to_day     text,                       -- null: until another takes its place
	bases      text not null,              -- one a line, as cited
	frame      text not null,              -- purpose and principles, a paragraph a line; the same in all programmes of one ceremony
	symbol     text not null,              -- of the signed paper, where its number was not given here; '' otherwise
	conference text references conference (id), -- the ceremony
	directive  text references directive (id),  -- the decision of the register that issued it
	renews     text references programme (id),  -- the programme of the term before
	imported   boolean not null,           -- signed before the program was there: nhập từ lưu trữ
	ended_on   text,
	end_reason text not null,
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null
);
create index programme_from on programme (from_day, id);
create index programme_conference on programme (conference);
create index programme_renews on programme (renews);

-- Who agreed, the commission first, and how it signed: signer and day as they stand on its copy.
create table programme_party (
	programme  text not null references programme (id),
	body       text not null references body (id),
	n          bigint not null,
	valid_from text not null,
	valid_to   text,                       -- it left before the end
	basis      text not null,              -- by which paper it came or left; '' at the beginning
	signer     text not null,
	title      text not null,
	signed_on  text,
	file       text references file (id),  -- its signed copy
	noted_at   bigint,
	noted_by   text not null,
	primary key (programme, body)
);
create index programme_party_body on programme_party (body, programme);

-- A nội dung phối hợp.
create table programme_line (
	id         text primary key,
	programme  text not null references programme (id),
	n          bigint not null,
	sector     text not null,              -- code; '' for the whole field
	words      text not null,
	product    text not null,
	time       text not null,              -- as written: "hằng quý", "trước ngày 30/11/2022"
	frequency  text not null,              -- month | quarter | half | year; '' once or unsaid
	due        text,                       -- the day, where the words tell one
	lead       text references body (id),  -- null: the commission with all parties
	common     boolean not null,           -- of the frame of a ceremony
	origin     text references programme_line (id), -- the line of the term before
	ahead      text not null,              -- continues | ends; '' undecided
	ahead_note text not null,
	ended_at   bigint,
	end_reason text not null,
	made_at    bigint not null,
	made_by    text not null
);
create index programme_line_programme on programme_line (programme, n);
create index programme_line_lead on programme_line (lead, programme);
create table programme_line_with (
	line text not null references programme_line (id),
	body text not null references body (id),
	n    bigint not null,
	primary key (line, body)
);
create index programme_line_with_body on programme_line_with (body, line);

-- What a year's plan says of a line beyond the line itself.
create table programme_year (
	line     text not null references programme_line (id),
	year     bigint not null,
	due      text,                         -- the day of this year
	left_out boolean not null,
	reason   text not null,
	at       bigint not null,
	by_name  text not null,
	primary key (line, year)
);

-- A record that shows what was done of a line, or a paragraph of an old report. day tells the year that it counts in.
create table programme_evidence (
	id         text primary key,
	programme  text not null references programme (id),
	line       text references programme_line (id), -- null: of its sector, no line was found
	sector     text not null,
	kind       text not null,              -- task | submission | paper | briefing | import; '' typed from an old report
	record     text not null,
	place      text not null,              -- of a paragraph: section/sector/number
	label      text not null,              -- what the source was called
	words      text not null,              -- of a paragraph: what it says
	day        text not null,
	how        text not null,              -- made | proposed | archive
	why        text not null,              -- the words for which it was proposed
	at         bigint not null,
	by_name    text not null,
	settled    text not null,              -- yes | no; '' waits for a person
	settled_at bigint,
	settled_by text not null
);
create unique index programme_evidence_once on programme_evidence (programme, kind, record, place, line);
create index programme_evidence_line on programme_evidence (line, settled, day);
create index programme_evidence_open on programme_evidence (programme, day) where settled = '';

-- What the officer says of a line and a year in which nothing derives. The last row counts.
create table programme_mark (
	line    text not null references programme_line (id),
	year    bigint not null,
	seq     bigint not null,
	mark    text not null,                 -- done | going | none
	proof   text not null,
	file    text references file (id),
	at      bigint not null,
	by_name text not null,
	primary key (line, year, seq)
);

-- What a regulation lays down: who tells whom what by when, and what was made of it.
create table programme_duty (
	id        text primary key,
	programme text not null references programme (id),
	n         bigint not null,
	owed_by   text not null,               -- parties | commission
	words     text not null,
	time      text not null,
	kind      text not null,               -- report | appraisal | telling
	made_kind text not null,               -- regime | appraisal_rule; '' while nothing was made
	made_id   text not null,
	made_at   bigint
);
create index programme_duty_programme on programme_duty (programme, n);

create table programme_paper (
	paper     text primary key references paper (id),
	programme text not null references programme (id),
	role      text not null,               -- programme | plan | evaluation | term
	year      bigint not null,             -- of plan and evaluation; 0 otherwise
	at        bigint not null
);
create index programme_paper_programme on programme_paper (programme, role, year);
