-- +goose Up
-- A hội nghị giao ban: it looks back on one period of a regime and launches another.
create table briefing (
	id         text primary key,
	org        text not null references body (id),  -- the commission that holds it
	regime     text not null,                       -- code of the regime whose reports it looks back on
	period     text not null,                       -- 2022-Q1
	period_end text not null,                       -- last day of the period: orders briefings, finds the one before
	launches   text not null,                       -- 2022-Q2
	held_on    text,                                -- null until the day is fixed
	held_at    text not null,                       -- "14:00", or "" while only the half of the day is known
	place      text not null,
	bring      text not null,                       -- papers to bring, one a line
	report_due text,                                -- until when reports and speeches are to be in
	agenda     text not null,                       -- one item a line
	version    bigint not null,
	made_at    bigint not null,
	made_by    text not null,
	unique (org, regime, period)
);
create index briefing_period on briefing (org, period_end);

-- Who sits where: chairs, co-chairs, the concluder (who may be none of them), the secretary.
create table briefing_seat (
	id       text primary key,
	briefing text not null references briefing (id),
	role     text not null,                         -- chair | co_chair | concluder | secretary
	sort     integer not null,
	name     text not null,
	title    text not null,
	body     text references body (id)
);
create index briefing_seat_briefing on briefing_seat (briefing, sort);

create table briefing_invitee (
	briefing text not null references briefing (id),
	body     text not null references body (id),
	sort     integer not null,
	who      text not null,                         -- thành phần: "Lãnh đạo sở và đầu mối"
	primary key (briefing, body)
);
create index briefing_invitee_body on briefing_invitee (body, briefing);

-- Whom an agency sends. A later row of the same body takes the place of the earlier; nothing is overwritten.
create table briefing_delegate (
	id         text primary key,
	briefing   text not null references briefing (id),
	body       text not null references body (id),
	name       text not null,
	title      text not null,
	substitute boolean not null,                    -- in the place of somebody named before
	reason     text not null,
	at         bigint not null,
	by_actor   text not null
);
create index briefing_delegate_briefing on briefing_delegate (briefing, body, at);

create table briefing_attendance (
	briefing text not null references briefing (id),
	body     text not null references body (id),
	state    text not null,                         -- present | excused | absent
	name     text not null,                         -- who came
	title    text not null,
	reason   text not null,
	version  bigint not null,
	at       bigint not null,
	by_actor text not null,
	primary key (briefing, body)
);

-- Tham luận: what an agency registered, and what was noted while it spoke.
create table briefing_contribution (
	id       text primary key,
	briefing text not null references briefing (id),
	body     text not null references body (id),
	sort     integer not null,
	subject  text not null,
	words    text not null,
	notes    text not null,
	version  bigint not null,
	at       bigint not null,
	unique (briefing, body)
);

-- The pack as it was shown; never changed, never replaced.
create table briefing_pack (
	briefing text primary key references briefing (id),
	content  text not null,
	sha256   text not null,
	at       bigint not null,
	by_actor text not null
);

-- Diễn biến: what is written down while the conference runs.
create table briefing_minutes (
	briefing   text primary key references briefing (id),
	course     text not null,
	assessment text not null,                       -- đánh giá chung, opens the notice
	ended_at   text not null,                       -- "17:05"
	version    bigint not null,
	at         bigint not null
);

create table briefing_conclusion (
	id           text primary key,
	briefing     text not null references briefing (id),
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
	unique (briefing, no)
);
create index briefing_conclusion_task on briefing_conclusion (task);
create table briefing_cooperation (
	conclusion text not null references briefing_conclusion (id),
	body       text not null references body (id),
	sort       integer not null,
	part       text not null,
	due        text,
	primary key (conclusion, body)
);

-- A conference is closed by a dated row; opening it again ends that row and says why.
create table briefing_close (
	id          text primary key,
	briefing    text not null references briefing (id),
	at          bigint not null,
	by_actor    text not null,
	reopened_at bigint,
	reopened_by text not null,
	reason      text not null,
	addendum    text not null                       -- what had changed since the pack was shown, as it stood at the end
);
create index briefing_close_briefing on briefing_close (briefing);

-- The papers a briefing wrote: giấy mời, thông báo kết luận. What became of them is in the papers' own rows.
create table briefing_paper (
	paper    text primary key references paper (id),
	briefing text not null references briefing (id),
	role     text not null,                         -- invitation | notice
	at       bigint not null
);
create index briefing_paper_briefing on briefing_paper (briefing, role);
