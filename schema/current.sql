-- Generated: the tables after all migrations. UPDATE=1 go test ./schema rewrites it.

CREATE TABLE account (
	id          text primary key,
	person      text not null references person (id),
	login       text not null unique,       -- lower case
	password    text not null,              -- argon2id, PHC string; '' cannot sign in by password
	created_at  bigint not null,
	disabled_at bigint
);

CREATE TABLE body (
	id         text primary key,
	code       text not null unique,        -- short business code: SYT, BTGTU; outside programs use it
	kind       text not null,               -- commission | own_unit | lower_commission | party_committee | department | agency
	sort       integer not null,            -- the office's own order of its bodies
	valid_from text not null,
	valid_to   text                         -- last day, null while it exists
);

CREATE TABLE body_alias (
	id     text primary key,
	body   text not null references body (id),
	alias  text not null,                   -- as people write it
	folded text not null
);

CREATE TABLE body_name (
	id         text primary key,
	body       text not null references body (id),
	name       text not null,
	short_name text not null,
	symbol     text not null,               -- as it stands in numbers of papers: SYT, BTGTU
	place      text not null,               -- where its papers are signed
	valid_from text not null,
	valid_to   text,
	basis      text not null                -- the document that made it so; '' when unknown
);

CREATE TABLE body_parent (
	id         text primary key,
	body       text not null references body (id),
	parent     text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null
);

CREATE TABLE briefing (
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

CREATE TABLE briefing_attendance (
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

CREATE TABLE briefing_close (
	id          text primary key,
	briefing    text not null references briefing (id),
	at          bigint not null,
	by_actor    text not null,
	reopened_at bigint,
	reopened_by text not null,
	reason      text not null,
	addendum    text not null                       -- what had changed since the pack was shown, as it stood at the end
);

CREATE TABLE briefing_conclusion (
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

CREATE TABLE briefing_contribution (
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

CREATE TABLE briefing_cooperation (
	conclusion text not null references briefing_conclusion (id),
	body       text not null references body (id),
	sort       integer not null,
	part       text not null,
	due        text,
	primary key (conclusion, body)
);

CREATE TABLE briefing_delegate (
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

CREATE TABLE briefing_invitee (
	briefing text not null references briefing (id),
	body     text not null references body (id),
	sort     integer not null,
	who      text not null,                         -- thành phần: "Lãnh đạo sở và đầu mối"
	primary key (briefing, body)
);

CREATE TABLE briefing_minutes (
	briefing   text primary key references briefing (id),
	course     text not null,
	assessment text not null,                       -- đánh giá chung, opens the notice
	ended_at   text not null,                       -- "17:05"
	version    bigint not null,
	at         bigint not null
);

CREATE TABLE briefing_pack (
	briefing text primary key references briefing (id),
	content  text not null,
	sha256   text not null,
	at       bigint not null,
	by_actor text not null
);

CREATE TABLE briefing_paper (
	paper    text primary key references paper (id),
	briefing text not null references briefing (id),
	role     text not null,                         -- invitation | notice
	at       bigint not null
);

CREATE TABLE briefing_seat (
	id       text primary key,
	briefing text not null references briefing (id),
	role     text not null,                         -- chair | co_chair | concluder | secretary
	sort     integer not null,
	name     text not null,
	title    text not null,
	body     text references body (id)
);

CREATE TABLE consolidation (
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

CREATE TABLE consolidation_origin (
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

CREATE TABLE consolidation_paragraph (
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

CREATE TABLE consolidation_signing (
	consolidation text primary key references consolidation (id),
	at            bigint not null,
	by_actor      text not null,
	by_name       text not null,
	frozen        text not null,                    -- JSON
	sha256        text not null
);

CREATE TABLE file (
	id       text primary key,
	body     text references body (id),     -- who brought it; null for the system's own
	name     text not null,
	kind     text not null,                 -- media type, as found in the content
	size     bigint not null,
	sha256   text not null,
	at       bigint not null,
	by_actor text not null
);

CREATE TABLE file_use (
	id      text primary key,
	file    text not null references file (id),
	kind    text not null,
	subject text not null,
	body    text references body (id),
	label   text not null
);

CREATE TABLE holiday (
	day       text primary key,
	kind      text not null,                -- holiday | compensatory | swap_off | make_up | ordinary
	name      text not null,
	source    text not null,
	confirmed boolean not null
);

CREATE TABLE journal (
	seq          integer primary key,
	at           bigint not null,
	actor        text not null,             -- person, token or "system:…"
	actor_name   text not null,
	org          text not null,             -- body the line concerns; '' for none
	verb         text not null,
	kind         text not null,
	subject      text not null,
	details      text not null,             -- JSON, nothing personal
	private      text not null,             -- JSON with personal data, may be erased
	salt         blob,                      -- with private: erased together
	private_hash blob,                      -- sha256(salt, private): what the chain knows of it
	hash         blob not null
);

CREATE TABLE journal_head (
	id       integer primary key,
	size     bigint not null,
	hash     blob not null,
	root     blob not null,
	frontier blob not null
);

CREATE TABLE lineage_edge (
	source text not null references lineage_node (key),
	target text not null references lineage_node (key),
	verb   text not null,
	at     bigint not null,
	primary key (source, target, verb)
);

CREATE TABLE lineage_node (
	key   text primary key,
	kind  text not null,
	id    text not null,
	label text not null,
	org   text references body (id),        -- the body concerned; null: only who sees every body reads it
	url   text not null
);

CREATE TABLE lineage_reader (
	node text not null references lineage_node (key),
	body text not null references body (id),
	primary key (node, body)
);

CREATE TABLE obligation (
	id             text primary key,
	opening        text not null references opening (id),
	body           text not null references body (id),
	n              integer not null,
	sectors        text not null,           -- asked for; '' for all
	due            text not null,           -- in force, after extensions and returns
	drafted        boolean not null,
	extended       boolean not null,
	returned       boolean not null,        -- the latest version was sent back
	owed           boolean not null,        -- something is still to be handed in
	latest         text,
	latest_version bigint not null,
	latest_at      bigint,
	late           boolean not null,
	nil_report     boolean not null,
	accepted       text
);

CREATE TABLE opening (
	id         text primary key,
	regime     text not null references regime (id),
	period     text not null,
	form       text not null references regime_form (id),
	from_day   text not null,               -- first and last day of the figures
	to_day     text not null,
	due        text not null,
	due_reason text not null,
	opened_at  bigint not null,
	received   bigint not null,             -- running number of the last receipt
	mark       text not null                -- journal root at its last change: key of what is kept in memory
);

CREATE TABLE opening_roster (
	opening text primary key references opening (id),
	data    blob not null
);

CREATE TABLE opening_total (
	opening text primary key references opening (id),
	data    blob not null
);

CREATE TABLE paper (
	id          text primary key,
	org         text not null references body (id), -- the issuing body
	kind        text not null,                      -- BC, TB, GM, KH, CV, BB, TTr
	family      text not null,                      -- dang | nha-nuoc
	profile     text not null,                      -- code of a layout the office insists on; '' follows the date
	subject     text not null,
	draft       integer not null,                   -- dự thảo lần n
	content     text not null,                      -- the document as JSON; frozen by signing
	version     bigint not null,
	origin_kind text not null,
	origin_id   text not null,
	at          bigint not null,
	by_actor    text not null,
	by_name     text not null
);

CREATE TABLE paper_number (
	paper    text primary key references paper (id),
	org      text not null references body (id),
	kind     text not null,
	book     text not null,                         -- Party: "2020-2025"; State: "2022"
	number   bigint not null,
	date     text not null,
	symbol   text not null,                         -- as printed: 05-BC/BTGTU
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_recipient (
	body  text not null references body (id),
	paper text not null references paper (id),
	primary key (body, paper)
);

CREATE TABLE paper_release (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_scan (
	paper    text primary key references paper (id),
	file     text not null references file (id),
	differs  text not null,
	at       bigint not null,
	by_actor text not null,
	by_name  text not null
);

CREATE TABLE paper_signing (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	signer   text not null,
	title    text not null,
	sha256   text not null                          -- of the content as signed
);

CREATE TABLE paper_withdrawal (
	paper    text primary key references paper (id),
	at       bigint not null,
	by_actor text not null,
	by_name  text not null,
	reason   text not null
);

CREATE TABLE person (
	id        text primary key,
	name      text not null,
	sort_key  text not null,
	phone     text not null                 -- of the office, for reminders; '' when not given
);

CREATE TABLE post (
	id         text primary key,
	person     text not null references person (id),
	body       text not null references body (id),
	title      text not null,               -- as printed under a signature
	role       text not null,
	valid_from text not null,
	valid_to   text                         -- last day, null while it is held
);

CREATE TABLE proposal (
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

CREATE TABLE proposal_answer (
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

CREATE TABLE regime (
	id           text primary key,
	code         text not null unique,
	name         text not null,
	content      text not null,             -- what is reported
	receiver     text references body (id),
	kind         text,                      -- month | quarter | half | nine_months | year
	cutoff       text,                      -- ND09 | CALENDAR | CUSTOM:day
	working_days integer not null,          -- after the cut-off; 0 while not decided
	channel      text not null,             -- how it is sent
	feeds_from   text references regime (id),
	basis        text not null,             -- the document that made it so
	created_at   bigint not null,
	activated_at bigint,
	ended_at     bigint,
	version      bigint not null
);

CREATE TABLE regime_assignment (
	id         text primary key,
	regime     text not null references regime (id),
	body       text not null references body (id),
	valid_from text not null,
	valid_to   text,
	basis      text not null,
	sectors    text not null                -- codes with a blank between; '' for all
);

CREATE TABLE regime_form (
	id           text primary key,
	regime       text not null references regime (id),
	number       integer not null,
	valid_from   text,                      -- first day of the first period served
	content      text not null,             -- JSON of Outline
	digest       text not null,             -- of content: key of the copy in memory
	activated_at bigint,
	version      bigint not null
);

CREATE TABLE report_acceptance (
	id         text primary key,
	submission text not null references submission (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null
);

CREATE TABLE report_draft (
	obligation text primary key references obligation (id),
	content    text not null,               -- JSON of Draft: every cell exactly as typed
	version    bigint not null,
	saved_at   bigint not null,
	saved_by   text not null,
	saved_name text not null,
	approved_version bigint not null,       -- the version the agency's leader approved, 0 for none
	approved_at bigint,
	approved_by text not null
);

CREATE TABLE report_extension (
	id         text primary key,
	obligation text not null references obligation (id),
	asked_due  text not null,
	reason     text not null,
	asked_at   bigint not null,
	asked_by   text not null,
	decided_at bigint,
	decided_by text not null,
	due        text,                        -- granted until; null while undecided or when refused
	answer     text not null
);

CREATE TABLE report_reminder (
	id         text primary key,
	obligation text not null references obligation (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	channel    text not null,               -- phone | zalo | email | paper
	note       text not null
);

CREATE TABLE report_return (
	id         text primary key,
	submission text not null references submission (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	reason     text not null,
	section    text not null,
	sector     text not null,
	paragraph  integer not null,            -- from 1; 0 for the whole section
	indicator  text not null,
	due        text                         -- the new day; null keeps the old
);

CREATE TABLE report_waiver (              -- the commission waits no more; the report stays missing
	id         text primary key,
	obligation text not null references obligation (id),
	at         bigint not null,
	by_actor   text not null,
	by_name    text not null,
	reason     text not null
);

CREATE TABLE session (
	id         text primary key,            -- sha256 of the cookie, hex
	account    text not null references account (id),
	device     text not null,               -- sha256 of the device's mark, hex; the row stays after the session's end
	form_token text not null,
	created_at bigint not null,
	seen_at    bigint not null,
	ends_at    bigint not null
);

CREATE TABLE setting (
	name  text primary key,
	value text not null
);

CREATE TABLE sign_in_failure (
	id     text primary key,
	login  text not null,                   -- sha256 of what was typed: people type passwords into the wrong field
	host   text not null,
	device text not null,                   -- '' unless the device is known to the account
	at     bigint not null
);

CREATE TABLE submission (
	id             text primary key,
	obligation     text not null references obligation (id),
	opening        text not null,           -- as its obligation says, which vouches for both
	body           text not null,
	version        bigint not null,
	number         bigint not null,         -- running number within the opening
	at             bigint not null,
	due            text not null,           -- the day that was in force
	late           boolean not null,
	nil_report     boolean not null,
	way            text not null,           -- program | signed | paper | import
	by_actor       text not null,
	by_name        text not null,
	figures        blob not null,
	sections       text not null,           -- JSON
	notes          text not null,           -- JSON: reasons for warnings; '' for none
	hash           text not null,           -- sha256 of the canonical content, hex
	key            text,                    -- idempotency key with its actor
	file           text references file (id), -- the signed original
	paper_number   text not null,           -- of the signed original
	paper_date     text,
	signer         text not null,
	arrival_number text not null,           -- số đến, for a paper entered by the commission
	arrival_date   text,
	journal_size   bigint not null,
	journal_root   text not null
);

CREATE TABLE task (
	id            text primary key,
	origin_kind   text not null,            -- what it came from: conclusion, matter, …; '' for none
	origin_id     text,
	origin_label  text not null,
	origin_url    text not null,
	mode          text not null,            -- giao (own units, lower commissions) | de_nghi (all others)
	title         text not null,
	product       text not null,            -- what has to be on the table at the end
	lead          text not null references body (id),
	force_paper   text not null,            -- the paper that gives it force, as cited; '' when there is none
	from_paper    text,                     -- our own paper that carried it, once released
	assigned_at   bigint not null,
	assigned_by   text not null,
	assigned_name text not null,
	facts         bigint not null           -- how many facts there are: the number of the last one
);

CREATE TABLE task_evidence (
	task text not null,
	seq  bigint not null,
	file text not null references file (id),
	primary key (task, seq, file),
	foreign key (task, seq) references task_fact (task, seq)
);

CREATE TABLE task_fact (
	task    text not null references task (id),
	seq     bigint not null,
	org     text not null references body (id), -- whose side of the task it concerns
	kind    text not null,                  -- received | progress | asked | granted | declined | completed | accepted | sent_back | withdrawn
	at      bigint not null,
	actor   text not null,
	actor_name text not null,
	note    text not null,                  -- what was done, or the reason
	due     text,                           -- the day asked for or given
	paper   text not null,                  -- the product's number and symbol, or the paper that withdraws; '' when none
	primary key (task, seq)
);

CREATE TABLE task_side (
	task      text not null references task (id),
	org       text not null references body (id),
	leads     boolean not null,
	part      text not null,                -- what a cooperating body does; '' for the lead
	first_due text not null,                -- as assigned
	due       text not null,                -- with extensions and new dates
	state     text not null,                -- open | accepted | done | closed | returned | withdrawn
	live      boolean not null,             -- neither closed nor withdrawn
	running   boolean not null,             -- the date still counts: late when it has passed
	asking    boolean not null,             -- an extension was asked and not yet answered
	done_on   text,                         -- the day it was reported complete
	primary key (task, org)
);

CREATE TABLE token (
	id         text primary key,
	hash       text not null unique,        -- sha256, hex
	name       text not null,
	role       text not null,
	body       text not null references body (id),
	any_body   boolean not null,
	created_at bigint not null,
	revoked_at bigint
);

CREATE INDEX account_person on account (person);

CREATE INDEX body_alias_folded on body_alias (folded);

CREATE INDEX body_name_body on body_name (body, valid_from);

CREATE INDEX body_parent_body on body_parent (body, valid_from);

CREATE INDEX body_parent_parent on body_parent (parent);

CREATE INDEX briefing_close_briefing on briefing_close (briefing);

CREATE INDEX briefing_conclusion_task on briefing_conclusion (task);

CREATE INDEX briefing_delegate_briefing on briefing_delegate (briefing, body, at);

CREATE INDEX briefing_invitee_body on briefing_invitee (body, briefing);

CREATE INDEX briefing_paper_briefing on briefing_paper (briefing, role);

CREATE INDEX briefing_period on briefing (org, period_end);

CREATE INDEX briefing_seat_briefing on briefing_seat (briefing, sort);

CREATE UNIQUE INDEX consolidation_live on consolidation (regime, period) where ended_at is null;

CREATE INDEX consolidation_origin_draft on consolidation_origin (consolidation, submission);

CREATE INDEX consolidation_paragraph_place on consolidation_paragraph (consolidation, section, sector, rank);

CREATE INDEX file_body on file (body);

CREATE INDEX file_sha256 on file (sha256);

CREATE INDEX file_use_file on file_use (file);

CREATE INDEX file_use_subject on file_use (kind, subject);

CREATE INDEX journal_subject on journal (kind, subject, seq);

CREATE INDEX lineage_edge_target on lineage_edge (target, source, verb);

CREATE UNIQUE INDEX obligation_body on obligation (opening, body);

CREATE UNIQUE INDEX obligation_opening on obligation (opening, n);

CREATE INDEX obligation_owed on obligation (body, due) where owed;

CREATE INDEX obligation_unaccepted on obligation (opening, n) where accepted is null;

CREATE INDEX obligation_unreceived on obligation (opening) where latest is not null and not returned and (accepted is null or accepted <> latest);

CREATE UNIQUE INDEX opening_period on opening (regime, period);

CREATE UNIQUE INDEX paper_number_book on paper_number (org, kind, book, number);

CREATE INDEX paper_org on paper (org, kind, id);

CREATE INDEX paper_origin on paper (origin_kind, origin_id);

CREATE INDEX paper_recipient_paper on paper_recipient (paper);

CREATE INDEX post_body on post (body);

CREATE INDEX post_person on post (person);

CREATE UNIQUE INDEX proposal_answer_proposal on proposal_answer (proposal, n);

CREATE INDEX proposal_open on proposal (place) where withdrawn_at is null and not answered;

CREATE INDEX proposal_report on proposal (body, regime, period);

CREATE INDEX regime_assignment_regime on regime_assignment (regime, body, valid_from);

CREATE UNIQUE INDEX regime_form_number on regime_form (regime, number);

CREATE INDEX report_acceptance_submission on report_acceptance (submission);

CREATE INDEX report_extension_obligation on report_extension (obligation, asked_at);

CREATE INDEX report_reminder_obligation on report_reminder (obligation, at);

CREATE INDEX report_return_submission on report_return (submission);

CREATE INDEX report_waiver_obligation on report_waiver (obligation, at);

CREATE INDEX session_account on session (account, device);

CREATE INDEX sign_in_failure_at on sign_in_failure (at);

CREATE INDEX sign_in_failure_host on sign_in_failure (host, at);

CREATE INDEX sign_in_failure_login on sign_in_failure (login, at);

CREATE UNIQUE INDEX submission_key on submission (key) where key is not null;

CREATE UNIQUE INDEX submission_version on submission (obligation, version);

CREATE INDEX task_evidence_file on task_evidence (file);

CREATE INDEX task_origin on task (origin_kind, origin_id);

CREATE INDEX task_side_all on task_side (due, task) where leads;

CREATE INDEX task_side_all_live on task_side (due, task, running) where live and leads;

CREATE INDEX task_side_asking on task_side (due, task) where asking;

CREATE INDEX task_side_live on task_side (org, due, task, running, leads) where live;

CREATE INDEX task_side_org on task_side (org, due, task);

CREATE INDEX task_side_org_state on task_side (org, state, due, task);

CREATE INDEX task_side_state on task_side (state, due, task, running) where leads;
