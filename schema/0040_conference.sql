-- +goose Up
-- Hội nghị of every kind, not only giao ban: one that looks back on a year with another body, makes a document known or has
-- a programme signed has no regime, and there may be several of a kind in a period.
create table conference (
	id         text primary key,
	org        text not null references body (id),  -- the commission that holds it
	kind       text not null,                       -- briefing, year_review …: a kind of the program, or of conference_kind
	title      text not null,                       -- in full; '' while a briefing is called by its period
	organiser  text not null,                       -- commission | province_party | people_committee | joint
	regime     text not null,                       -- code of the regime whose reports it looks back on; '' for none
	period     text,                                -- 2022-Q1; null for none
	period_end text,                                -- last day of the period: orders conferences, finds the one before
	launches   text,                                -- 2022-Q2; null for none
	held_on    text,                                -- null until the day is fixed
	held_at    text not null,                       -- "14:00", or "" while only the half of the day is known
	place      text not null,
	bring      text not null,                       -- papers to bring, one a line
	report_due text,                                -- until when reports and speeches are to be in
	agenda     text not null,                       -- one item a line
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null
);
create table conference_attendance (
	conference text not null references conference (id),
	body       text not null references body (id),
	state      text not null,                         -- present | excused | absent
	name       text not null,                         -- who came
	title      text not null,
	reason     text not null,
	version    bigint not null,
	at         bigint not null,
	by_actor   text not null,
	primary key (conference, body)
);
create table conference_close (
	id          text primary key,
	conference  text not null references conference (id),
	at          bigint not null,
	by_actor    text not null,
	reopened_at bigint,
	reopened_by text not null,
	reason      text not null,
	addendum    text not null                       -- what had changed since the pack was shown, as it stood at the end
);
create table conference_conclusion (
	id           text primary key,
	conference   text not null references conference (id),
	no           integer not null,                  -- its number at the conference, never given twice
	kind         text not null,                     -- undecided | guidance | task
	mode         text not null,                     -- giao | de_nghi; '' unless a task
	words        text not null,
	product      text not null,
	lead         text references body (id),
	due          text,
	due_typed    text not null,                     -- what was typed while it is not yet a date
	due_spoken   boolean not null,                  -- the date was said at the conference
	force_paper  text not null,                     -- the paper of UBND or Thường trực that gives force
	cooperation  text not null,                     -- as typed: one body a line, "STTTT: phần việc, hạn 20/5/2022"
	origin_kind  text not null,                     -- what the draft came from: proposal, task, …; '' when typed
	origin_id    text,
	origin_label text not null,
	version      bigint not null,
	at           bigint not null,
	by_actor     text not null,
	dropped_at   bigint,                            -- taken off the list while the conference ran
	confirmed_at bigint,                            -- the notice was signed: a proposed date counts from here on
	task         text,                              -- what the release made of it
	unique (conference, no)
);
create table conference_contribution (
	id         text primary key,
	conference text not null references conference (id),
	body       text not null references body (id),
	sort       integer not null,
	subject    text not null,
	words      text not null,
	notes      text not null,
	version    bigint not null,
	at         bigint not null,
	unique (conference, body)
);
create table conference_delegate (
	id         text primary key,
	conference text not null references conference (id),
	body       text not null references body (id),
	name       text not null,
	title      text not null,
	substitute boolean not null,                    -- in the place of somebody named before
	reason     text not null,
	at         bigint not null,
	by_actor   text not null
);
create table conference_invitee (
	conference text not null references conference (id),
	body       text not null references body (id),
	sort       integer not null,
	who        text not null,                         -- thành phần: "Lãnh đạo sở và đầu mối"
	primary key (conference, body)
);
create table conference_minutes (
	conference text primary key references conference (id),
	course     text not null,
	assessment text not null,                       -- đánh giá chung, opens the notice
	ended_at   text not null,                       -- "17:05"
	version    bigint not null,
	at         bigint not null
);
create table conference_pack (
	conference text primary key references conference (id),
	content    text not null,
	sha256     text not null,
	at         bigint not null,
	by_actor   text not null
);
create table conference_paper (
	paper      text primary key references paper (id),
	conference text not null references conference (id),
	role       text not null,                         -- invitation | notice
	at         bigint not null
);
create table conference_seat (
	id         text primary key,
	conference text not null references conference (id),
	role       text not null,                         -- chair | co_chair | concluder | secretary
	sort       integer not null,
	name       text not null,
	title      text not null,
	body       text references body (id)
);
create table conference_cooperation (
	conclusion text not null references conference_conclusion (id),
	body       text not null references body (id),
	sort       integer not null,
	part       text not null,
	due        text,
	primary key (conclusion, body)
);
-- The bodies that convene it together with the commission.
create table conference_convener (
	conference text not null references conference (id),
	body       text not null references body (id),
	sort       integer not null,
	primary key (conference, body)
);
-- Who comes by name and title: of bodies that owe nothing, or above all of them.
create table conference_guest (
	id         text primary key,
	conference text not null references conference (id),
	sort       integer not null,
	name       text not null,
	title      text not null,
	body       text references body (id),
	attends    text not null,                       -- attends | also | directs: dự, cùng dự, dự và chỉ đạo
	speaks     boolean not null
);
-- Kinds that the office added to those of the program.
create table conference_kind (
	code     text primary key,
	name     text not null,                         -- "Giao ban báo chí"
	pattern  text not null,                         -- "Hội nghị giao ban báo chí {kỳ}"
	spans    text not null,                         -- reports | period | none
	sort     integer not null,
	made_at  bigint not null,
	made_by  text not null,
	ended_at bigint
);
insert into conference (id, org, kind, title, organiser, regime, period, period_end, launches, held_on, held_at, place, bring, report_due, agenda, version, made_at, made_by)
select id, org, 'briefing', '', 'commission', regime, period, period_end, launches, held_on, held_at, place, bring, report_due, agenda, version, made_at, made_by
from briefing;
insert into conference_attendance (conference, body, state, name, title, reason, version, at, by_actor)
select briefing, body, state, name, title, reason, version, at, by_actor
from briefing_attendance;
insert into conference_close (id, conference, at, by_actor, reopened_at, reopened_by, reason, addendum)
select id, briefing, at, by_actor, reopened_at, reopened_by, reason, addendum
from briefing_close;
insert into conference_conclusion (id, conference, no, kind, mode, words, product, lead, due, due_typed, due_spoken, force_paper, cooperation, origin_kind, origin_id, origin_label, version, at, by_actor, dropped_at, confirmed_at, task)
select id, briefing, no, kind, mode, words, product, lead, due, due_typed, due_spoken, force_paper, cooperation, origin_kind, origin_id, origin_label, version, at, by_actor, dropped_at, confirmed_at, task
from briefing_conclusion;
insert into conference_contribution (id, conference, body, sort, subject, words, notes, version, at)
select id, briefing, body, sort, subject, words, notes, version, at
from briefing_contribution;
insert into conference_delegate (id, conference, body, name, title, substitute, reason, at, by_actor)
select id, briefing, body, name, title, substitute, reason, at, by_actor
from briefing_delegate;
insert into conference_invitee (conference, body, sort, who)
select briefing, body, sort, who
from briefing_invitee;
insert into conference_minutes (conference, course, assessment, ended_at, version, at)
select briefing, course, assessment, ended_at, version, at
from briefing_minutes;
insert into conference_pack (conference, content, sha256, at, by_actor)
select briefing, content, sha256, at, by_actor
from briefing_pack;
insert into conference_paper (paper, conference, role, at)
select paper, briefing, role, at
from briefing_paper;
insert into conference_seat (id, conference, role, sort, name, title, body)
select id, briefing, role, sort, name, title, body
from briefing_seat;
insert into conference_cooperation (conclusion, body, sort, part, due)
select conclusion, body, sort, part, due
from briefing_cooperation;
drop table briefing_cooperation;
drop table briefing_seat;
drop table briefing_paper;
drop table briefing_pack;
drop table briefing_minutes;
drop table briefing_invitee;
drop table briefing_delegate;
drop table briefing_contribution;
drop table briefing_conclusion;
drop table briefing_close;
drop table briefing_attendance;
drop table briefing;
create index conference_close_conference on conference_close (conference);
create index conference_conclusion_task on conference_conclusion (task);
create index conference_delegate_conference on conference_delegate (conference, body, at);
create index conference_invitee_body on conference_invitee (body, conference);
create index conference_paper_conference on conference_paper (conference, role);
create index conference_period on conference (org, period_end);
create index conference_seat_conference on conference_seat (conference, sort);
create index conference_guest_conference on conference_guest (conference, sort);
